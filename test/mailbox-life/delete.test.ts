import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { runDue } from '../../src/due.ts';
import { PACKAGE, registered } from '../account-requests/joining.ts';
import { type Ipms, PASSWORD, START, startIpms } from '../helper.ts';
import { type Mailbox, makeGroup, makeOfficer } from '../make.ts';
import { actionsOf, mailboxNow, mailsOf, recordsOf, userOf } from '../read.ts';
import { groupsOf, mailboxPage, manage, manageTogether } from './manage-account.ts';

// SOP 4.11: ending an account

const ENDING = { effective_on: '1/12/2026', reason: 'Bersara wajib' };
const THE_DAY = new Date('2026-11-30T16:00:00Z');

async function terminations({ db }: Ipms, mailbox: Mailbox) {
  return db.selectFrom('termination').selectAll().where('mailbox_id', '=', mailbox.id).orderBy('id').execute();
}

async function tickets({ db }: Ipms, mailbox: Mailbox) {
  return db
    .selectFrom('ticket')
    .selectAll()
    .where('item_type', '=', 'mailbox')
    .where('item_id', '=', mailbox.id)
    .execute();
}

async function addresses({ db }: Ipms, mailbox: Mailbox) {
  return db
    .selectFrom('address')
    .select(['address', 'kind', 'reserved_until'])
    .where('item_id', '=', mailbox.id)
    .where('kind', 'in', ['mailbox', 'alias', 'reserved'])
    .orderBy('address')
    .execute();
}

async function owners({ db }: Ipms, groupId: number) {
  const rows = await db.selectFrom('group_owner').select('mailbox_id').where('group_id', '=', groupId).execute();
  return rows.map((row) => row.mailbox_id);
}

t.test('asked for: nothing ends yet, the helpdesk has mail and a ticket', async (t) => {
  const ipms = await startIpms(t);
  const leaver = await makeOfficer(ipms, 'pesara');
  const group = await makeGroup(ipms, 'satu', { owners: [await makeOfficer(ipms, 'pemilik')], members: [leaver] });
  const admin = await ipms.signIn('admin.jabatan');
  const answer = await manage(admin, leaver, 'delete', ENDING);
  t.strictSame([answer.status, answer.location], [303, `${mailboxPage(leaver)}/account`]);
  const { dom } = await admin.get(answer.location);
  const rails = dom.querySelectorAll('.rail').map((rail) => rail.getAttribute('aria-label') ?? '');
  t.match(rails, [/ 4\.11$/]);
  t.equal(rails.length, 1, 'no step of another procedure comes next');
  t.match(dom.querySelector('h1')?.parentNode?.textContent, 'SOP 4.11');
  t.match(await mailboxNow(ipms, leaver), { status: 'active' });
  t.strictSame(await groupsOf(ipms, leaver), [group]);
  await ipms.signIn('pesara');
  t.match(await terminations(ipms, leaver), [
    { status: 'requested', effective_on: '2026-12-01', reason: 'Bersara wajib' },
  ]);
  const [ticket] = await tickets(ipms, leaver);
  t.match(ticket, { kind: 'termination', status: 'requested', due_on: '2026-12-01', agency_id: 1 });
  t.strictSame(JSON.parse(ticket?.content ?? ''), { email: false, lync: false, ad: false });
  t.equal((await terminations(ipms, leaver))[0]?.ticket_id, ticket?.id);
  const told = await mailsOf(ipms, 'mailbox', leaver.id, 'N12');
  t.strictSame(
    told.map((mail) => mail.to_address),
    ['meja.bantuan@bantuan.test'],
    'no common address is set: everybody of the helpdesk',
  );
  t.match(told[0]?.letter, /1 Dis 2026[\s\S]*helpdesk\/tickets\//);
  const shown = await admin.get(answer.location);
  t.match(shown.text, 'Diminta untuk dipadam');
  t.match(shown.text, 'Rosnah binti Ismail');
  t.notOk(shown.dom.querySelector(`form[action="${mailboxPage(leaver)}/delete"]`), 'it is asked for once');
  t.strictSame(await actionsOf(ipms, 'mailbox', leaver.id), ['mailbox.created', 'mailbox.deletion-requested']);
});

t.test('the helpdesk’s common address gets it, where there is one', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_HELPDESK_EMAIL: 'meja@bantuan.test' } });
  const leaver = await makeOfficer(ipms, 'pesara');
  await manage(await ipms.signIn('admin.jabatan'), leaver, 'delete', ENDING);
  t.match(await mailsOf(ipms, 'mailbox', leaver.id, 'N12'), [{ to_address: 'meja@bantuan.test' }]);
});

