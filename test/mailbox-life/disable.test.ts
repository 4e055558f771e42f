import { type Test, t } from 'tap';
import { runDue } from '../../src/due.ts';
import { texts } from '../../src/texts.ts';
import { type Ipms, PASSWORD, startIpms } from '../helper.ts';
import { makeGroup, makeOfficer } from '../make.ts';
import { actionsOf, mailboxNow, mailsOf, recordsOf, userOf } from '../read.ts';
import { noteStatements, type Ran } from '../statements.ts';
import { groupsOf, mailboxPage, manage, manageTogether } from './manage-account.ts';

// SOP 4.9: disabling an account, at once and on a day

const LEAVE = {
  reason: 'study_leave',
  disabled_from: '24/11/2026',
  disabled_until: '1/3/2027',
  description: 'Sarjana',
};

async function openOrders(ipms: Ipms, mailboxId: number) {
  return ipms.db.selectFrom('disabling').selectAll().where('mailbox_id', '=', mailboxId).orderBy('id').execute();
}

/** An officer who is in two lists and owns one of them, and to whom a link was sent. */
async function openLeaver(t: Test) {
  const ipms = await startIpms(t);
  const owner = await makeOfficer(ipms, 'pemilik');
  const second = await makeOfficer(ipms, 'pemilik.dua');
  const leaver = await makeOfficer(ipms, 'pelajar', { recovery: 'pelajar@rumah.test' });
  const one = await makeGroup(ipms, 'satu', { owners: [owner, second], members: [leaver, owner] });
  const two = await makeGroup(ipms, 'dua', { owners: [owner, leaver], members: [leaver] });
  return { ipms, admin: await ipms.signIn('admin.jabatan'), owner, leaver, one, two };
}

async function openDisabled(t: Test) {
  const opened = await openLeaver(t);
  const answer = await manage(opened.admin, opened.leaver, 'disable', LEAVE);
  t.strictSame([answer.status, answer.location], [303, `${mailboxPage(opened.leaver)}/account`]);
  return opened;
}

t.test('the page says before what will happen, and after it who ordered it', async (t) => {
  const { admin, leaver } = await openLeaver(t);
  const page = await admin.get(`${mailboxPage(leaver)}/disable`);
  for (const words of ['Senarai satu', 'Senarai dua', 'postadmin@jabatan.test', 'alamat pelajar@jabatan.test kekal'])
    t.match(page.text, words, `says before: ${words}`);
  const answer = await manage(admin, leaver, 'disable', LEAVE);
  const shown = await admin.get(answer.location);
  t.match(shown.text, 'Rosnah binti Ismail', 'the page says who ordered it');
  t.match(shown.text, 'Cuti belajar');
});

t.test('from today there is no way in: not by a session, a password or a link', async (t) => {
  const { ipms, admin, leaver } = await openLeaver(t);
  const own = await ipms.signIn('pelajar');
  await ipms.visitor().submit('/password/forgot', '/password/forgot', { login: 'pelajar' });
  const links = ipms.db.selectFrom('one_time_link').select('purpose').where('user_id', '=', leaver.user_id);
  t.equal((await links.execute()).length, 1);
  await manage(admin, leaver, 'disable', LEAVE);
  t.match(await userOf(ipms, leaver), { status: 'disabled' });
  t.match((await own.get('/me')).location, '/login', 'the session has ended');
  t.equal((await ipms.db.selectFrom('session').select('id').where('user_id', '=', leaver.user_id).execute()).length, 0);
  const refused = await ipms.visitor().submit('/login', '/login', { login: 'pelajar', password: PASSWORD });
  t.equal(refused.status, 422, 'nor does the password let in');
  t.strictSame(await links.execute(), [], 'nor a link that was sent');
});

t.test('from today: out of every list, and mail from the postmaster alone', async (t) => {
  const { ipms, leaver, owner, one, two } = await openDisabled(t);
  t.match(await mailboxNow(ipms, leaver), {
    status: 'disabled',
    accept_from: 'listed',
    primary_email: leaver.primary_email,
  });
  t.strictSame(await groupsOf(ipms, leaver), []);
  t.strictSame(await groupsOf(ipms, owner), [one], 'others stay');
  const ended = await ipms.db
    .selectFrom('membership')
    .select(['group_id', 'ending', 'disabling_id'])
    .where('member_type', '=', 'mailbox')
    .where('member_id', '=', leaver.id)
    .orderBy('group_id')
    .execute();
  const [order] = await openOrders(ipms, leaver.id);
  t.strictSame(
    ended,
    [one, two].map((group_id) => ({ group_id, ending: 'disabled', disabling_id: order?.id })),
  );
  t.match(order, {
    status: 'in-force',
    previous_accept_from: 'all',
    disabled_until: '2027-03-01',
    reason: 'study_leave',
  });
  const senders = await ipms.db
    .selectFrom('accepted_sender')
    .select('address')
    .where('mailbox_id', '=', leaver.id)
    .execute();
  t.strictSame(senders, [{ address: 'postadmin@jabatan.test' }]);
});

