import { type Test, t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { runDue } from '../../src/due.ts';
import { type Ipms, START, startIpms } from '../helper.ts';
import { type Mailbox, makeGroup, makeOfficer } from '../make.ts';
import { actionsOf, mailboxNow, mailsOf, recordsOf, userOf } from '../read.ts';
import { groupsOf, mailboxPage, manage, manageTogether } from './manage-account.ts';

// SOP 4.10: enabling an account, and what an until-date does

const LEAVE = { reason: 'unpaid_leave', description: '' };
const inDays = (days: number) => later(START, days * DAY);

async function disabled(ipms: Ipms, mailbox: Mailbox, fields: Record<string, string> = {}) {
  const admin = await ipms.signIn('admin.jabatan');
  const answer = await manage(admin, mailbox, 'disable', { ...LEAVE, ...fields });
  if (answer.status !== 303) throw new Error(answer.text);
  return admin;
}

/** Somebody disabled, and since then of four lists one is as it was, one renamed, one deleted, and one joined again. */
async function openDisabled(t: Test) {
  const ipms = await startIpms(t);
  const { db } = ipms;
  const owner = await makeOfficer(ipms, 'pemilik');
  const back = await makeOfficer(ipms, 'kembali');
  const others = { owners: [owner], members: [back] };
  const [kept, renamed, gone, joinedAgain] = [
    await makeGroup(ipms, 'kekal', others),
    await makeGroup(ipms, 'lama', others),
    await makeGroup(ipms, 'tiada', others),
    await makeGroup(ipms, 'semula', others),
  ];
  const never = await makeGroup(ipms, 'asing', { owners: [owner] });
  const admin = await disabled(ipms, back);
  await db.updateTable('group').set({ display_name: 'Senarai baru' }).where('id', '=', renamed).execute();
  await db.updateTable('group').set({ status: 'deleted' }).where('id', '=', gone).execute();
  // no page lets who is disabled into a list: only what came from before IPMS can be so
  await db
    .insertInto('membership')
    .values({
      group_id: joinedAgain,
      member_type: 'mailbox',
      member_id: back.id,
      member_name: back.display_name,
      member_address: back.primary_email,
      since: START.toISOString(),
      added_by: 'Ujian',
    })
    .execute();
  return { ipms, admin, back, kept, renamed, never, joinedAgain };
}

t.test('what the disabling took comes back, and no more; what cannot is said before and named after', async (t) => {
  const { ipms, admin, back, kept, renamed, never, joinedAgain } = await openDisabled(t);
  const page = await admin.get(`${mailboxPage(back)}/enable`);
  t.match(page.text, /Kembali ke dalam 2 senarai mel: ?Senarai baru .*Senarai kekal/);
  t.match(page.text, /1 senarai mel telah dipadam dan tidak dapat dikembalikan: ?Senarai tiada/);
  t.match(page.text, /Telah menjadi ahli semula bagi 1 senarai mel: ?Senarai semula/);
  t.strictSame(await groupsOf(ipms, back), [joinedAgain], 'looking does nothing');

  const answer = await manage(admin, back, 'enable');
  t.strictSame([answer.status, answer.location], [303, `${mailboxPage(back)}/account`]);
  const shown = await admin.get(answer.location);
  t.match(shown.text, 'Tidak dapat dikembalikan, kerana telah dipadam: Senarai tiada');
  t.strictSame(await groupsOf(ipms, back), [kept, renamed, joinedAgain]);
  t.notOk((await groupsOf(ipms, back)).includes(never));
  t.match(await mailboxNow(ipms, back), { status: 'active', accept_from: 'all' });
  t.match(await userOf(ipms, back), { status: 'active' });
  await ipms.signIn('kembali');
});

t.test('the owners of the lists are told; trail, record and senders follow', async (t) => {
  const { ipms, admin, back } = await openDisabled(t);
  await manage(admin, back, 'enable');
  const told = await mailsOf(ipms, 'mailbox', back.id, 'N11');
  t.strictSame(
    told.map((mail) => mail.to_address),
    ['pemilik@jabatan.test'],
  );
  t.match(told[0]?.letter, /Senarai baru[\s\S]*Senarai kekal/);
  t.notMatch(told[0]?.letter, 'Senarai tiada');
  t.strictSame((await actionsOf(ipms, 'mailbox', back.id)).slice(-2), ['mailbox.enabled', 'mailbox.senders-restored']);
  t.match((await recordsOf(ipms, 'mailbox', back.id)).at(-1), { sop: '4.10', title: 'record.mailbox-enabled' });
  const senders = ipms.db.selectFrom('accepted_sender').select('address').where('mailbox_id', '=', back.id);
  t.strictSame(await senders.execute(), [], 'the postmaster is off the list');
});

t.test('All senders is the SOP’s; without the box, Accept Message From is as it was', async (t) => {
  const ipms = await startIpms(t);
  const back = await makeOfficer(ipms, 'kembali');
  const before = ['ketua@jabatan.test', 'rakan@jabatan.test'];
  await ipms.db.updateTable('mailbox').set({ accept_from: 'listed' }).where('id', '=', back.id).execute();
  await ipms.db
    .insertInto('accepted_sender')
    .values(before.map((address) => ({ mailbox_id: back.id, address })))
    .execute();
  const senders = async () =>
    (
      await ipms.db
        .selectFrom('accepted_sender')
        .select('address')
        .where('mailbox_id', '=', back.id)
        .orderBy('address')
        .execute()
    ).map((row) => row.address);

  const admin = await disabled(ipms, back);
  t.strictSame(await senders(), ['postadmin@jabatan.test']);
  const page = await admin.get(`${mailboxPage(back)}/enable`);
  t.ok(page.dom.querySelector('input[name=all_senders][checked]'), 'the box is ticked beforehand');
  await admin.post(`${mailboxPage(back)}/enable`, { _csrf: await admin.token(`${mailboxPage(back)}/account`) });
  t.match(await mailboxNow(ipms, back), { status: 'active', accept_from: 'listed' });
  t.strictSame(await senders(), before);

  await disabled(ipms, back);
  await manage(admin, back, 'enable');
  t.match(await mailboxNow(ipms, back), { status: 'active', accept_from: 'all' });
  t.strictSame(await senders(), []);
});

t.test(
  'from whom it took mail before is remembered as it is by then: no address that was given up meanwhile',
  async (t) => {
    const ipms = await startIpms(t);
    const [back, friend] = [await makeOfficer(ipms, 'kembali'), await makeOfficer(ipms, 'rakan')];
    const [old, postmaster] = ['rakan.lama@jabatan.test', 'postadmin@jabatan.test'];
    const admin = await ipms.signIn('admin.jabatan');
    t.equal((await admin.submit(mailboxPage(friend), mailboxPage(friend), { aliases: old })).status, 303);
    const flows = `${mailboxPage(back)}/mail-flows`;
    t.equal((await admin.submit(flows, flows, { accept_from: 'listed', senders: [old, postmaster] })).status, 303);
    await disabled(ipms, back);
    await admin.submit(mailboxPage(friend), mailboxPage(friend), { aliases: '' });
    await admin.post(`${mailboxPage(back)}/enable`, { _csrf: await admin.token(`${mailboxPage(back)}/account`) });
    t.match(await mailboxNow(ipms, back), { status: 'active', accept_from: 'listed' });
    const senders = ipms.db.selectFrom('accepted_sender').select('address').where('mailbox_id', '=', back.id);
    t.strictSame(
      (await senders.orderBy('address').execute()).map((row) => row.address),
      [postmaster, 'rakan@jabatan.test'],
    );
  },
);

t.test('disabled twice and enabled twice: the same as once', async (t) => {
  const ipms = await startIpms(t);
  const back = await makeOfficer(ipms, 'kembali');
  const both = [await makeGroup(ipms, 'satu', { members: [back] }), await makeGroup(ipms, 'dua', { members: [back] })];
  const admin = await disabled(ipms, back);
  await manage(admin, back, 'enable');
  await disabled(ipms, back, { disabled_from: '1/12/2026' });
  await runDue(ipms.db, inDays(7));
  t.strictSame(await groupsOf(ipms, back), []);
  const later_ = await ipms.signIn('admin.jabatan');
  await manage(later_, back, 'enable');
  t.strictSame(await groupsOf(ipms, back), both);
  t.strictSame(await ipms.db.selectFrom('disabling').select('status').where('mailbox_id', '=', back.id).execute(), [
    { status: 'ended' },
    { status: 'ended' },
  ]);
});

t.test('two at once: enable and enable, disable and enable, enable and delete', async (t) => {
  const ipms = await startIpms(t);
  const [one, two, three] = [
    await makeOfficer(ipms, 'satu'),
    await makeOfficer(ipms, 'dua'),
    await makeOfficer(ipms, 'tiga'),
  ];
  const group = await makeGroup(ipms, 'senarai', { members: [one, two, three] });
  const admin = await disabled(ipms, one);
  const answers = await manageTogether(admin, one, ['enable', {}], ['enable', { all_senders: '1' }]);
  t.strictSame(answers.map((answer) => answer.status).toSorted(), [303, 409]);
  t.match(answers.find((answer) => answer.status === 409)?.text, 'telah aktif');
  t.strictSame(await groupsOf(ipms, one), [group]);
  t.equal((await recordsOf(ipms, 'mailbox', one.id)).filter((each) => each.sop === '4.10').length, 1);

  const mixed = await manageTogether(admin, two, ['disable', { ...LEAVE }], ['enable', {}]);
  t.ok(mixed.every((answer) => [303, 409].includes(answer.status)));
  const state = await mailboxNow(ipms, two);
  t.strictSame(await groupsOf(ipms, two), state.status === 'active' ? [group] : []);

  await disabled(ipms, three);
  const ending = { effective_on: '24/11/2026', reason: 'Tamat kontrak' };
  const last = await manageTogether(admin, three, ['enable', {}], ['delete', ending]);
  t.ok(last.every((answer) => [303, 409].includes(answer.status)));
  t.match(await mailboxNow(ipms, three), { status: 'deleted' });
  t.match(await userOf(ipms, three), { status: 'deleted' });
  t.strictSame(await groupsOf(ipms, three), []);
});

t.test('a double click enables once, and not what is active', async (t) => {
  const ipms = await startIpms(t);
  const back = await makeOfficer(ipms, 'kembali');
  const admin = await disabled(ipms, back);
  const fields = { _csrf: await admin.token(`${mailboxPage(back)}/account`) };
  const clicks = await Promise.all([1, 2].map(() => admin.post(`${mailboxPage(back)}/enable`, fields)));
  for (const click of clicks) t.strictSame([click.status, click.location], [303, `${mailboxPage(back)}/account`]);
  const late = await admin.post(`${mailboxPage(back)}/enable`, {
    _csrf: await admin.token(`${mailboxPage(back)}/account`),
  });
  t.equal(late.status, 409);
});

t.test('an until-date: a word three days before, another on the day, once each', async (t) => {
  const ipms = await startIpms(t);
  const back = await makeOfficer(ipms, 'kembali');
  await disabled(ipms, back, { disabled_until: '10/12/2026' });
  const words = async () =>
    (await mailsOf(ipms, 'mailbox', back.id, 'N10')).map((mail) => [mail.to_address, mail.created_at.slice(0, 10)]);
  await runDue(ipms.db, new Date('2026-12-06T15:59:00Z'));
  t.strictSame(await words(), [], 'not four days before');
  const before = new Date('2026-12-06T16:00:00Z');
  for (const _turn of [1, 2]) await runDue(ipms.db, before);
  await runDue(ipms.db, new Date('2026-12-08T00:00:00Z'));
  t.strictSame(await words(), [['admin.jabatan@jabatan.test', '2026-12-06']]);
  await runDue(ipms.db, new Date('2026-12-01T00:00:00Z'));
  t.equal((await words()).length, 1, 'nor again when the clock is set back');
  for (const day of ['2026-12-09T16:00:00Z', '2026-12-10T09:00:00Z', '2026-12-20T09:00:00Z'])
    await runDue(ipms.db, new Date(day));
  t.strictSame(await words(), [
    ['admin.jabatan@jabatan.test', '2026-12-06'],
    ['admin.jabatan@jabatan.test', '2026-12-09'],
  ]);
  t.match((await mailsOf(ipms, 'mailbox', back.id, 'N10'))[1]?.letter, 'hari itu telah tiba');
  t.match(await mailboxNow(ipms, back), { status: 'disabled' }, 'it is not enabled by itself');

  const admin = await ipms.signIn('admin.jabatan');
  const days = { disabled_from: '24/12/2026', disabled_until: '31/12/2026' };
  t.equal((await manage(admin, back, 'change-disable', days)).status, 303);
  t.match(
    await ipms.db.selectFrom('disabling').selectAll().where('mailbox_id', '=', back.id).execute(),
    [{ disabled_from: '2026-11-24', disabled_until: '2026-12-31' }],
    'what has begun keeps its first day',
  );
  await runDue(ipms.db, new Date('2026-12-28T09:00:00Z'));
  t.equal((await words()).length, 3, 'a new date is announced anew');
  t.equal((await actionsOf(ipms, 'mailbox', back.id)).filter((deed) => deed === 'mailbox.reminded').length, 3);
});

t.test('down over both days: one word, and that is of the day', async (t) => {
  const ipms = await startIpms(t);
  const back = await makeOfficer(ipms, 'kembali');
  await disabled(ipms, back, { disabled_until: '10/12/2026' });
  for (const _turn of [1, 2]) await runDue(ipms.db, new Date('2026-12-15T00:00:00Z'));
  t.equal((await mailsOf(ipms, 'mailbox', back.id, 'N10')).length, 1);
  t.match((await mailsOf(ipms, 'mailbox', back.id, 'N10'))[0]?.letter, 'hari itu telah tiba');
});

t.test('enabled by itself, where that was ticked', async (t) => {
  const ipms = await startIpms(t);
  const back = await makeOfficer(ipms, 'kembali');
  const group = await makeGroup(ipms, 'satu', { owners: [await makeOfficer(ipms, 'pemilik')], members: [back] });
  await disabled(ipms, back, { disabled_until: '10/12/2026', enable_by_itself: '1' });
  await runDue(ipms.db, new Date('2026-12-09T15:59:59Z'));
  t.match(await mailboxNow(ipms, back), { status: 'disabled' });
  t.match((await mailsOf(ipms, 'mailbox', back.id, 'N10'))[0]?.letter, 'diaktifkan secara automatik');
  await Promise.all([1, 2].map(() => runDue(ipms.db, new Date('2026-12-09T16:00:00Z'))));
  t.match(await mailboxNow(ipms, back), { status: 'active', accept_from: 'all' });
  t.strictSame(await groupsOf(ipms, back), [group]);
  t.equal((await mailsOf(ipms, 'mailbox', back.id, 'N11')).length, 1);
  t.equal((await mailsOf(ipms, 'mailbox', back.id, 'N10')).length, 1, 'no second reminder');
  t.match((await recordsOf(ipms, 'mailbox', back.id)).at(-1), { sop: '4.10', filed_by_name: 'IPMS' });
});

t.test('a whole leave that passed while the server was down', async (t) => {
  const ipms = await startIpms(t);
  const back = await makeOfficer(ipms, 'kembali');
  const group = await makeGroup(ipms, 'satu', { members: [back] });
  await disabled(ipms, back, { disabled_from: '1/12/2026', disabled_until: '5/12/2026', enable_by_itself: '1' });
  await runDue(ipms.db, new Date('2026-12-20T00:00:00Z'));
  t.match(await mailboxNow(ipms, back), { status: 'active' });
  t.strictSame(await groupsOf(ipms, back), [group]);
});