t.test('on the day: ended, kept, told; once', async (t) => {
  const ipms = await startIpms(t);
  const { db } = ipms;
  const leaver = await makeOfficer(ipms, 'pesara', { aliases: ['pesara.lama@jabatan.test'] });
  await makeGroup(ipms, 'satu', {
    owners: [await makeOfficer(ipms, 'pemilik'), await makeOfficer(ipms, 'cuti')],
    members: [leaver],
  });
  const admin = await ipms.signIn('admin.jabatan');
  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('login_id', '=', 'cuti').execute();
  await manage(admin, leaver, 'delete', ENDING);
  const own = await ipms.signIn('pesara');
  await runDue(db, later(THE_DAY, -1));
  t.match(await mailboxNow(ipms, leaver), { status: 'active' }, '23:59:59 the day before');
  await Promise.all([1, 2].map(() => runDue(db, THE_DAY)));
  await runDue(db, later(THE_DAY, DAY));

  t.match(await mailboxNow(ipms, leaver), { status: 'deleted', deleted_at: THE_DAY.toISOString() });
  t.match(await userOf(ipms, leaver), { status: 'deleted' });
  t.match((await own.get('/me')).location, '/login');
  t.equal((await ipms.visitor().submit('/login', '/login', { login: 'pesara', password: PASSWORD })).status, 422);
  t.strictSame(await groupsOf(ipms, leaver), []);
  const reserved_until = later(THE_DAY, 365 * DAY).toISOString();
  t.strictSame(await addresses(ipms, leaver), [
    { address: 'pesara.lama@jabatan.test', kind: 'reserved', reserved_until },
    { address: 'pesara@jabatan.test', kind: 'reserved', reserved_until },
  ]);
  t.ok(await db.selectFrom('login_name').select('login_id').where('login_id', '=', 'pesara').executeTakeFirst());
  t.match(await terminations(ipms, leaver), [{ status: 'carried-out', previous_status: 'active' }]);
  t.match(await mailsOf(ipms, 'mailbox', leaver.id, 'N14'), [{ to_address: 'pemilik@jabatan.test' }]);
  t.equal((await mailsOf(ipms, 'mailbox', leaver.id, 'N14')).length, 1, 'once, and no owner who is away');
  t.strictSame(await actionsOf(ipms, 'mailbox', leaver.id), [
    'mailbox.created',
    'mailbox.deletion-requested',
    'mailbox.deleted',
  ]);
  t.match(await recordsOf(ipms, 'mailbox', leaver.id), [
    { sop: '4.11', title: 'record.mailbox-deleted', filed_by_name: 'IPMS' },
  ]);
  t.equal((await recordsOf(ipms, 'mailbox', leaver.id)).length, 1);
  const act = await db
    .selectFrom('audit')
    .select('after')
    .where('action', '=', 'mailbox.deleted')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  t.match(JSON.parse(act?.after ?? ''), { reserved_until: '2027-12-01', lists: ['Senarai satu'] });
});