t.test('from today: the owners of the lists are told once; trail and record follow', async (t) => {
  const { ipms, leaver } = await openDisabled(t);
  const told = await mailsOf(ipms, 'mailbox', leaver.id, 'N9');
  t.strictSame(
    told.map((mail) => mail.to_address),
    ['pemilik@jabatan.test', 'pemilik.dua@jabatan.test'],
    'each owner once, and not the person',
  );
  t.match(
    told[0]?.letter,
    /Senarai dua[\s\S]*Senarai satu|Senarai satu[\s\S]*Senarai dua/,
    'with all of the own lists',
  );
  t.notMatch(told[1]?.letter, 'Senarai dua');
  t.match(told[0]?.letter, '1 Mac 2027');
  t.notMatch(told[0]?.letter, /Cuti belajar|Sarjana/, 'why is not told');
  t.strictSame(await actionsOf(ipms, 'mailbox', leaver.id), [
    'mailbox.created',
    'mailbox.disabled',
    'mailbox.senders-restricted',
  ]);
  t.match(await recordsOf(ipms, 'mailbox', leaver.id), [{ sop: '4.9', title: 'record.mailbox-disabled' }]);
});

t.test('without the box, mail goes on as before', async (t) => {
  const ipms = await startIpms(t);
  const leaver = await makeOfficer(ipms, 'pelajar');
  const admin = await ipms.signIn('admin.jabatan');
  const token = await admin.token(`${mailboxPage(leaver)}/account`);
  await admin.post(`${mailboxPage(leaver)}/disable`, { reason: 'transfer', _csrf: token });
  t.match(await mailboxNow(ipms, leaver), { status: 'disabled', accept_from: 'all' });
  t.strictSame(await actionsOf(ipms, 'mailbox', leaver.id), ['mailbox.created', 'mailbox.disabled']);
});

t.test('on a later day: nothing until then, then at the first moment of that day in Kuala Lumpur', async (t) => {
  const ipms = await startIpms(t);
  const leaver = await makeOfficer(ipms, 'pelajar');
  const group = await makeGroup(ipms, 'satu', { owners: [await makeOfficer(ipms, 'pemilik')], members: [leaver] });
  const admin = await ipms.signIn('admin.jabatan');
  await manage(admin, leaver, 'disable', { ...LEAVE, disabled_from: '2026-11-26' });
  t.match(await mailboxNow(ipms, leaver), { status: 'active' });
  t.strictSame(await groupsOf(ipms, leaver), [group]);
  t.equal((await mailsOf(ipms, 'mailbox', leaver.id, 'N9')).length, 0);
  await ipms.signIn('pelajar');

  t.notMatch((await runDue(ipms.db, new Date('2026-11-25T15:59:59.999Z'))).join(), 'disabled', '23:59:59 there');
  t.match(await mailboxNow(ipms, leaver), { status: 'active' });
  const midnight = new Date('2026-11-25T16:00:00.000Z');
  t.match(await runDue(ipms.db, midnight), ['accounts disabled: 1']);
  t.match(await mailboxNow(ipms, leaver), { status: 'disabled', accept_from: 'listed' });
  t.strictSame(await groupsOf(ipms, leaver), []);
  t.strictSame(await actionsOf(ipms, 'mailbox', leaver.id), [
    'mailbox.created',
    'mailbox.disabling-planned',
    'mailbox.disabled',
    'mailbox.senders-restricted',
  ]);
  t.match(await recordsOf(ipms, 'mailbox', leaver.id), [{ sop: '4.9', filed_by_name: 'IPMS' }]);
  t.notMatch((await runDue(ipms.db, midnight)).join(), 'disabled', 'once');
  t.notMatch(
    (await runDue(ipms.db, new Date('2026-11-20T00:00:00Z'))).join(),
    'disabled',
    'nor when the clock is set back',
  );
  t.match(await mailboxNow(ipms, leaver), { status: 'disabled' });
  t.equal((await mailsOf(ipms, 'mailbox', leaver.id, 'N9')).length, 1);
});

