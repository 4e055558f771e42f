import { t } from 'tap';
import { inAct, UNSET } from '../../src/data/act.ts';
import { updateGeneral } from '../../src/mailboxes/details.ts';
import { mailed, membersOf } from '../groups/members.ts';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';
import { manage } from '../mailbox-life/manage-account.ts';
import { actorOf, makeGroup, makeOfficer } from '../make.ts';
import { OFFICER } from '../people.ts';
import { mailboxId, recordsOf, trailOf } from '../read.ts';

// SOP 4.7, 4.14 to 4.19: an administrator takes back the own last change, with a reason

const mailboxOf = ({ db }: Ipms, id: number) =>
  db.selectFrom('mailbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

/** Takes back the newest change by its page. */
const undo = (browser: Visitor, place: string, fields: Record<string, string> = { reason: 'Tersilap' }) =>
  browser.submit(`${place}/undo`, `${place}/undo`, fields);

async function start(t: Parameters<typeof startIpms>[0]) {
  const ipms = await startIpms(t);
  const id = await mailboxId(ipms, OFFICER);
  return { ipms, id, place: `/admin/mailboxes/${id}`, admin: await ipms.signIn('admin.jabatan') };
}

t.test('General: previewed, put back, recorded, filed; and the undoing taken back', async (t) => {
  const { ipms, id, place, admin } = await start(t);
  const before = await mailboxOf(ipms, id);
  await admin.submit(place, place, { unit: 'Unit Baru', aliases: 'hafiz@jabatan.test', grade: '32' });
  t.match(
    (await admin.get(place)).dom.querySelector('.flash a')?.getAttribute('href'),
    `${place}/undo`,
    'offered at once',
  );
  t.match((await admin.get(`${place}/history`)).html, `href="${place}/undo"`);
  const page = await admin.get(`${place}/undo`);
  t.match(page.text, /Unit: Unit Rangkaian ← menggantikan Unit Baru/);
  const empty = await undo(admin, place, { reason: '' });
  t.equal(empty.status, 422);
  t.match(empty.problems.reason, 'Wajib diisi');
  const done = await undo(admin, place);
  t.strictSame([done.status, done.location], [303, `${place}/history`]);
  const { version: _one, ...is } = await mailboxOf(ipms, id);
  const { version: _other, ...was } = before;
  t.strictSame(is, was);
  t.notOk(
    await ipms.db
      .selectFrom('address')
      .select('address')
      .where('address', '=', 'hafiz@jabatan.test')
      .executeTakeFirst(),
  );
  const acts = (await trailOf(ipms, 'mailbox', id)).slice(-3);
  t.match(acts, [
    { action: 'mailbox.updated' },
    { action: 'mailbox.updated' },
    { action: 'mailbox.undone', sop: '4.7' },
  ]);
  t.match(JSON.parse(acts[2]?.after ?? ''), { undone: 'mailbox.updated', undo_reason: 'Tersilap' });
  t.equal((await recordsOf(ipms, 'mailbox', id)).filter((row) => row.sop === '4.7').length, 2);
  t.match((await admin.get(`${place}/history`)).text, 'Sebab dibatalkan: Tersilap');
  await undo(admin, place);
  t.match(await mailboxOf(ipms, id), { unit: 'Unit Baru', grade: '32' }, 'an undoing is a change like another');
});

t.test('Mail Flows of a mailbox; details and Mail Flows of a list', async (t) => {
  const { ipms, id, place, admin } = await start(t);
  await admin.submit(`${place}/mail-flows`, `${place}/mail-flows`, {
    accept_from: 'listed',
    senders: 'postadmin@jabatan.test',
  });
  t.match(await mailboxOf(ipms, id), { accept_from: 'listed' });
  await undo(admin, place);
  t.match(await mailboxOf(ipms, id), { accept_from: 'all' });
  t.strictSame(await ipms.db.selectFrom('accepted_sender').selectAll().where('mailbox_id', '=', id).execute(), []);

  const group = await makeGroup(ipms, 'asal');
  const list = `/admin/groups/${group}`;
  await admin.submit(list, list, {
    display_name: 'Nama Lain',
    owners: ['admin.jabatan@jabatan.test', OFFICER],
    aliases: 'lain@jabatan.test',
  });
  t.match((await admin.get(list)).html, `href="${list}/undo"`);
  await undo(admin, list);
  t.match(await ipms.db.selectFrom('group').selectAll().where('id', '=', group).executeTakeFirst(), {
    display_name: 'Senarai asal',
  });
  t.equal((await ipms.db.selectFrom('group_owner').selectAll().where('group_id', '=', group).execute()).length, 1);
  await admin.submit(`${list}/mail-flows`, `${list}/mail-flows`, { accept_from: 'agency' });
  await undo(admin, list);
  t.match(await ipms.db.selectFrom('group').selectAll().where('id', '=', group).executeTakeFirst(), {
    accept_from: 'all',
  });
});

t.test('members: the very ones, and they are told again', async (t) => {
  const { ipms, id, place, admin } = await start(t);
  const stays = await makeOfficer(ipms, 'kekal');
  const group = await makeGroup(ipms, 'ahli', { members: [stays.primary_email] });
  const list = `/admin/groups/${group}`;
  const comes = await makeOfficer(ipms, 'datang');
  await admin.submit(`${list}/members/add`, `${list}/members/add`, { members: [comes.primary_email, OFFICER] });
  const page = await admin.get(`${list}/undo`);
  t.match(page.text, /2 ahli yang ditambah dikeluarkan semula/);
  t.match(page.text, 'datang@jabatan.test');
  t.match(page.text, /2 alamat/);
  await ipms.db.deleteFrom('outbox').execute();
  await undo(admin, list);
  t.strictSame(await membersOf(ipms, group), [stays.primary_email]);
  t.strictSame(await mailed(ipms), ['N14 admin.jabatan@jabatan.test', `N14 ${comes.primary_email}`, `N14 ${OFFICER}`]);
  await undo(admin, list);
  t.strictSame(await membersOf(ipms, group), [comes.primary_email, stays.primary_email, OFFICER].sort());

  await admin.post(`${place}/groups/remove`, { group_id: String(group), _csrf: await admin.token('/admin') });
  t.notOk((await membersOf(ipms, group)).includes(OFFICER));
  await undo(admin, place);
  t.ok((await membersOf(ipms, group)).includes(OFFICER));
  t.match((await trailOf(ipms, 'mailbox', id)).map((row) => row.action).slice(-2), [
    'mailbox.joined-list',
    'mailbox.undone',
  ]);
});

t.test('what has a page of its own leads there', async (t) => {
  const { ipms, admin } = await start(t);
  const one = await makeOfficer(ipms, 'cuti');
  await manage(admin, one, 'disable', { reason: 'study_leave' });
  const page = await admin.get(`/admin/mailboxes/${one.id}/undo`);
  t.match(page.html, `href="/admin/mailboxes/${one.id}/enable"`);
  t.equal(
    (await admin.post(`/admin/mailboxes/${one.id}/undo`, { reason: 'x', _csrf: await admin.token('/admin') })).status,
    409,
  );
});

t.test('somebody else has the last word: neither the old page nor a new one undoes', async (t) => {
  const { ipms, id, place, admin } = await start(t);
  await admin.submit(place, place, { unit: 'Unit Baru' });
  const token = await admin.token(`${place}/undo`);
  const shown = (await admin.get(`${place}/undo`)).dom.querySelector('input[name=shown]')?.getAttribute('value') ?? '';
  const officerIn = await ipms.signIn('pegawai.jabatan');
  await officerIn.submit('/me/profile', '/me/profile', { unit: 'Unit Sendiri' });
  const late = await admin.post(`${place}/undo`, { reason: 'x', shown, _csrf: token });
  t.equal(late.status, 409);
  t.match(late.text, 'Muhammad Hafiz');
  t.match((await admin.get(`${place}/undo`)).text, 'Muhammad Hafiz');
  t.notMatch((await admin.get(`${place}/history`)).html, `${place}/undo`);
  t.match(await mailboxOf(ipms, id), { unit: 'Unit Sendiri' });
});

t.test('undo and another change at once; a double click', async (t) => {
  for (const order of [0, 1]) {
    const { ipms, id, place, admin } = await start(t);
    await makeOfficer(ipms, 'kedua', { role: 'admin' });
    const other = await ipms.signIn('kedua');
    await admin.submit(place, place, { unit: 'Unit Baru' });
    const _csrf = await admin.token(`${place}/undo`);
    const theirs = await other.token(place);
    const sends = [
      () => admin.post(`${place}/undo`, { reason: 'x', _csrf }),
      () => other.post(place, { section: 'Seksyen Lain', _csrf: theirs }),
    ];
    const answers = await Promise.all((order === 0 ? sends : sends.toReversed()).map((each) => each()));
    const undone = answers[order === 0 ? 0 : 1];
    const mailbox = await mailboxOf(ipms, id);
    t.equal(mailbox.section, 'Seksyen Lain', 'the other change is there in any case');
    t.equal(mailbox.unit, undone?.status === 303 ? 'Unit Rangkaian' : 'Unit Baru');
    t.ok(undone?.status === 303 || undone?.status === 409);
  }
  const { ipms, id, place, admin } = await start(t);
  await admin.submit(place, place, { unit: 'Unit Baru' });
  const _csrf = await admin.token(`${place}/undo`);
  const twice = await Promise.all([1, 2].map(() => admin.post(`${place}/undo`, { reason: 'x', _csrf })));
  t.strictSame(
    twice.map((answer) => answer.status),
    [303, 303],
  );
  t.equal((await mailboxOf(ipms, id)).unit, 'Unit Rangkaian', 'once, and not put back again');
});

t.test('what was before and is somebody else’s now cannot come back', async (t) => {
  const { ipms, id, place, admin } = await start(t);
  await admin.submit(place, place, { aliases: 'lama@jabatan.test' });
  await admin.submit(place, place, { aliases: '' });
  const other = await makeOfficer(ipms, 'lain');
  const given = {
    ...(await import('../../src/mailboxes/details.ts')).generalOf(other, []),
    aliases: ['lama@jabatan.test'],
  };
  await inAct(ipms.db, { actor: await actorOf(ipms, 'admin.jabatan'), now: ipms.clock.now, settings: UNSET }, (act) =>
    updateGeneral(act, other.id, given, { keepAddress: true, shown: null }),
  );
  const refused = await undo(admin, place);
  t.equal(refused.status, 422);
  t.match(refused.text, 'lama@jabatan.test');
  t.equal((await trailOf(ipms, 'mailbox', id)).filter((row) => row.action === 'mailbox.undone').length, 0);
});

t.test('who may not: another administrator, another agency, the helpdesk, a user', async (t) => {
  const { ipms, id, place, admin } = await start(t);
  await admin.submit(place, place, { unit: 'Unit Baru' });
  await makeOfficer(ipms, 'kedua', { role: 'admin' });
  const colleague = await ipms.signIn('kedua');
  t.match((await colleague.get(`${place}/undo`)).text, 'Rosnah binti Ismail');
  const post = async (browser: Visitor) =>
    (await browser.post(`${place}/undo`, { reason: 'x', _csrf: await browser.token('/me/password') })).status;
  t.equal(await post(colleague), 409);
  t.equal(await post(await ipms.signIn('admin.kementerian')), 404);
  t.equal(await post(await ipms.signIn('meja.bantuan')), 403);
  t.equal(await post(await ipms.signIn('pegawai.jabatan')), 403);
  t.match(await mailboxOf(ipms, id), { unit: 'Unit Baru' });
});