t.test('today: at once; a server that was down: when it is up again', async (t) => {
  const ipms = await startIpms(t);
  const [now, later_] = [await makeOfficer(ipms, 'segera'), await makeOfficer(ipms, 'nanti')];
  const helpdesk = await ipms.signIn('meja.bantuan');
  await helpdesk.submit('/helpdesk/settings', '/helpdesk/settings', { address_reservation_days: '30' });
  const admin = await ipms.signIn('admin.jabatan');
  t.equal((await manage(admin, now, 'delete', { ...ENDING, effective_on: '24/11/2026' })).status, 303);
  t.match(await mailboxNow(ipms, now), { status: 'deleted' });
  t.strictSame(await actionsOf(ipms, 'mailbox', now.id), [
    'mailbox.created',
    'mailbox.deletion-requested',
    'mailbox.deleted',
  ]);
  const reserved_until = later(START, 30 * DAY).toISOString();
  t.match(await addresses(ipms, now), [{ kind: 'reserved', reserved_until }], 'for as long as the helpdesk has set');
  await manage(admin, later_, 'delete', ENDING);
  await runDue(ipms.db, new Date('2027-02-01T00:00:00Z'));
  t.match(await mailboxNow(ipms, later_), { status: 'deleted' });
});

t.test('what is wrong is said beside the field', async (t) => {
  const ipms = await startIpms(t);
  const leaver = await makeOfficer(ipms, 'pesara');
  const admin = await ipms.signIn('admin.jabatan');
  for (const [fields, name] of [
    [{ effective_on: '23/11/2026' }, 'effective_on'],
    [{ effective_on: '' }, 'effective_on'],
    [{ effective_on: '30/2/2027' }, 'effective_on'],
    [{ reason: ' ' }, 'reason'],
  ] as const) {
    const answer = await manage(admin, leaver, 'delete', { ...ENDING, ...fields });
    t.equal(answer.status, 422, JSON.stringify(fields));
    t.ok(answer.problems[name]);
  }
  t.strictSame(await terminations(ipms, leaver), []);
  t.strictSame(await tickets(ipms, leaver), []);
});

t.test('who owns lists alone hands them over first: to one for all, or to others for some', async (t) => {
  const ipms = await startIpms(t);
  const [leaver, heir, other] = [
    await makeOfficer(ipms, 'pesara'),
    await makeOfficer(ipms, 'waris'),
    await makeOfficer(ipms, 'lain'),
  ];
  const [foreign, away] = [await makeOfficer(ipms, 'asing', { agency: 2 }), await makeOfficer(ipms, 'cuti')];
  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('id', '=', away.id).execute();
  const [one, two] = [
    await makeGroup(ipms, 'satu', { owners: [leaver] }),
    await makeGroup(ipms, 'dua', { owners: [leaver] }),
  ];
  const shared = await makeGroup(ipms, 'kongsi', { owners: [leaver, heir] });
  const ended = await makeGroup(ipms, 'lama', { owners: [leaver] });
  await ipms.db.updateTable('group').set({ status: 'deleted' }).where('id', '=', ended).execute();
  const admin = await ipms.signIn('admin.jabatan');
  const page = await admin.get(`${mailboxPage(leaver)}/delete`);
  t.match(page.text, 'satu-satunya pengendali aktif bagi 2 senarai mel');
  t.ok(page.dom.querySelector(`input[name=new_owner_${one}]`));
  t.notOk(page.dom.querySelector(`input[name=new_owner_${shared}]`), 'somebody else owns that one, too');

  const none = await manage(admin, leaver, 'delete', ENDING);
  t.equal(none.status, 422);
  t.match(none.problems.new_owner, /Senarai dua, Senarai satu/);
  for (const wrong of ['tiada@jabatan.test', leaver.primary_email, foreign.primary_email, away.primary_email]) {
    const refused = await manage(admin, leaver, 'delete', {
      ...ENDING,
      new_owner: heir.primary_email,
      [`new_owner_${one}`]: wrong,
    });
    t.equal(refused.status, 422, wrong);
    t.ok(refused.problems[`new_owner_${one}`], 'beside that list');
    t.equal(refused.dom.querySelector(`input[name=new_owner_${one}]`)?.getAttribute('value'), wrong, 'and kept');
  }
  t.strictSame(await terminations(ipms, leaver), []);
  t.strictSame(await owners(ipms, two), [leaver.id], 'nothing is handed over by halves');

  const answer = await manage(admin, leaver, 'delete', {
    ...ENDING,
    new_owner: heir.primary_email.toUpperCase(),
    [`new_owner_${one}`]: other.primary_email,
  });
  t.equal(answer.status, 303);
  t.strictSame(await owners(ipms, one), [other.id]);
  t.strictSame(await owners(ipms, two), [heir.id]);
  t.match((await actionsOf(ipms, 'mailbox', leaver.id)).at(1), 'mailbox.deletion-requested');
});