t.test('a server that was down for days, and two that run at once, do it once', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const leavers = [];
  for (const local of ['a.satu', 'a.dua', 'a.tiga']) {
    const leaver = await makeOfficer(ipms, local);
    leavers.push(leaver);
    await manage(admin, leaver, 'disable', { ...LEAVE, disabled_from: '25/11/2026' });
  }
  const later = new Date('2026-12-05T03:00:00Z');
  await Promise.all([runDue(ipms.db, later), runDue(ipms.db, later)]);
  for (const leaver of leavers) {
    t.match(await mailboxNow(ipms, leaver), { status: 'disabled' });
    t.equal((await recordsOf(ipms, 'mailbox', leaver.id)).length, 1);
  }
});

t.test('one account that cannot be done holds up no other, and nothing of it is done', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const [bad, good] = [await makeOfficer(ipms, 'rosak'), await makeOfficer(ipms, 'elok')];
  for (const each of [bad, good]) await manage(admin, each, 'disable', { ...LEAVE, disabled_from: '25/11/2026' });
  await makeGroup(ipms, 'satu', { owners: [await makeOfficer(ipms, 'pemilik')], members: [bad] });
  await ipms.db
    .updateTable('mailbox')
    .set({ primary_email: 'pemilik rosak' })
    .where('login_id', '=', 'pemilik')
    .execute();
  await t.rejects(runDue(ipms.db, new Date('2026-11-25T01:00:00Z')), /accounts disabled/);
  t.match(await mailboxNow(ipms, bad), { status: 'active' });
  t.equal((await groupsOf(ipms, bad)).length, 1);
  t.match(await mailboxNow(ipms, good), { status: 'disabled' });
});

t.test('what is wrong comes back beside its field, and nothing is saved', async (t) => {
  const ipms = await startIpms(t);
  const leaver = await makeOfficer(ipms, 'pelajar');
  const admin = await ipms.signIn('admin.jabatan');
  const wrong: [Record<string, string>, string][] = [
    [{ reason: '' }, 'reason'],
    [{ reason: 'bosan' }, 'reason'],
    [{ disabled_from: '23/11/2026' }, 'disabled_from'],
    [{ disabled_from: '29/2/2027' }, 'disabled_from'],
    [{ disabled_from: 'esok' }, 'disabled_from'],
    [{ disabled_until: '24/11/2026' }, 'disabled_until'],
    [{ disabled_until: '2026-11-01' }, 'disabled_until'],
    [{ disabled_until: '', enable_by_itself: '1' }, 'disabled_until'],
    [{ description: 'x'.repeat(1001) }, 'description'],
  ];
  for (const [fields, name] of wrong) {
    const answer = await manage(admin, leaver, 'disable', { ...LEAVE, ...fields });
    t.equal(answer.status, 422, JSON.stringify(fields));
    t.ok(answer.problems[name], `${name}: ${answer.problems[name]}`);
    t.ok(answer.dom.querySelector(`.summary a[href="#disable-${name}"]`), 'the summary leads there');
    t.ok(answer.dom.querySelector('details#disable[open]'), 'the command is open');
  }
  t.strictSame(await openOrders(ipms, leaver.id), []);
  t.match(await mailboxNow(ipms, leaver), { status: 'active' });
});

t.test('29 February, where there is one', async (t) => {
  const ipms = await startIpms(t);
  const leaver = await makeOfficer(ipms, 'lompat');
  const admin = await ipms.signIn('admin.jabatan');
  await manage(admin, leaver, 'disable', { ...LEAVE, disabled_from: '29/02/2028', disabled_until: '01/03/2028' });
  t.match(await openOrders(ipms, leaver.id), [{ disabled_from: '2028-02-29', disabled_until: '2028-03-01' }]);
  await runDue(ipms.db, new Date('2028-02-28T15:59:00Z'));
  t.match(await mailboxNow(ipms, leaver), { status: 'active' });
  await runDue(ipms.db, new Date('2028-02-28T16:00:00Z'));
  t.match(await mailboxNow(ipms, leaver), { status: 'disabled' });
});

t.test('today is Kuala Lumpur’s: yesterday in London may be today here', async (t) => {
  const ipms = await startIpms(t);
  const [first, second] = [await makeOfficer(ipms, 'malam'), await makeOfficer(ipms, 'pagi')];
  ipms.clock.now = new Date('2026-11-24T15:59:00Z'); // 23:59
  const admin = await ipms.signIn('admin.jabatan');
  t.equal((await manage(admin, first, 'disable', { ...LEAVE, disabled_from: '24/11/2026' })).status, 303);
  t.match(await mailboxNow(ipms, first), { status: 'disabled' });
  ipms.clock.now = new Date('2026-11-24T16:00:00Z'); // 00:00 of the 25th
  t.equal((await manage(admin, second, 'disable', { ...LEAVE, disabled_from: '24/11/2026' })).status, 422);
  t.equal((await manage(admin, second, 'disable', { ...LEAVE, disabled_from: '' })).status, 303);
  t.match(await openOrders(ipms, second.id), [{ disabled_from: '2026-11-25' }]);
});

