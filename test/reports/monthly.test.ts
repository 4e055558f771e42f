import { t } from 'tap';
import { runDue } from '../../src/due.ts';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';

// The figures of the month by mail: chosen by the agency, once a month, and not for months that were missed.

const PLACE = '/admin/reports';
const FORM = '/admin/reports/monthly';
const FIRST = new Date('2026-11-30T16:00:00.000Z'); // 1 December, 0:00 in Kuala Lumpur

const choose = (admin: Visitor, ...reports: string[]) => admin.submit(PLACE, FORM, { reports });

async function mails(ipms: Ipms) {
  return ipms.db.selectFrom('outbox').selectAll().where('mail', '=', 'monthly').orderBy('id').execute();
}

t.test('off until an administrator chooses; then each administrator gets the month before on the first', async (t) => {
  const ipms = await startIpms(t);
  await runDue(ipms.db, FIRST);
  t.equal((await mails(ipms)).length, 0, 'off by default');
  ipms.clock.now = new Date('2026-12-10T01:00:00.000Z');
  const admin = await ipms.signIn('admin.jabatan');
  t.match(await choose(admin, 'accounts', 'movements'), { status: 303, location: PLACE });
  t.match((await admin.get(PLACE)).text, /Dihidupkan/);
  const audit = await ipms.db.selectFrom('audit').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
  t.match(audit, {
    action: 'monthly-report.updated',
    before: '{"reports":[]}',
    after: '{"reports":["accounts","movements"]}',
  });

  await runDue(ipms.db, new Date('2026-12-31T15:59:00.000Z'));
  t.equal((await mails(ipms)).length, 0, 'not before the month ends');
  t.match(await runDue(ipms.db, new Date('2026-12-31T16:00:00.000Z')), ['monthly reports sent: 1']);
  const sent = await mails(ipms);
  const administrators = await ipms.db
    .selectFrom('user')
    .select('email')
    .where('agency_id', '=', 1)
    .where('role', '=', 'admin')
    .where('status', '=', 'active')
    .execute();
  t.strictSame(
    sent.map((mail) => mail.to_address),
    administrators.map((each) => each.email),
  );
  const told = await ipms.db
    .selectFrom('audit')
    .select(['agency_id', 'actor_name', 'after'])
    .where('action', '=', 'monthly-report.sent')
    .execute();
  t.match(told, [{ agency_id: 1, actor_name: 'IPMS', after: '{"month":"2026-12"}' }]);
  const letter = JSON.parse(sent[0]?.letter ?? '{}');
  t.match(letter.subject.ms, /Disember 2026: Jabatan Contoh/);
  const ending = ipms.db.selectFrom('termination').select('mailbox_id').where('status', '=', 'requested');
  const { count } = await ipms.db
    .selectFrom('mailbox')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('agency_id', '=', 1)
    .where('status', '=', 'active')
    .where('id', 'not in', ending)
    .executeTakeFirstOrThrow();
  t.equal(letter.facts.length, 2);
  t.match(letter.facts[0].value.ms, `Aktif: ${count}\n`);
  t.equal(letter.facts[1].path, '/admin/reports/movements?from=2026-12-01&to=2026-12-31');
  const later = await ipms.signIn('admin.jabatan');
  t.equal((await later.get(letter.facts[1].path)).status, 200, 'the link leads there');
});

t.test('what waits is counted as at the month’s end, also what was asked for long before', async (t) => {
  const ipms = await startIpms(t);
  await choose(await ipms.signIn('admin.jabatan'), 'requests', 'tickets');
  await plantRequests(ipms);
  await plantTickets(ipms);
  await runDue(ipms.db, new Date('2026-12-03T00:00:00.000Z'));
  const [mail] = await mails(ipms);
  const [requests, tickets] = JSON.parse(mail?.letter ?? '{}').facts;
  t.match(requests.value.ms, 'Diterima: 0\n', 'the month had none');
  t.match(requests.value.ms, 'Menunggu pada akhir bulan: 2\n');
  t.match(requests.value.en, 'Longest waiting at the end of the month: 60.7 days');
  t.match(tickets.value.en, 'Received: 1\n');
  t.match(tickets.value.en, 'Waiting at the end of the month: 1\n', 'what was withdrawn later waited');
  t.match(tickets.value.en, 'Longest waiting at the end of the month: 10 days');
});

/** Of November's requests none; one of October waited at the end and was decided in December, one still waits, one was over. */
async function plantRequests({ db }: Ipms) {
  await db
    .updateTable('account_request')
    .set({ status: 'approved', submitted_at: '2026-10-01T00:00:00.000Z' })
    .execute();
  await db.updateTable('account_request').set({ decided_at: '2026-10-02T00:00:00.000Z' }).execute();
  const codes = await db
    .selectFrom('access_code_request')
    .select('id')
    .where('agency_id', '=', 1)
    .orderBy('id')
    .execute();
  const past = { status: 'refused' as const, created_at: '2026-10-01T00:00:00.000Z' };
  await db
    .updateTable('access_code_request')
    .set({ ...past, decided_at: '2026-10-02T00:00:00.000Z' })
    .execute();
  const [first, second, third] = codes.map(({ id }) => id);
  await db
    .updateTable('access_code_request')
    .set({ decided_at: '2026-12-01T00:00:00.000Z' })
    .where('id', '=', first ?? 0)
    .execute();
  const open = { status: 'submitted' as const, decided_at: null, created_at: '2026-10-21T16:00:00.000Z' };
  await db
    .updateTable('access_code_request')
    .set(open)
    .where('id', '=', second ?? 0)
    .execute();
  await db
    .updateTable('access_code_request')
    .set({ ...open, created_at: '2026-11-30T16:00:00.000Z' }) // the month is over
    .where('id', '=', third ?? 0)
    .execute();
}

