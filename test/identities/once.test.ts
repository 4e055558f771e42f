import { t } from 'tap';
import { DAY, later } from '../../src/base/time.ts';
import { findFaults } from '../../src/command-line/faults.ts';
import { runDue } from '../../src/due.ts';
import {
  issueCode,
  PACKAGE,
  PEOPLE,
  type Person,
  registered,
  signInWithCode,
  VERIFIED,
} from '../account-requests/joining.ts';
import { HEAD, preparedRun, rowsAt, runIdOf, workOffRuns } from '../bulk/runs.ts';
import { type Ipms, type Page, startIpms, type Visitor } from '../helper.ts';
import { JC, KC, makeOfficer } from '../make.ts';
import { mailboxNow } from '../read.ts';
import {
  askForOfficer,
  PACKAGE as GIVEN,
  newestTransfer,
  prepareTransfer,
  sendTransferForm,
} from '../transfers/transfers.ts';

// One person is served once, in all agencies, by whichever of the ways (SOP 4.1 to 4.6, 4.12)

const { ic_number, full_name } = PEOPLE.malay;
const ELSEWHERE = 'gunakan Pertukaran agensi';
const NOTIFY = { ...VERIFIED, notify_kind: 'personal', notify_email: 'izzah@rumah.test' };
const LINE = `Penjawat Awam,${full_name},${ic_number},personal,izzah@rumah.test`;

const WITH_PACKAGE = `${HEAD},primary_email,login_id,package,grade,storage_mb,service_type`;
const BULK: [kind: string, file: (local: string) => string][] = [
  ['access-codes', () => `${HEAD}\n${LINE}\n`],
  ['direct-registration', (local) => `${WITH_PACKAGE}\n${LINE},${local},${local},B,41,2048,Pengguna biasa\n`],
];

async function claimsOf({ db }: Ipms, value: string = ic_number) {
  const rows = await db.selectFrom('identity_claim').selectAll().where('value', '=', value).execute();
  return rows.map((row) => `${row.holder} ${row.holder_id}`);
}

type Way = { name: string; enter(ipms: Ipms, admin: Visitor, local: string): Promise<() => Promise<boolean>> };

/** Each way is made ready first; what it returns is the one request that begins to serve, and whether it did. */
const WAYS: Way[] = [
  {
    name: 'a code from the menu',
    async enter(_ipms, admin) {
      const page = '/admin/access-codes/new';
      const fields = { _csrf: await admin.token(page), category: 'civil_servant', full_name, ic_number, ...NOTIFY };
      return async () => (await admin.post(page, fields)).status === 303;
    },
  },
  {
    name: 'a code from a request',
    async enter(ipms, admin, local) {
      const form = '/access-code-requests/new';
      const agency_id = local.endsWith('jabatan') ? '1' : '2';
      const asked = { category: 'civil_servant', full_name, ic_number, contact_email: 'izzah@rumah.test', agency_id };
      const { location } = await ipms.visitor().submit(form, form, { ...asked, reporting_division: 'Kewangan' });
      const { id } = await ipms.db
        .selectFrom('access_code_request')
        .select('id')
        .where('reference', '=', location.split('/').at(-1) ?? '')
        .executeTakeFirstOrThrow();
      const place = `/admin/access-code-requests/${id}`;
      await admin.submit(place, `${place}/verify`, { verified_with: 'division' });
      const page = '/admin/access-codes/new';
      const _csrf = await admin.token(`${page}?request=${id}`);
      const fields = { _csrf, category: 'civil_servant', full_name, ic_number, ...NOTIFY, request_id: String(id) };
      return async () => (await admin.post(page, fields)).status === 303;
    },
  },
  {
    name: 'direct registration',
    async enter(_ipms, admin, local) {
      const page = '/admin/account-requests/new';
      const person = { category: 'civil_servant', full_name, ic_number, ...NOTIFY, ...PACKAGE };
      const fields = { _csrf: await admin.token(page), ...person, primary_email: local, login_id: local };
      return async () => (await admin.post(page, fields)).status === 303;
    },
  },
  {
    name: 'restoring a deleted mailbox',
    async enter(ipms, admin, local) {
      const mailbox = await makeOfficer(ipms, local, { agency: local.endsWith('jabatan') ? JC : KC });
      const place = `/admin/mailboxes/${mailbox.id}`;
      await admin.submit(`${place}/account`, `${place}/delete`, { effective_on: '24/11/2026', reason: 'Bersara' });
      await ipms.db.updateTable('mailbox').set({ ic_number }).where('id', '=', mailbox.id).execute();
      const _csrf = await admin.token(`${place}/account`);
      return async () => (await admin.post(`${place}/restore`, { _csrf })).status === 303;
    },
  },
  {
    name: 'an expired code sent anew',
    async enter(ipms, admin) {
      const { id } = await issueCode(admin, PEOPLE.malay);
      const expires_at = later(ipms.clock.now, -DAY).toISOString();
      await ipms.db.updateTable('access_code').set({ expires_at }).where('id', '=', id).execute();
      const _csrf = await admin.token(`/admin/access-codes/${id}`);
      return async () => (await admin.post(`/admin/access-codes/${id}/resend`, { _csrf })).status === 303;
    },
  },
  ...BULK.map(
    ([kind, file]): Way => ({
      name: `bulk ${kind}`,
      async enter(ipms, admin, local) {
        const place = await preparedRun(t, ipms, admin, kind, file(local));
        return async () => {
          await admin.submit(place, `${place}/confirm`);
          await workOffRuns(ipms);
          return (await rowsAt(ipms, place))[0]?.state === 'done';
        };
      },
    }),
  ),
];