t.test('a double click disables once; two people: the second hears who was first', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const leaver = await makeOfficer(ipms, 'pelajar');
  const fields = { ...LEAVE, restrict_senders: '1', _csrf: await admin.token(`${mailboxPage(leaver)}/account`) };
  const clicks = await Promise.all([1, 2, 3].map(() => admin.post(`${mailboxPage(leaver)}/disable`, fields)));
  for (const click of clicks) t.strictSame([click.status, click.location], [303, `${mailboxPage(leaver)}/account`]);
  t.equal((await openOrders(ipms, leaver.id)).length, 1);

  const other = await makeOfficer(ipms, 'pelajar.dua');
  const answers = await manageTogether(admin, other, ['disable', LEAVE], ['disable', { ...LEAVE, reason: 'other' }]);
  t.strictSame(answers.map((answer) => answer.status).toSorted(), [303, 409]);
  t.match(answers.find((answer) => answer.status === 409)?.text, 'Rosnah binti Ismail');
  t.equal((await openOrders(ipms, other.id)).length, 1);
  t.equal((await mailsOf(ipms, 'mailbox', other.id, 'N9')).length, 0);
});

t.test('planned: put on another day, moved to today, or cancelled', async (t) => {
  const ipms = await startIpms(t);
  let admin = await ipms.signIn('admin.jabatan');
  const leaver = await makeOfficer(ipms, 'pelajar');
  await manage(admin, leaver, 'disable', { ...LEAVE, disabled_from: '1/12/2026' });
  t.match((await admin.get(`${mailboxPage(leaver)}/account`)).text, 'Dirancang: Disable Account');
  const again_ = await manage(admin, leaver, 'change-disable', { disabled_from: '10/12/2026', disabled_until: '' });
  t.equal(again_.status, 303);
  t.match((await admin.get(again_.location)).html, texts['life.disablingChanged'].ms);
  t.match(await openOrders(ipms, leaver.id), [
    { disabled_from: '2026-12-10', disabled_until: null, status: 'planned' },
  ]);
  const past = await manage(admin, leaver, 'change-disable', { disabled_from: '10/11/2026' });
  t.ok(past.problems.disabled_from);
  await runDue(ipms.db, new Date('2026-12-02T00:00:00Z'));
  t.match(await mailboxNow(ipms, leaver), { status: 'active' }, 'the first day does not count any more');
  admin = await ipms.signIn('admin.jabatan');
  await manage(admin, leaver, 'cancel-disable');
  t.match(await openOrders(ipms, leaver.id), [{ status: 'cancelled' }]);
  t.equal((await actionsOf(ipms, 'mailbox', leaver.id)).at(-1), 'mailbox.disabling-cancelled');
  await runDue(ipms.db, new Date('2027-01-02T00:00:00Z'));
  t.match(await mailboxNow(ipms, leaver), { status: 'active' });
  admin = await ipms.signIn('admin.jabatan');

  await manage(admin, leaver, 'disable', { ...LEAVE, disabled_from: '1/12/2026' });
  const atOnce = await manage(admin, leaver, 'change-disable', { disabled_from: '24/11/2026' });
  t.match((await admin.get(atOnce.location)).html, texts['life.disabled'].ms);
  t.match(await mailboxNow(ipms, leaver), { status: 'disabled' }, 'today is at once');
  t.match((await actionsOf(ipms, 'mailbox', leaver.id)).slice(-3), [
    'mailbox.disabling-changed',
    'mailbox.disabled',
    'mailbox.senders-restricted',
  ]);
  const _csrf = await admin.token(`${mailboxPage(leaver)}/account`);
  t.equal(
    (await admin.post(`${mailboxPage(leaver)}/cancel-disable`, { _csrf })).status,
    409,
    'what has begun is enabled',
  );
  t.match((await openOrders(ipms, leaver.id)).at(-1), { status: 'in-force' });
});