/** One of November, withdrawn in December; the others were over. */
async function plantTickets({ db }: Ipms) {
  await db.updateTable('ticket').set({ status: 'closed', resolved_at: '2026-11-02T00:00:00.000Z' }).execute();
  const { id: ticket } = await db
    .selectFrom('ticket')
    .select('id')
    .where('agency_id', '=', 1)
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow();
  const asked = { status: 'withdrawn' as const, created_at: '2026-11-20T16:00:00.000Z', resolved_at: null };
  await db.updateTable('ticket').set({ created_at: '2026-10-01T00:00:00.000Z' }).execute();
  await db
    .updateTable('ticket')
    .set({ ...asked, ended_at: '2026-12-02T00:00:00.000Z' })
    .where('id', '=', ticket)
    .execute();
}

t.test('never twice, also from two at once; after down-time once, and the missed months not', async (t) => {
  const ipms = await startIpms(t);
  await choose(await ipms.signIn('admin.jabatan'), 'accounts');
  await Promise.all([runDue(ipms.db, FIRST), runDue(ipms.db, FIRST)]);
  const once = (await mails(ipms)).length;
  t.ok(once > 0);
  await runDue(ipms.db, new Date('2026-12-20T00:00:00.000Z'));
  t.equal((await mails(ipms)).length, once, 'not again in that month');
  await runDue(ipms.db, new Date('2027-04-15T00:00:00.000Z'));
  const later = await mails(ipms);
  t.equal(later.length, 2 * once, 'once after four months of silence');
  t.match(JSON.parse(later.at(-1)?.letter ?? '{}').subject.en, /March 2027/);
  const sent = await ipms.db.selectFrom('monthly_report_sent').select('month').orderBy('month').execute();
  t.strictSame(
    sent.map(({ month }) => month),
    ['2026-12', '2027-04'],
  );
});

t.test('one agency that fails keeps no other from its figures', async (t) => {
  const ipms = await startIpms(t);
  for (const login of ['admin.jabatan', 'admin.kementerian']) await choose(await ipms.signIn(login), 'accounts');
  await ipms.db.updateTable('user').set({ email: 'no address' }).where('login_id', '=', 'admin.jabatan').execute();
  await t.rejects(runDue(ipms.db, FIRST), /cannot be mailed to/);
  const told = async () => (await mails(ipms)).map((mail) => mail.agency_id);
  t.strictSame(await told(), [2]);
  const email = 'admin.jabatan@jabatan.test';
  await ipms.db.updateTable('user').set({ email }).where('login_id', '=', 'admin.jabatan').execute();
  await runDue(ipms.db, FIRST);
  t.strictSame(await told(), [2, 1], 'what failed is done the next time');
  await choose(await ipms.signIn('admin.jabatan'));
  await runDue(ipms.db, new Date('2026-12-31T16:00:00.000Z'));
  t.strictSame(await told(), [2, 1, 2], 'and who switches them off does so for the own agency');
});

t.test('switched off: nothing is sent; on again in a month: not before the next', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  await choose(admin, 'accounts');
  await choose(admin);
  t.match((await admin.get(PLACE)).text, /Dimatikan/);
  await runDue(ipms.db, FIRST);
  t.equal((await mails(ipms)).length, 0);
  ipms.clock.now = FIRST;
  const again = await ipms.signIn('admin.jabatan');
  await choose(again, 'lists');
  await runDue(ipms.db, new Date('2026-12-02T00:00:00.000Z'));
  t.equal((await mails(ipms)).length, 0, 'switched on on the first: begins with the next');
  await choose(await ipms.signIn('admin.jabatan'), 'lists', 'dormant');
  await runDue(ipms.db, new Date('2027-01-01T00:00:00.000Z'));
  const letter = JSON.parse((await mails(ipms))[0]?.letter ?? '{}');
  t.equal(letter.facts.length, 2, 'a change of the choice keeps the day');
});

t.test('two administrators at once: the second sees what the first chose, and can save again', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { dom } = await admin.get(PLACE);
  const shown = dom.querySelector('#monthly input[name=shown]')?.getAttribute('value') ?? '';
  await choose(admin, 'lists');
  const late = await admin.post(FORM, { _csrf: await admin.token(PLACE), shown, reports: ['tickets'] });
  t.equal(late.status, 409);
  t.match(late.text, /Apa yang telah berubah.*Laporan yang dihantar.*Senarai mel dan pengendali.*Rosnah/);
  t.equal(late.dom.querySelector('input[value=tickets]')?.hasAttribute('checked'), true, 'what was ticked is kept');
  const row = await ipms.db.selectFrom('monthly_report').selectAll().executeTakeFirstOrThrow();
  t.equal(row.reports, '["lists"]');
  t.equal((await admin.post(FORM, { _csrf: await admin.token(PLACE), reports: ['nothing'] })).status, 422);
});

t.test('who may not: only the agency’s administrators choose, for their own agency', async (t) => {
  const ipms = await startIpms(t);
  for (const login of ['pegawai.jabatan', 'meja.bantuan']) {
    const someone = await ipms.signIn(login);
    const answer = await someone.post(FORM, { _csrf: await someone.token('/me/password'), reports: ['accounts'] });
    t.equal(answer.status, 403, login);
  }
  const answer = await ipms.visitor().post(FORM, { reports: ['accounts'] });
  t.equal(answer.status, 403);
  t.strictSame(await ipms.db.selectFrom('monthly_report').selectAll().execute(), []);
  await choose(await ipms.signIn('admin.kementerian'), 'accounts');
  const rows = await ipms.db.selectFrom('monthly_report').select('agency_id').execute();
  t.strictSame(rows, [{ agency_id: 2 }]);
});