t.test('lists that lost their other owner meanwhile: their agency hears on the day', async (t) => {
  const ipms = await startIpms(t);
  const [leaver, other] = [await makeOfficer(ipms, 'pesara'), await makeOfficer(ipms, 'lain')];
  await makeGroup(ipms, 'satu', { owners: [leaver, other] });
  const admin = await ipms.signIn('admin.jabatan');
  await manage(admin, leaver, 'delete', ENDING);
  await manage(admin, other, 'disable', { reason: 'death' });
  await runDue(ipms.db, THE_DAY);
  t.match(await mailboxNow(ipms, leaver), { status: 'deleted' });
  const told = await mailsOf(ipms, 'mailbox', leaver.id, 'N14');
  t.match(told, [{ to_address: 'admin.jabatan@jabatan.test' }]);
  t.match(told[0]?.letter, 'Senarai satu');
});

t.test('withdrawn, or put on another day: the helpdesk hears', async (t) => {
  const ipms = await startIpms(t);
  const leaver = await makeOfficer(ipms, 'pesara');
  let admin = await ipms.signIn('admin.jabatan');
  await manage(admin, leaver, 'delete', ENDING);
  await manage(admin, leaver, 'postpone-delete', { effective_on: '15/12/2026' });
  t.match(await tickets(ipms, leaver), [{ due_on: '2026-12-15' }]);
  t.equal((await manage(admin, leaver, 'postpone-delete', { effective_on: '1/11/2026' })).status, 422);
  await runDue(ipms.db, THE_DAY);
  t.match(await mailboxNow(ipms, leaver), { status: 'active' });
  admin = await ipms.signIn('admin.jabatan');
  const answer = await manage(admin, leaver, 'withdraw-delete');
  t.equal(answer.location, `${mailboxPage(leaver)}/account`);
  t.match(await terminations(ipms, leaver), [{ status: 'withdrawn', ended_by: 'Rosnah binti Ismail' }]);
  t.match(await tickets(ipms, leaver), [{ status: 'withdrawn' }]);
  const told = await mailsOf(ipms, 'mailbox', leaver.id, 'N12');
  t.equal(told.length, 3);
  t.match(told[1]?.letter, '15 Dis 2026');
  t.strictSame(await actionsOf(ipms, 'mailbox', leaver.id), [
    'mailbox.created',
    'mailbox.deletion-requested',
    'mailbox.deletion-postponed',
    'mailbox.deletion-withdrawn',
  ]);
  t.match(await recordsOf(ipms, 'mailbox', leaver.id), [{ sop: '4.11', title: 'record.deletion-withdrawn' }]);
  await runDue(ipms.db, new Date('2027-01-01T00:00:00Z'));
  t.match(await mailboxNow(ipms, leaver), { status: 'active' });
  admin = await ipms.signIn('admin.jabatan');
  t.equal(
    (await manage(admin, leaver, 'delete', { ...ENDING, effective_on: '1/3/2027' })).status,
    303,
    'and asked for again',
  );
  await manage(admin, leaver, 'postpone-delete', { effective_on: '24/11/2026' });
  t.match(await mailboxNow(ipms, leaver), { status: 'deleted' }, 'today is at once');
});