for (const [at, one] of WAYS.entries())
  for (const other of WAYS.slice(at))
    t.test(`two agencies in the same instant: ${one.name} and ${other.name}: one wins`, async (t) => {
      const ipms = await startIpms(t);
      const first = await one.enter(ipms, await ipms.signIn('admin.jabatan'), 'izzah.jabatan');
      const second = await other.enter(ipms, await ipms.signIn('admin.kementerian'), 'izzah.kementerian');
      const won = await Promise.all([first(), second()]);
      t.equal(won.filter((each) => each).length, 1, `${won}`);
      t.equal((await claimsOf(ipms)).length, 1);
      t.strictSame(await findFaults(ipms.db), []);
    });

for (const way of WAYS)
  for (const local of ['izzah.jabatan', 'izzah.kementerian']) {
    // an open request in the agency that has the officer would be answered before there is a mailbox
    if (way.name === 'a code from a request' && local === 'izzah.jabatan') continue;
    t.test(
      `carried out while the person is registered anew in ${local.split('.')[1]}, ${way.name}: the transfer wins`,
      async (t) => {
        const ipms = await startIpms(t);
        const admin = await ipms.signIn(local === 'izzah.jabatan' ? 'admin.jabatan' : 'admin.kementerian');
        const anew = await way.enter(ipms, admin, local);
        const { mover, from, to } = await prepareTransfer(ipms);
        const page = await askForOfficer(to, mover.primary_email);
        await sendTransferForm(from, page, 'agree', {});
        const _csrf = await to.token(page);
        const [answer, isServed] = await Promise.all([to.post(`${page}/allocation`, { ...GIVEN, _csrf }), anew()]);
        t.equal(answer.status, 303);
        t.equal(isServed, false, 'before, during and after, the person is served');
        t.match(await mailboxNow(ipms, mover), { agency_id: KC, status: 'active' });
        t.strictSame(await claimsOf(ipms), [`mailbox ${mover.id}`]);
        t.strictSame(await findFaults(ipms.db), []);
      },
    );
  }