t.test('somebody in 200 lists with as many owners: in one transaction', async (t) => {
  let statements: () => Ran[] = () => [];
  const ipms = await startIpms(t, {
    watch: (sqlite) => {
      statements = noteStatements(sqlite);
    },
  });
  const leaver = await makeOfficer(ipms, 'sibuk');
  for (let number = 0; number < 200; number += 1) {
    const owner = await makeOfficer(ipms, `pemilik.${number}`);
    await makeGroup(ipms, `senarai.${number}`, { owners: [owner], members: [leaver] });
  }
  const admin = await ipms.signIn('admin.jabatan');
  const _csrf = await admin.token(`${mailboxPage(leaver)}/account`);
  statements();
  const answer = await admin.post(`${mailboxPage(leaver)}/disable`, { ...LEAVE, restrict_senders: '1', _csrf });
  const ran = statements().map(({ text }) => text);
  t.equal(ran.filter((text) => /^begin/i.test(text)).length, 1);
  t.ok(ran.length < 200 * 10, `${ran.length} statements`);
  t.equal(answer.status, 303);
  t.strictSame(await groupsOf(ipms, leaver), []);
  t.equal((await mailsOf(ipms, 'mailbox', leaver.id, 'N9')).length, 200);
  const cookies = [answer.headers['set-cookie']].flat().map(String);
  t.ok(
    cookies.every((cookie) => cookie.length < 4000),
    'what the next page says fits into a cookie',
  );
  t.equal((await manage(admin, leaver, 'enable')).status, 303);
  t.equal((await groupsOf(ipms, leaver)).length, 200);
});

t.test('not oneself, and an agency’s last administrator only when it is meant', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const boss = await ipms.db
    .selectFrom('mailbox')
    .selectAll()
    .where('login_id', '=', 'admin.jabatan')
    .executeTakeFirstOrThrow();
  const token = await admin.token(`${mailboxPage(boss)}/account`);
  const own = await admin.post(`${mailboxPage(boss)}/disable`, { ...LEAVE, leave_without: '1', _csrf: token });
  t.equal(own.status, 422);
  t.match(own.text, 'akaun anda sendiri');

  const helper = await makeOfficer(ipms, 'admin.dua', { role: 'admin' });
  const second = await ipms.signIn('admin.dua');
  t.equal((await manage(admin, helper, 'disable', LEAVE)).status, 303, 'one of two may be disabled');
  await manage(admin, helper, 'enable');
  // the first one's sign-in is shut: the second is the last who can sign in, and a third looks after it
  const third = await makeOfficer(ipms, 'admin.tiga', { role: 'admin' });
  const browser = await ipms.signIn('admin.tiga');
  await ipms.db
    .updateTable('user')
    .set({ password_hash: null })
    .where('id', 'in', [boss.user_id, third.user_id])
    .execute();
  t.match((await second.get('/me')).location, '/login');
  const refused = await manage(browser, helper, 'disable', LEAVE);
  t.equal(refused.status, 422);
  t.match(refused.text, 'pentadbir terakhir');
  t.ok(refused.dom.querySelector('input[name=leave_without][aria-invalid=true]'), 'at the box');
  const ending = { effective_on: '24/11/2026', reason: 'Bersara' };
  t.match((await manage(browser, helper, 'delete', ending)).text, 'pentadbir terakhir', 'nor ended');
  t.match(await mailboxNow(ipms, helper), { status: 'active' });
  t.equal((await manage(browser, helper, 'disable', { ...LEAVE, leave_without: '1' })).status, 303);
  t.match(await mailboxNow(ipms, helper), { status: 'disabled' });
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const leaver = await makeOfficer(ipms, 'pelajar');
  await makeGroup(ipms, 'satu', { members: [leaver] });
  const page = mailboxPage(leaver);
  t.match((await ipms.visitor().get(`${page}/account`)).location, '/login');
  const other = await ipms.signIn('admin.kementerian');
  const _csrf = await other.token('/admin/calendar');
  const commands = ['disable', 'enable', 'change-disable', 'cancel-disable', 'delete', 'withdraw-delete', 'restore'];
  for (const name of commands) {
    t.equal((await other.get(`${page}/${name}`)).status, 404, name);
    t.equal((await other.post(`${page}/${name}`, { ...LEAVE, effective_on: '24/11/2026', _csrf })).status, 404, name);
  }
  for (const login of ['pegawai.jabatan', 'meja.bantuan']) {
    const person = await ipms.signIn(login);
    const token = await person.token('/me/password');
    t.equal((await person.post(`${page}/disable`, { ...LEAVE, _csrf: token })).status, 403, login);
    t.equal((await person.get('/admin/calendar')).status, 403);
    t.equal((await person.get('/admin/mailboxes/deleted')).status, 403);
  }
  t.match(await mailboxNow(ipms, leaver), { status: 'active' });
  t.equal((await groupsOf(ipms, leaver)).length, 1);
  t.strictSame(await actionsOf(ipms, 'mailbox', leaver.id), ['mailbox.created']);
});