t.test('two at once: delete and delete, disable and delete, withdraw and the day', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const [one, two, three] = [
    await makeOfficer(ipms, 'satu'),
    await makeOfficer(ipms, 'dua'),
    await makeOfficer(ipms, 'tiga'),
  ];
  const today = { ...ENDING, effective_on: '24/11/2026' };
  const twice = await manageTogether(admin, one, ['delete', ENDING], ['delete', { ...ENDING, reason: 'Lain' }]);
  t.strictSame(twice.map((answer) => answer.status).toSorted(), [303, 409]);
  t.match(twice.find((answer) => answer.status === 409)?.text, 'Rosnah binti Ismail');
  t.equal((await tickets(ipms, one)).length, 1);

  const mixed = await manageTogether(admin, two, ['disable', { reason: 'other' }], ['delete', today]);
  t.ok(mixed.every((answer) => [303, 409].includes(answer.status)));
  t.match(await mailboxNow(ipms, two), { status: 'deleted' });
  t.match(await userOf(ipms, two), { status: 'deleted' });

  await manage(admin, three, 'delete', ENDING);
  const _csrf = await admin.token(`${mailboxPage(three)}/account`);
  const [withdrawn] = await Promise.all([
    admin.post(`${mailboxPage(three)}/withdraw-delete`, { _csrf }),
    runDue(ipms.db, THE_DAY),
  ]);
  const [termination] = await terminations(ipms, three);
  const { status } = await mailboxNow(ipms, three);
  // on the day the session is over, too: whoever comes late is told, or asked to sign in
  const isWithdrawn = withdrawn.status === 303 && withdrawn.location !== '/login';
  t.strictSame([termination?.status, status], isWithdrawn ? ['withdrawn', 'active'] : ['carried-out', 'deleted']);
  if (!isWithdrawn) t.ok(withdrawn.status === 409 || withdrawn.location === '/login');
});

t.test('a double click asks once; a deleted account cannot be asked for or disabled again', async (t) => {
  const ipms = await startIpms(t);
  const leaver = await makeOfficer(ipms, 'pesara');
  const admin = await ipms.signIn('admin.jabatan');
  const page = `${mailboxPage(leaver)}/account`;
  const fields = { ...ENDING, effective_on: '24/11/2026', _csrf: await admin.token(page) };
  const clicks = await Promise.all([1, 2].map(() => admin.post(`${mailboxPage(leaver)}/delete`, fields)));
  for (const click of clicks) t.strictSame([click.status, click.location], [303, page]);
  t.equal((await terminations(ipms, leaver)).length, 1);
  const other = await makeOfficer(ipms, 'lain');
  await manage(admin, other, 'delete', ENDING);
  const withdrawal = { _csrf: await admin.token(`${mailboxPage(other)}/account`) };
  for (const _click of [1, 2]) {
    const click = await admin.post(`${mailboxPage(other)}/withdraw-delete`, withdrawal);
    t.strictSame([click.status, click.location], [303, `${mailboxPage(other)}/account`]);
  }
  for (const name of ['delete', 'disable', 'enable', 'withdraw-delete', 'postpone-delete', 'change-disable']) {
    const late = await admin.post(`${mailboxPage(leaver)}/${name}`, {
      ...ENDING,
      reason: 'other',
      _csrf: await admin.token(page),
    });
    t.equal(late.status, 409, name);
  }
  t.match(await mailboxNow(ipms, leaver), { status: 'deleted' });
});

t.test('a disabled account can end, and a planned disabling waits for one that ended', async (t) => {
  const ipms = await startIpms(t);
  const [one, two] = [await makeOfficer(ipms, 'satu'), await makeOfficer(ipms, 'dua')];
  const admin = await ipms.signIn('admin.jabatan');
  await manage(admin, one, 'disable', { reason: 'retirement' });
  await manage(admin, one, 'delete', ENDING);
  await manage(admin, two, 'disable', { reason: 'study_leave', disabled_from: '2/12/2026' });
  await manage(admin, two, 'delete', ENDING);
  await runDue(ipms.db, later(START, 20 * DAY));
  for (const each of [one, two]) t.match(await mailboxNow(ipms, each), { status: 'deleted' });
  t.match(await terminations(ipms, one), [{ previous_status: 'disabled' }]);
});