t.test('deleted before the day of the transfer, and registered anew: the transfer brings nobody back', async (t) => {
  for (const way of WAYS.filter(({ name }) => name === 'a code from the menu' || name === 'direct registration')) {
    const ipms = await startIpms(t);
    const { mover, from, to } = await prepareTransfer(ipms);
    const page = await askForOfficer(to, mover.primary_email, { effective_on: '1/12/2026' });
    await sendTransferForm(from, page, 'agree', {});
    await sendTransferForm(to, page, 'allocation', GIVEN);
    const place = `/admin/mailboxes/${mover.id}`;
    await from.submit(`${place}/account`, `${place}/delete`, { effective_on: '24/11/2026', reason: 'Bersara' });
    t.match(await mailboxNow(ipms, mover), { status: 'deleted' });
    t.equal(await (await way.enter(ipms, to, 'izzah.kementerian'))(), true, way.name);
    ipms.clock.now = later(ipms.clock.now, 10 * DAY);
    await runDue(ipms.db, ipms.clock.now);
    t.match(await newestTransfer(ipms), { status: 'expired' });
    t.match(await mailboxNow(ipms, mover), { agency_id: JC, status: 'deleted' });
    t.equal((await claimsOf(ipms)).length, 1);
    t.strictSame(await findFaults(ipms.db), []);
  }
});

t.test('in the own agency the refusal says where; in another nothing but the way to a transfer', async (t) => {
  const ipms = await startIpms(t);
  const own = await ipms.signIn('admin.jabatan');
  const other = await ipms.signIn('admin.kementerian');
  const made = await registered(ipms, own);
  const linkIn = (page: Page) => page.dom.querySelector('.field .problem a')?.getAttribute('href');
  const here = await issueCode(own, PEOPLE.malay);
  t.equal(here.answer.status, 422);
  t.match(here.answer.problems.ic_number, `permohonan akaun yang belum selesai: ${full_name}`);
  t.equal(linkIn(here.answer), made.page);
  const there = await issueCode(other, PEOPLE.malay);
  t.equal(there.answer.status, 422);
  t.match(there.answer.problems.ic_number, ELSEWHERE);
  t.equal(linkIn(there.answer), '/admin/transfers/new');
  t.notMatch(there.answer.text, /Jabatan Contoh|jabatan\.test/, 'nothing is given away');
  const english = await ipms.signIn('admin.kementerian');
  english.carry('ipms-language', 'en');
  t.match((await issueCode(english, PEOPLE.malay)).answer.problems.ic_number, 'served elsewhere already');
  await own.submit(made.page, `${made.page}/allocation`, PACKAGE);
  await own.submit(made.page, `${made.page}/approve`);
  t.match((await issueCode(own, PEOPLE.malay)).answer.problems.ic_number, 'sudah mempunyai mailbox');
  t.match((await issueCode(other, PEOPLE.malay)).answer.problems.ic_number, ELSEWHERE);
  const run = await preparedRun(t, ipms, other, 'access-codes', `${HEAD}\n${LINE}\n`);
  t.match(await rowsAt(ipms, run), [{ state: 'bad', said: /identity\.elsewhere.*ic_number/ }]);
  t.match((await other.get(run)).text, ELSEWHERE);
  t.ok(runIdOf(run) > 0);
});

t.test('whoever has asked gets the code from that request, and by no way round it', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const form = '/access-code-requests/new';
  const asked = { category: 'civil_servant', full_name, ic_number, contact_email: 'izzah@rumah.test', agency_id: '1' };
  await ipms.visitor().submit(form, form, { ...asked, reporting_division: 'Kewangan' });
  const { id } = await ipms.db
    .selectFrom('access_code_request')
    .select('id')
    .where('ic_number', '=', ic_number)
    .executeTakeFirstOrThrow();
  const place = `/admin/access-code-requests/${id}`;
  const codes = await ipms.db.selectFrom('access_code').select('id').execute();
  for (const way of WAYS.filter(({ name }) => name === 'a code from the menu' || name === 'direct registration'))
    t.equal(await (await way.enter(ipms, admin, 'izzah.jabatan'))(), false, way.name);
  for (const [kind, file] of BULK) {
    const run = await preparedRun(t, ipms, admin, kind, file('izzah.jabatan'));
    t.match(await rowsAt(ipms, run), [{ state: 'bad', said: /access-code\.hasRequest.*ic_number/ }], kind);
  }
  const { answer } = await issueCode(admin, PEOPLE.malay);
  t.match(answer.problems.ic_number, 'permintaan kod akses yang belum dijawab');
  t.equal(answer.dom.querySelector('.field .problem a')?.getAttribute('href'), place);
  t.equal((await ipms.db.selectFrom('access_code').select('id').execute()).length, codes.length);
  await admin.submit(place, `${place}/refuse`, { reason: 'Diminta dua kali' });
  t.equal((await issueCode(admin, PEOPLE.malay)).answer.status, 303);
});

