import { type Test, t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { findFaults } from '../../src/command-line/faults.ts';
import { runDue } from '../../src/due.ts';
import { texts } from '../../src/texts.ts';
import { PASSWORD, START, startIpms } from '../helper.ts';
import { groupsOf } from '../mailbox-life/manage-account.ts';
import { makeGroup, makeOfficer } from '../make.ts';
import { mailboxNow, recordsOf, trailOf, userOf } from '../read.ts';
import {
  askForOfficer,
  lettersNumbered,
  newestTransfer,
  offerOfficer,
  PACKAGE,
  prepareTransfer,
  registryOf,
  sendTransferForm,
  TODAY,
} from './transfers.ts';

// SOP 5.0: an officer moves to another agency; both approve

const WITH_A_DAY = { effective_on: '1/12/2026' };
const THE_DAY = new Date('2026-11-30T16:00:00Z');

/** An officer who is in one list, and owns another with somebody and a third alone. */
async function openMover(t: Test) {
  const ipms = await startIpms(t);
  const { mover, from, to } = await prepareTransfer(ipms);
  const owner = await makeOfficer(ipms, 'pemilik');
  const inside = await makeGroup(ipms, 'ahli', { owners: [owner], members: [mover] });
  const shared = await makeGroup(ipms, 'berdua', { owners: [owner, mover] });
  const alone = await makeGroup(ipms, 'seorang', { owners: [mover] });
  return { ipms, mover, from, to, owner, inside, shared, alone, own: await ipms.signIn('pindah') };
}

/** Asked for by the receiving agency, agreed, and packaged. */
async function openMoved(t: Test) {
  const opened = await openMover(t);
  const { to, from, owner } = opened;
  const page = await askForOfficer(to, '900101-14-5678');
  await sendTransferForm(from, page, 'agree', { new_owner: owner.primary_email, keep_address: '1' });
  t.equal((await sendTransferForm(to, page, 'allocation', PACKAGE)).status, 303);
  return opened;
}

t.test('asked for by the receiving agency: nothing of the person is shown until the other one agrees', async (t) => {
  const { ipms, mover, from, to, owner } = await openMover(t);
  const page = await askForOfficer(to, '900101-14-5678', { note: 'Surat JPA 1/2026' });
  t.match(page, /^\/admin\/transfers\/\d+$/);
  const before = await to.get(page);
  t.notMatch(before.text, /pindah|Jabatan Contoh/, 'nothing of the person is shown');
  t.match(before.text, '900101-**-***8');
  t.match(await lettersNumbered(ipms, 'transfer'), [{ to: 'admin.jabatan@jabatan.test' }]);
  t.match((await from.get('/admin')).html, /Pertukaran agensi[^0-9]*1</, 'it waits, in the menu');
  const asked = await from.get(page);
  t.match(asked.text, 'Pegawai pindah');
  for (const words of [texts['transfer.happens.moves'], texts['transfer.happens.both']]) t.match(asked.text, words.ms);
  for (const [side, words] of [
    [to, texts['transfer.in']],
    [from, texts['transfer.out']],
  ] as const) {
    const link = (await side.get('/admin/transfers')).dom.querySelector(`tbody a[href="${page}"]`);
    t.match(link?.closest('tr')?.textContent, words.ms, 'the list says which way');
  }

  const refused = await sendTransferForm(from, page, 'agree', {});
  t.equal(refused.status, 422, 'a list that the officer owns alone needs somebody');
  t.match(refused.problems.new_owner, 'Senarai seorang');
  t.equal(
    (await sendTransferForm(from, page, 'agree', { new_owner: owner.primary_email, keep_address: '1' })).status,
    303,
  );
  t.match(await newestTransfer(ipms), { status: 'agreed', keep_address: 1, agreed_by: 'Rosnah binti Ismail' });
  t.match((await to.get(page)).text, /Pegawai pindah.*Jabatan Contoh/);
  t.match(await mailboxNow(ipms, mover), { agency_id: 1 }, 'not yet');
});

t.test('agreed and packaged: the same mailbox is the other agency’s', async (t) => {
  const { ipms, mover, from, to, owner, inside, shared, alone, own } = await openMoved(t);
  const { db } = ipms;
  t.match(await mailboxNow(ipms, mover), {
    id: mover.id,
    agency_id: 2,
    status: 'active',
    primary_email: PACKAGE.primary_email,
    login_id: 'pindah',
    grade: '44',
    storage_mb: 2048,
    division: 'Bahagian Dasar',
    ic_number: '900101145678',
  });
  t.match(await userOf(ipms, mover), { agency_id: 2, role: 'user', email: PACKAGE.primary_email, login_id: 'pindah' });
  t.strictSame(await registryOf(ipms, mover.id), ['alias pindah@jabatan.test 2', 'mailbox pindah@kementerian.test 2']);
  t.strictSame(await groupsOf(ipms, mover), []);
  t.match(
    await db.selectFrom('membership').selectAll().where('group_id', '=', inside).execute(),
    [{ ending: 'removed', member_address: 'pindah@jabatan.test' }],
    'what was, stays in the list’s past',
  );
  const owners = (id: number) => db.selectFrom('group_owner').select('mailbox_id').where('group_id', '=', id).execute();
  t.strictSame(await owners(shared), [{ mailbox_id: owner.id }]);
  t.strictSame(await owners(alone), [{ mailbox_id: owner.id }]);
  t.match((await own.get('/me')).location, '/login', 'sessions end');
  await ipms.signIn('pindah', PASSWORD);

  t.equal((await from.get(`/admin/mailboxes/${mover.id}`)).status, 404);
  t.equal((await to.get(`/admin/mailboxes/${mover.id}`)).status, 200);
  t.notMatch((await from.get('/admin/mailboxes?q=pindah')).text, 'Pegawai pindah');
  t.match((await to.get('/admin/mailboxes?q=pindah')).text, 'Pegawai pindah');
  t.strictSame(await findFaults(db), []);
});

t.test(
  'an administrator who owns a list that the officer leaves hears of it in the mail of the transfer',
  async (t) => {
    const { ipms, mover, from, to, owner } = await openMover(t);
    const { db } = ipms;
    const administrator = await db
      .selectFrom('mailbox')
      .innerJoin('user', 'user.id', 'mailbox.user_id')
      .selectAll('mailbox')
      .where('user.email', '=', 'admin.jabatan@jabatan.test')
      .executeTakeFirstOrThrow();
    await makeGroup(ipms, 'pejabat', { owners: [administrator], members: [mover] });
    const page = await askForOfficer(to, '900101-14-5678');
    await sendTransferForm(from, page, 'agree', { new_owner: owner.primary_email });
    await db.deleteFrom('outbox').execute();
    t.equal((await sendTransferForm(to, page, 'allocation', PACKAGE)).status, 303);
    const mails = await db.selectFrom('outbox').selectAll().execute();
    const people = mails.map((mail) => mail.to_address);
    t.strictSame(people, [...new Set(people)], 'one act, one mail a person');
    const [mail] = mails.filter((each) => each.to_address === administrator.primary_email);
    t.match(mail, { mail: 'transfer-done', agency_id: 1 });
    const letter = JSON.parse(mail?.letter ?? '{}');
    t.match(letter.subject.ms, 'Pegawai pindah');
    t.notMatch(letter.subject.ms, 'senarai mel');
    t.match(mail?.letter, /Senarai pejabat/);
  },
);

t.test('agreed and packaged: all are told; both agencies have a record and a trail', async (t) => {
  const { ipms, mover, owner } = await openMoved(t);
  const told = await lettersNumbered(ipms, 'transfer-done');
  t.strictSame(told.map((mail) => mail.to).sort(), [
    'admin.jabatan@jabatan.test',
    'admin.kementerian@kementerian.test',
    'meja.bantuan@bantuan.test',
    'pindah@kementerian.test',
  ]);
  t.match(
    (await lettersNumbered(ipms, 'N14')).filter((mail) => mail.to === owner.primary_email),
    [{ subject: 'Pegawai pindah dikeluarkan daripada senarai mel anda: bertukar agensi' }],
    'each owner once',
  );
  const records = await recordsOf(ipms, 'mailbox', mover.id);
  t.match(records, [
    { agency_id: 1, title: 'record.transferred-out' },
    { agency_id: 2, title: 'record.transferred-in' },
  ]);
  const audit = await trailOf(ipms, 'mailbox', mover.id);
  t.match(audit, [
    { agency_id: 1, action: 'mailbox.created' },
    { agency_id: 1, action: 'mailbox.transferred-out' },
    { agency_id: 2, action: 'mailbox.transferred-in' },
  ]);
});

t.test('no oracle: the answer is the same whether or not there is such a person', async (t) => {
  const ipms = await startIpms(t);
  const { to } = await prepareTransfer(ipms);
  const earlier = await ipms.db
    .selectFrom('audit')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirstOrThrow();
  const seen: string[] = [];
  const plain = (text: string) => text.replaceAll(/pindah|tiada-orang|900101|910101|\*\*\*\d/g, 'X');
  for (const who of ['pindah@jabatan.test', 'tiada-orang@jabatan.test', '900101145678', '910101145678']) {
    const page = await askForOfficer(to, who);
    const shown = await to.get(page);
    const list = await to.get(`/admin/transfers?q=${who.slice(0, 6)}`);
    seen.push(plain(shown.text) + plain(list.text).slice(0, 400));
  }
  t.equal(seen[0], seen[1], 'by address');
  t.equal(seen[2], seen[3], 'by identity card');
  t.notMatch((await to.get('/admin/transfers?q=Pegawai')).text, '900101-**', 'nor by searching for the name');
  const again = await to.submit('/admin/transfers/new', '/admin/transfers/new', { who: 'tiada-orang@jabatan.test' });
  const real = await to.submit('/admin/transfers/new', '/admin/transfers/new', { who: 'pindah@jabatan.test' });
  t.strictSame([again.status, real.status], [409, 409], 'asked twice');
  const audit = await ipms.db
    .selectFrom('audit')
    .selectAll()
    .where('id', '>', earlier.id)
    .where('agency_id', '=', 2)
    .where('item_type', '=', 'transfer')
    .execute();
  t.equal(audit.length, 4);
  t.notMatch(JSON.stringify(audit), 'Pegawai');
  const pages = await ipms.db
    .selectFrom('transfer')
    .select('id')
    .where('status', '=', 'requested')
    .orderBy('id')
    .execute();
  for (const { id } of pages) {
    const answer = await sendTransferForm(to, `/admin/transfers/${id}`, 'withdraw');
    t.equal(answer.status, 303);
    t.notMatch((await to.get(answer.location)).text, 'E-mel dihantar');
  }
});

t.test('what was typed is wrong, or somebody of the own agency', async (t) => {
  const ipms = await startIpms(t);
  const { to } = await prepareTransfer(ipms);
  for (const [who, words] of [
    ['bukan alamat', 'alamat e-mel yang sah'],
    ['pegawai.kementerian@kementerian.test', 'sudah berada'],
    ['', 'Wajib diisi'],
  ] as const) {
    const answer = await to.submit('/admin/transfers/new', '/admin/transfers/new', { who });
    t.equal(answer.status, 422);
    t.match(answer.problems.who, words);
  }
  const past = await to.submit('/admin/transfers/new', '/admin/transfers/new', {
    who: 'a@b.my',
    effective_on: '1/1/2026',
  });
  t.match(past.problems.effective_on, 'telah lalu');
});

t.test('offered by the releasing agency, on a later day: moved by the schedule, also after a pause', async (t) => {
  const ipms = await startIpms(t);
  const { mover, from, to } = await prepareTransfer(ipms);
  const page = await offerOfficer(from, mover, WITH_A_DAY);
  t.match(await lettersNumbered(ipms, 'transfer'), [{ to: 'admin.kementerian@kementerian.test' }]);
  const taken = await sendTransferForm(to, page, 'agree', {
    ...PACKAGE,
    primary_email: 'pegawai.kementerian@kementerian.test',
  });
  t.equal(taken.status, 422);
  t.match(taken.problems.primary_email, 'pegawai.kementerian');
  const foreign = await sendTransferForm(to, page, 'agree', { ...PACKAGE, primary_email: 'pindah@jabatan.test' });
  t.match(foreign.problems.primary_email, 'kementerian.test');
  const asked = await sendTransferForm(to, page, 'agree', {
    ...PACKAGE,
    primary_email: 'pegawai.kementerian',
    step: 'check',
  });
  t.match(asked.text, 'pindah@kementerian.test', 'others are offered, from the name');
  t.equal((await sendTransferForm(to, page, 'agree', PACKAGE)).status, 303);
  t.match(await newestTransfer(ipms), { status: 'agreed', holds_address: 1 });
  t.strictSame(await registryOf(ipms, mover.id), [
    'mailbox pindah@jabatan.test 1',
    'reserved pindah@kementerian.test 2',
  ]);
  await runDue(ipms.db, later(THE_DAY, -1));
  t.match(await mailboxNow(ipms, mover), { agency_id: 1 }, '23:59:59 the day before');
  await Promise.all([1, 2].map(() => runDue(ipms.db, later(THE_DAY, 5 * DAY))));
  t.match(await mailboxNow(ipms, mover), { agency_id: 2 });
  t.equal((await lettersNumbered(ipms, 'transfer-done')).length, 4, 'once');
  t.strictSame(await registryOf(ipms, mover.id), ['alias pindah@jabatan.test 2', 'mailbox pindah@kementerian.test 2']);
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('the old address: kept from everybody for a year, or arriving for a year', async (t) => {
  const ipms = await startIpms(t);
  const { mover, from, to } = await prepareTransfer(ipms);
  const stays = await makeOfficer(ipms, 'kekal');
  const sent = await from.token('/admin/transfers');
  const place = `/admin/mailboxes/${mover.id}/transfer`;
  const { location } = await from.post(place, { _csrf: sent, agency_id: '2' });
  await sendTransferForm(to, location, 'agree', PACKAGE);
  await sendTransferForm(to, await offerOfficer(from, stays), 'agree', {
    ...PACKAGE,
    primary_email: 'kekal@kementerian.test',
  });
  t.strictSame(await registryOf(ipms, mover.id), [
    'mailbox pindah@kementerian.test 2',
    'reserved pindah@jabatan.test 1',
  ]);
  t.strictSame(await registryOf(ipms, stays.id), ['alias kekal@jabatan.test 2', 'mailbox kekal@kementerian.test 2']);
  const back = await to.submit(`/admin/mailboxes/${stays.id}`, `/admin/mailboxes/${stays.id}`, {
    primary_email: 'kekal@jabatan.test',
  });
  t.equal(back.status, 422, 'it is not the new agency’s to send from');
  const listening = await makeOfficer(ipms, 'dengar');
  await ipms.db
    .insertInto('accepted_sender')
    .values({ mailbox_id: listening.id, address: 'kekal@jabatan.test' })
    .execute();
  await runDue(ipms.db, later(START, 364 * DAY));
  t.equal((await registryOf(ipms, stays.id)).length, 2);
  await runDue(ipms.db, later(START, 366 * DAY));
  t.strictSame(await registryOf(ipms, stays.id), ['mailbox kekal@kementerian.test 2']);
  const told = await ipms.db.selectFrom('audit').selectAll().where('action', '=', 'mailbox.sender-changed').execute();
  t.match(told, [{ item_id: listening.id, before: '{"senders":["kekal@jabatan.test"]}', after: '{"senders":[]}' }]);
  t.strictSame(await registryOf(ipms, mover.id), ['mailbox pindah@kementerian.test 2']);
  t.strictSame(await findFaults(ipms.db), []);
});

t.test(
  'an administrator is a user in the new agency; the last one does not leave unseen, nor by the own hand',
  async (t) => {
    const ipms = await startIpms(t);
    const { from, to } = await prepareTransfer(ipms);
    const admin = await ipms.db
      .selectFrom('mailbox')
      .selectAll()
      .where('login_id', '=', 'admin.jabatan')
      .executeTakeFirstOrThrow();
    const self = await from.post(`/admin/mailboxes/${admin.id}/transfer`, {
      _csrf: await from.token('/admin'),
      agency_id: '2',
    });
    t.equal(self.status, 422);
    const second = await makeOfficer(ipms, 'kedua', { role: 'admin' });
    await ipms.db.updateTable('user').set({ status: 'disabled' }).where('login_id', '=', 'admin.jabatan').execute();
    const other = await makeOfficer(ipms, 'ketiga', { role: 'admin' });
    const third = await ipms.signIn('ketiga');
    await ipms.db.updateTable('user').set({ password_hash: null }).where('id', '=', other.user_id).execute();
    const place = `/admin/mailboxes/${second.id}/transfer`;
    const refused = await third.submit(place, place, { agency_id: '2' });
    t.equal(refused.status, 422);
    t.match(refused.text, 'pentadbir terakhir Jabatan Contoh');
    const page = (await third.submit(place, place, { agency_id: '2', leave_without: '1' })).location;
    await sendTransferForm(to, page, 'agree', { ...PACKAGE, primary_email: 'kedua@kementerian.test' });
    t.match(await userOf(ipms, second), { role: 'user', agency_id: 2 });
    t.match(await trailOf(ipms, 'user', second.user_id, 'administrator.withdrawn'), [{ agency_id: 1 }]);
  },
);

t.test('the demo holds transfers as they come: refused, carried out, asked for, offered', async (t) => {
  const { db } = await startIpms(t);
  const rows = await db.selectFrom('transfer').selectAll().orderBy('id').execute();
  t.strictSame(
    rows.map(({ status, begun_by }) => `${status} ${begun_by}`),
    ['refused receiving', 'carried-out receiving', 'requested receiving', 'requested receiving', 'requested releasing'],
  );
  const moved = rows[1];
  const mailbox = await db
    .selectFrom('mailbox')
    .selectAll()
    .where('id', '=', moved?.mailbox_id ?? 0)
    .executeTakeFirstOrThrow();
  t.match(mailbox, { agency_id: 2, status: 'active', department: 'Kementerian Contoh' });
  const acts = await db
    .selectFrom('audit')
    .select('action')
    .where('item_type', '=', 'transfer')
    .where('item_id', '=', moved?.id ?? 0)
    .where('agency_id', '=', 2)
    .orderBy('id')
    .execute();
  t.strictSame(
    acts.map(({ action }) => action),
    ['transfer.requested', 'transfer.agreed', 'transfer.allocated', 'transfer.carried-out'],
    'by the verbs that the pages use',
  );
  t.strictSame(await findFaults(db), []);
});

t.test('a person who comes back has the old address again', async (t) => {
  const ipms = await startIpms(t);
  const { mover, from, to } = await prepareTransfer(ipms);
  await sendTransferForm(to, await offerOfficer(from, mover), 'agree', PACKAGE);
  const place = `/admin/mailboxes/${mover.id}/transfer`;
  const { location } = await to.submit(place, place, { agency_id: '1' });
  const answer = await sendTransferForm(from, location, 'agree', { ...PACKAGE, primary_email: 'pindah@jabatan.test' });
  t.equal(answer.status, 303);
  t.match(await mailboxNow(ipms, mover), { agency_id: 1, primary_email: 'pindah@jabatan.test' });
  t.strictSame(await registryOf(ipms, mover.id), ['alias pindah@kementerian.test 1', 'mailbox pindah@jabatan.test 1']);
  await runDue(ipms.db, later(START, 400 * DAY));
  t.strictSame(await registryOf(ipms, mover.id), ['mailbox pindah@jabatan.test 1']);
  t.strictSame(await findFaults(ipms.db), []);
});

t.test(`the day ${TODAY} is at once only when nothing hinders`, async (t) => {
  const ipms = await startIpms(t);
  const { mover, from, to } = await prepareTransfer(ipms);
  const page = await offerOfficer(from, mover, { effective_on: TODAY });
  await ipms.db.updateTable('mailbox').set({ status: 'disabled' }).where('id', '=', mover.id).execute();
  await sendTransferForm(to, page, 'agree', PACKAGE);
  t.match(await mailboxNow(ipms, mover), { agency_id: 1 });
  t.match((await to.get(page)).text, 'Pertukaran ini menunggu');
  await ipms.db.updateTable('mailbox').set({ status: 'active' }).where('id', '=', mover.id).execute();
  await runDue(ipms.db, ipms.clock.now);
  t.match(await mailboxNow(ipms, mover), { agency_id: 2 });
});