t.test('a year later the address is somebody else’s to have, and to sign in with', async (t) => {
  const ipms = await startIpms(t);
  const [leaver, boss] = [await makeOfficer(ipms, 'pesara'), await makeOfficer(ipms, 'ketua')];
  const group = await makeGroup(ipms, 'sulit', { owners: [boss] });
  const admin = await ipms.signIn('admin.jabatan');
  for (const flows of [`${mailboxPage(boss)}/mail-flows`, `/admin/groups/${group}/mail-flows`])
    await admin.submit(flows, flows, { accept_from: 'listed', senders: ['pesara@jabatan.test', boss.primary_email] });
  await manage(admin, leaver, 'delete', { ...ENDING, effective_on: '24/11/2026' });
  const { page } = await registered(ipms, admin);
  const wanted = { ...PACKAGE, primary_email: 'pesara@jabatan.test', login_id: 'pesara.baru' };
  t.ok((await admin.submit(page, `${page}/allocation`, wanted)).problems.primary_email, 'reserved');
  ipms.clock.now = later(ipms.clock.now, 366 * DAY);
  await runDue(ipms.db, ipms.clock.now);
  const senders = [
    await ipms.db.selectFrom('accepted_sender').select('address').where('mailbox_id', '=', boss.id).execute(),
    await ipms.db.selectFrom('group_sender').select('address').where('group_id', '=', group).execute(),
  ];
  const rest = [{ address: boss.primary_email }];
  t.strictSame(senders, [rest, rest], 'who takes mail from it takes none from whoever has it next');
  t.equal((await actionsOf(ipms, 'mailbox', boss.id)).at(-1), 'mailbox.sender-changed');
  const again = await ipms.signIn('admin.jabatan');
  await again.submit(page, `${page}/allocation`, wanted);
  t.equal((await again.submit(page, `${page}/approve`)).status, 303);
  const { hash } = await ipms.db
    .selectFrom('user')
    .select('password_hash as hash')
    .where('login_id', '=', 'admin.jabatan')
    .executeTakeFirstOrThrow();
  await ipms.db.updateTable('user').set({ password_hash: hash }).where('login_id', '=', 'pesara.baru').execute();
  const newcomer = await ipms.signIn('pesara@jabatan.test');
  t.match((await newcomer.get('/me')).text, 'pesara.baru');
  t.match(await again.get(`/admin/mailboxes/${leaver.id}/account`).then((each) => each.text), 'pesara@jabatan.test');
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const leaver = await makeOfficer(ipms, 'pesara');
  const boss = await ipms.db
    .selectFrom('mailbox')
    .selectAll()
    .where('login_id', '=', 'admin.jabatan')
    .executeTakeFirstOrThrow();
  const admin = await ipms.signIn('admin.jabatan');
  const token = await admin.token('/admin/calendar');
  const own = await admin.post(`${mailboxPage(boss)}/delete`, { ...ENDING, leave_without: '1', _csrf: token });
  t.equal(own.status, 422, 'nobody ends the own account');
  await manage(admin, leaver, 'delete', ENDING);
  const other = await ipms.signIn('admin.kementerian');
  const _csrf = await other.token('/admin/calendar');
  for (const name of ['withdraw-delete', 'postpone-delete', 'delete'])
    t.equal((await other.post(`${mailboxPage(leaver)}/${name}`, { ...ENDING, _csrf })).status, 404, name);
  t.match(await terminations(ipms, leaver), [{ status: 'requested', effective_on: '2026-12-01' }]);
  t.match(await mailboxNow(ipms, boss), { status: 'active' });
});