t.test('code, request and mailbox of one person are one claim; sent anew or corrected is no double', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { id } = await issueCode(admin, PEOPLE.malay);
  t.strictSame(await claimsOf(ipms), [`access_code ${id}`]);
  const page = `/admin/access-codes/${id}`;
  t.equal((await admin.submit(page, `${page}/resend`)).status, 303);
  t.equal((await admin.submit(page, `${page}/correct`, { full_name: 'Nurul Izzah' })).status, 303);
  const moved = await admin.submit(page, `${page}/correct`, PEOPLE.chinese);
  t.equal(moved.status, 303);
  t.strictSame(await claimsOf(ipms), [], 'another number frees the first');
  t.strictSame(await claimsOf(ipms, PEOPLE.chinese.ic_number), [`access_code ${id}`]);
  const second = await issueCode(admin, PEOPLE.malay);
  const taken = await admin.submit(page, `${page}/correct`, PEOPLE.malay);
  t.equal(taken.status, 422, 'to a number that is served a code cannot be corrected');
  t.match(taken.problems.ic_number, 'kod akses yang masih sah');
  await admin.submit(`/admin/access-codes/${second.id}`, `/admin/access-codes/${second.id}/revoke`, {
    reason: 'Salah',
  });
  t.strictSame(await claimsOf(ipms), [], 'revoked');
  const made = await registered(ipms, admin);
  t.strictSame(await claimsOf(ipms), [`account_request ${made.request.id}`]);
  await admin.submit(made.page, `${made.page}/return`, { question: 'Unit?' });
  t.strictSame(await claimsOf(ipms), [`account_request ${made.request.id}`]);
  await made.applicant.submit('/register/form', '/register/form');
  await admin.submit(made.page, `${made.page}/allocation`, PACKAGE);
  await admin.submit(made.page, `${made.page}/approve`);
  const { id: mailbox } = await ipms.db
    .selectFrom('mailbox')
    .select('id')
    .where('ic_number', '=', ic_number)
    .executeTakeFirstOrThrow();
  t.strictSame(await claimsOf(ipms), [`mailbox ${mailbox}`]);
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('a refused request and an expired code serve nobody; whoever was first then is refused later', async (t) => {
  const ipms = await startIpms(t);
  const own = await ipms.signIn('admin.jabatan');
  const refused = await registered(ipms, own, PEOPLE.indian);
  await own.submit(refused.page, `${refused.page}/refuse`, { reason: 'Tidak melapor diri' });
  t.equal((await issueCode(await ipms.signIn('admin.kementerian'), PEOPLE.indian)).answer.status, 303);
  const { id, code } = await issueCode(own, PEOPLE.malay);
  const { applicant } = await signInWithCode(ipms, PEOPLE.malay, code);
  await applicant.submit('/register/confirm', '/register/confirm', { decision: 'confirm' });
  const token = await applicant.token('/register/form');
  await ipms.db
    .updateTable('access_code')
    .set({ expires_at: later(ipms.clock.now, -DAY).toISOString() })
    .where('id', '=', id)
    .execute();
  const other = await ipms.signIn('admin.kementerian');
  t.equal((await issueCode(other, PEOPLE.malay)).answer.status, 303);
  const late = await own.submit(`/admin/access-codes/${id}`, `/admin/access-codes/${id}/resend`);
  t.equal(late.status, 422);
  t.match(late.text, ELSEWHERE);
  const registering = await applicant.post('/register/form', { _csrf: token, full_name });
  t.not(registering.location, '/register/status', 'nor does the applicant register with it');
  t.equal((await claimsOf(ipms)).length, 1);
  t.strictSame(await findFaults(ipms.db), []);
});

t.test('an applicant whose person is served meanwhile is only told to ask', async (t) => {
  const ipms = await startIpms(t);
  const own = await ipms.signIn('admin.jabatan');
  const { id, code } = await issueCode(own, PEOPLE.malay);
  const { applicant } = await signInWithCode(ipms, PEOPLE.malay, code);
  await applicant.submit('/register/confirm', '/register/confirm', { decision: 'confirm' });
  // as when the code had expired and another one came after it
  await ipms.db.deleteFrom('identity_claim').where('holder', '=', 'access_code').where('holder_id', '=', id).execute();
  await issueCode(await ipms.signIn('admin.kementerian'), PEOPLE.malay);
  const answer = await applicant.submit('/register/form', '/register/form');
  t.equal(answer.status, 422);
  t.match(answer.text, 'hubungi Pentadbir UC agensi anda');
  t.notMatch(answer.text, /Pertukaran|dilayan/);
});

t.test('others are known by their address, whichever address they are reached at', async (t) => {
  const ipms = await startIpms(t);
  const own = await ipms.signIn('admin.jabatan');
  const fields = { category: 'other', full_name: 'Kaunter Aduan', ic_number: '', email: 'Kaunter@syarikat.test' };
  const issue = (admin: Visitor) => issueCode(admin, fields as Person & Record<string, string>);
  const { id } = await issue(own);
  t.strictSame(await claimsOf(ipms, 'kaunter@syarikat.test'), [`access_code ${id}`]);
  const twice = await issue(await ipms.signIn('admin.kementerian'));
  t.match(twice.answer.problems.email, ELSEWHERE);
});

t.test(
  'others: a mailbox is found by the address its person is known by, also corrected, and not by where it is reached',
  async (t) => {
    const ipms = await startIpms(t);
    const admin = await ipms.signIn('admin.jabatan');
    const mailbox = await makeOfficer(ipms, 'kaunter', { category: 'other' });
    const to = (email: string) => ({ category: 'other', full_name: 'Kaunter Aduan', ic_number: '', email });
    const issue = (email: string) => issueCode(admin, to(email) as Person & Record<string, string>);
    const change = (values: { contact_email?: string; known_email?: string }) =>
      ipms.db.updateTable('mailbox').set(values).where('id', '=', mailbox.id).execute();
    await change({ contact_email: 'dihubungi@rumah.test', known_email: 'betul@luar.test' });
    t.match((await issue('betul@luar.test')).answer.problems.email, 'sudah mempunyai mailbox');
    const page = `/admin/mailboxes/${mailbox.id}`;
    const reached = await issue('dihubungi@rumah.test');
    t.equal(reached.answer.status, 303, 'where it is reached is not who it is');
    t.equal((await admin.get(reached.answer.location)).dom.querySelector('.warning a[href*="/mailboxes/"]'), null);
    const form = '/access-code-requests/new';
    const asked = { category: 'other', full_name: 'Kaunter', email: 'betul@luar.test', contact_email: 'a@rumah.test' };
    await ipms.visitor().submit(form, form, { ...asked, agency_id: '1', reporting_division: 'Kewangan' });
    const { id } = await ipms.db
      .selectFrom('access_code_request')
      .select('id')
      .where('email', '=', 'betul@luar.test')
      .executeTakeFirstOrThrow();
    const request = await admin.get(`/admin/access-code-requests/${id}`);
    t.ok(request.dom.querySelector(`a[href="${page}"]`), 'the page of a request leads to the mailbox');
    await admin.submit(`/admin/access-code-requests/${id}`, `/admin/access-code-requests/${id}/refuse`, {
      reason: 'Ada',
    });
    await admin.submit(`${page}/account`, `${page}/delete`, { effective_on: '24/11/2026', reason: 'Tamat' });
    const again = await issue('betul@luar.test');
    t.match(again.answer.problems.email, 'masih boleh dipulihkan', 'restoring comes first, by the corrected address');
    t.equal((await issue('kaunter@luar.test')).answer.status, 303, 'the wrong one is nobody’s');
  },
);

t.test('a deleted mailbox frees its person, and comes back only when nothing else serves them', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const mailbox = await makeOfficer(ipms, 'izzah');
  await ipms.db.updateTable('mailbox').set({ ic_number }).where('id', '=', mailbox.id).execute();
  const page = `/admin/mailboxes/${mailbox.id}`;
  t.equal((await issueCode(admin, PEOPLE.malay)).answer.status, 422);
  await admin.submit(`${page}/account`, `${page}/delete`, { effective_on: '24/11/2026', reason: 'Bersara' });
  t.match(await mailboxNow(ipms, mailbox), { status: 'deleted' });
  t.strictSame(await claimsOf(ipms), []);
  const offered = await issueCode(admin, PEOPLE.malay);
  t.equal(offered.answer.status, 422, 'restoring comes first');
  t.match(offered.answer.problems.ic_number, 'masih boleh dipulihkan');
  t.equal(offered.answer.dom.querySelector('.field .problem a')?.getAttribute('href'), `${page}/restore`);
  t.ok(offered.answer.dom.querySelector('[name=anew]'), 'and can be answered');
  const directly = await admin.submit('/admin/account-requests/new', '/admin/account-requests/new', {
    category: 'civil_servant',
    full_name,
    ic_number,
    ...NOTIFY,
    ...PACKAGE,
    primary_email: 'izzah.baru',
    login_id: 'izzah.baru',
  });
  t.match(directly.problems.ic_number, 'masih boleh dipulihkan');
  t.strictSame(await claimsOf(ipms), []);
  const { id, answer } = await issueCode(admin, PEOPLE.malay, { anew: '1' });
  t.equal(answer.status, 303, 'a new code is no refusal');
  const hint = (await admin.get(`/admin/access-codes/${id}`)).dom.querySelector('.warning a');
  t.equal(hint?.getAttribute('href'), `${page}/restore`, 'but restoring is offered');
  const back = await admin.submit(`${page}/account`, `${page}/restore`);
  t.equal(back.status, 422);
  t.match(back.text, 'kod akses yang masih sah');
  t.match(await mailboxNow(ipms, mailbox), { status: 'deleted' });
  await admin.submit(`/admin/access-codes/${id}`, `/admin/access-codes/${id}/revoke`, { reason: 'Dipulihkan' });
  t.equal((await admin.submit(`${page}/account`, `${page}/restore`)).status, 303);
  t.strictSame(await claimsOf(ipms), [`mailbox ${mailbox.id}`]);
  const race = await Promise.all([
    (async () => (await issueCode(await ipms.signIn('admin.kementerian'), PEOPLE.malay)).answer.status)(),
    (async () => (await issueCode(admin, PEOPLE.malay)).answer.status)(),
  ]);
  t.strictSame(race, [422, 422]);
});

t.test('a transfer takes the same claim along', async (t) => {
  const ipms = await startIpms(t);
  const { mover, from, to } = await prepareTransfer(ipms);
  const page = await askForOfficer(to, '900101-14-5678');
  await sendTransferForm(from, page, 'agree', {});
  await sendTransferForm(to, page, 'allocation', GIVEN);
  t.match(await newestTransfer(ipms), { status: 'carried-out' });
  t.strictSame(await claimsOf(ipms), [`mailbox ${mover.id}`]);
  t.match((await issueCode(from, PEOPLE.malay)).answer.problems.ic_number, ELSEWHERE);
  t.match((await issueCode(to, PEOPLE.malay)).answer.problems.ic_number, 'sudah mempunyai mailbox');
});
