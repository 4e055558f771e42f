import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { runDue } from '../../src/due.ts';
import { type Ipms, START, startIpms } from '../helper.ts';
import { type Mailbox, makeGroup, makeOfficer } from '../make.ts';
import { actionsOf, mailboxNow, mailsOf, recordsOf, userOf } from '../read.ts';
import { groupsOf, mailboxPage, manage, manageTogether } from './manage-account.ts';

// SOP 4.12: looking at deleted accounts, and restoring one

const TODAY = { effective_on: '24/11/2026', reason: 'Tersilap' };

async function deleted(ipms: Ipms, mailbox: Mailbox) {
  const admin = await ipms.signIn('admin.jabatan');
  const answer = await manage(admin, mailbox, 'delete', TODAY);
  if (answer.status !== 303) throw new Error(answer.text);
  return admin;
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

t.test('restored: what it was, with sign-in, addresses and lists', async (t) => {
  const ipms = await startIpms(t);
  const back = await makeOfficer(ipms, 'kembali', { aliases: ['k.lama@jabatan.test'] });
  const before = await addresses(ipms, back);
  const groups = [
    await makeGroup(ipms, 'satu', { owners: [await makeOfficer(ipms, 'pemilik')], members: [back] }),
    await makeGroup(ipms, 'dua', { members: [back] }),
  ];
  const admin = await deleted(ipms, back);
  t.match(
    (await admin.get(`${mailboxPage(back)}/restore`)).text,
    /Kembali ke dalam 2 senarai mel: ?Senarai dua .*Senarai satu/,
  );
  const answer = await manage(admin, back, 'restore');
  t.strictSame([answer.status, answer.location], [303, `${mailboxPage(back)}/account`]);
  t.match(await mailboxNow(ipms, back), { status: 'active', deleted_at: null, version: back.version + 2 });
  t.match(await userOf(ipms, back), { status: 'active' });
  await ipms.signIn('kembali');
  t.strictSame(await addresses(ipms, back), before);
  t.strictSame(await groupsOf(ipms, back), groups);
  t.match(await mailsOf(ipms, 'mailbox', back.id, 'N11'), [{ to_address: 'pemilik@jabatan.test' }]);
  t.match((await mailsOf(ipms, 'mailbox', back.id, 'N12')).at(-1)?.letter, 'telah dipulihkan');
  t.match((await actionsOf(ipms, 'mailbox', back.id)).at(-1), 'mailbox.restored');
  t.match((await recordsOf(ipms, 'mailbox', back.id)).at(-1), { sop: '4.12', title: 'record.mailbox-restored' });
  t.match(await ipms.db.selectFrom('ticket').select('status').where('item_id', '=', back.id).executeTakeFirst(), {
    status: 'withdrawn',
  });
  const ending = await ipms.db.selectFrom('termination').selectAll().where('mailbox_id', '=', back.id).execute();
  t.match(ending, [{ status: 'restored', ended_by: 'Rosnah binti Ismail' }]);
});

t.test('a disabled one comes back disabled, and enabling it still gives back its lists', async (t) => {
  const ipms = await startIpms(t);
  const back = await makeOfficer(ipms, 'kembali');
  const group = await makeGroup(ipms, 'satu', { members: [back] });
  const admin = await ipms.signIn('admin.jabatan');
  await manage(admin, back, 'disable', { reason: 'study_leave' });
  await deleted(ipms, back);
  await manage(admin, back, 'restore');
  t.match(await mailboxNow(ipms, back), { status: 'disabled', accept_from: 'listed' });
  t.match(await userOf(ipms, back), { status: 'disabled' });
  t.strictSame(await groupsOf(ipms, back), []);
  await manage(admin, back, 'enable');
  t.strictSame(await groupsOf(ipms, back), [group]);
  t.match(await mailboxNow(ipms, back), { status: 'active', accept_from: 'all' });
});

t.test('within the setting’s days and no longer', async (t) => {
  const ipms = await startIpms(t);
  const [early, late] = [await makeOfficer(ipms, 'awal'), await makeOfficer(ipms, 'lewat')];
  await deleted(ipms, early);
  await deleted(ipms, late);
  ipms.clock.now = later(START, 20 * DAY);
  let admin = await ipms.signIn('admin.jabatan');
  t.equal((await manage(admin, early, 'restore')).status, 303);
  const _csrf = await admin.token(`${mailboxPage(late)}/account`);
  ipms.clock.now = new Date('2026-12-14T16:00:00Z'); // the 15th in Kuala Lumpur
  admin = await ipms.signIn('admin.jabatan');
  const refused = await admin.post(`${mailboxPage(late)}/restore`, { _csrf: await admin.token('/admin/calendar') });
  t.ok(_csrf);
  t.equal(refused.status, 422);
  t.match(refused.text, 'dalam 20 hari, iaitu sehingga 14 Dis 2026');
  t.match(await mailboxNow(ipms, late), { status: 'deleted' });
  const page = await admin.get(`${mailboxPage(late)}/account`);
  t.notOk(page.dom.querySelector(`form[action="${mailboxPage(late)}/restore"]`), 'nor is it offered');
  const helpdesk = await ipms.signIn('meja.bantuan');
  await helpdesk.submit('/helpdesk/settings', '/helpdesk/settings', { restore_days: '21' });
  t.equal((await manage(admin, late, 'restore')).status, 303, 'with a longer time it can be restored again');
  t.notOk((await admin.get(`${mailboxPage(late)}/account`)).dom.querySelector('form[action$=restore]'));
});

t.test('an address that somebody else has now: refused with its name', async (t) => {
  const ipms = await startIpms(t);
  const back = await makeOfficer(ipms, 'kembali');
  const admin = await deleted(ipms, back);
  await ipms.db
    .updateTable('address')
    .set({ kind: 'group', item_id: 1 })
    .where('address', '=', back.primary_email)
    .execute();
  const refused = await manage(admin, back, 'restore');
  t.equal(refused.status, 422);
  t.match(refused.text, 'kembali@jabatan.test telah diberi kepada orang lain');
  t.match(await mailboxNow(ipms, back), { status: 'deleted' });
  await ipms.db.deleteFrom('address').where('address', '=', back.primary_email).execute();
  t.equal((await manage(admin, back, 'restore')).status, 303, 'one that was only freed is entered again');
  t.match(await addresses(ipms, back), [{ address: 'kembali@jabatan.test', kind: 'mailbox' }]);
});

t.test('two at once, and a double click: restored once', async (t) => {
  const ipms = await startIpms(t);
  const [one, two] = [await makeOfficer(ipms, 'satu'), await makeOfficer(ipms, 'dua')];
  const group = await makeGroup(ipms, 'senarai', { members: [one, two] });
  const admin = await deleted(ipms, one);
  const answers = await manageTogether(admin, one, ['restore', {}], ['restore', {}]);
  t.strictSame(answers.map((answer) => answer.status).toSorted(), [303, 409]);
  t.strictSame(await groupsOf(ipms, one), [group]);
  await deleted(ipms, two);
  const fields = { _csrf: await admin.token(`${mailboxPage(two)}/account`) };
  const clicks = await Promise.all([1, 2].map(() => admin.post(`${mailboxPage(two)}/restore`, fields)));
  for (const click of clicks) t.strictSame([click.status, click.location], [303, `${mailboxPage(two)}/account`]);
});

t.test('the list: by display name or primary e-mail, who, when, why, and until when', async (t) => {
  const ipms = await startIpms(t);
  const gone = await makeOfficer(ipms, 'hilang');
  const admin = await deleted(ipms, gone);
  const rows = async (query: string) =>
    (await admin.get(`/admin/mailboxes/deleted${query}`)).dom
      .querySelectorAll('tbody tr')
      .map((row) => row.textContent.replace(/\s+/g, ' '));
  t.match((await rows('?q=HILANG')).join(), /Pegawai hilang.*24 Nov 2026.*Rosnah binti Ismail.*Tersilap.*14 Dis 2026/);
  t.equal((await rows('?q=pegawai+hil&by=display_name')).length, 1);
  t.equal((await rows('?q=pegawai+hil&by=primary_email')).length, 0);
  t.equal((await rows('?q=hilang@&by=primary_email')).length, 1);
  t.equal((await rows('?q=hilang&by=all')).length, 1);
  t.equal((await rows('?q=tiada-sama-sekali')).length, 0);
  const csv = await admin.get('/admin/mailboxes/deleted?format=csv&q=hilang');
  t.match(csv.html, 'hilang@jabatan.test');
  const other = await ipms.signIn('admin.kementerian');
  t.notMatch((await other.get('/admin/mailboxes/deleted?q=hilang')).text, 'hilang@jabatan.test');
});

t.test('who may not', async (t) => {
  const ipms = await startIpms(t);
  const gone = await makeOfficer(ipms, 'hilang');
  await deleted(ipms, gone);
  const other = await ipms.signIn('admin.kementerian');
  const _csrf = await other.token('/admin/calendar');
  t.equal((await other.post(`${mailboxPage(gone)}/restore`, { _csrf })).status, 404);
  const user = await ipms.signIn('pegawai.jabatan');
  t.equal((await user.post(`${mailboxPage(gone)}/restore`, { _csrf: await user.token('/me/password') })).status, 403);
  t.match(await mailboxNow(ipms, gone), { status: 'deleted' });
  await runDue(ipms.db, later(START, DAY));
  t.match(await mailboxNow(ipms, gone), { status: 'deleted' });
});
