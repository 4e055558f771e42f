import { type Test, t } from 'tap';
import { HOUR, later } from '../../src/base/time.ts';
import {
  approved,
  issueCode,
  PACKAGE,
  PEOPLE,
  registered,
  signInWithCode,
  VERIFIED,
} from '../account-requests/joining.ts';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';
import { makeAdministrator } from '../make.ts';
import { person } from '../read.ts';

// SOP 4.1 to 4.6, misused: an account of somebody else, an approval of one's own, and the administrators' letter-box.

const FORM = '/access-code-requests/new';
const STRANGER = 'bukan.saya@luar.test';
const APPLICATION = {
  category: 'civil_servant',
  ...PEOPLE.malay,
  contact_email: STRANGER,
  agency_id: '1',
  reporting_division: 'Bahagian Kewangan',
};

async function newestRequest({ db }: Ipms) {
  return db.selectFrom('access_code_request').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
}

/** From the sign-in with the code to the first password. */
async function join(t: Test, ipms: Ipms, admin: Visitor, applicant: Visitor, codeId: number) {
  await applicant.submit('/register/confirm', '/register/confirm', { decision: 'confirm' });
  await applicant.submit('/register/form', '/register/form');
  const { id } = await ipms.db
    .selectFrom('account_request')
    .select('id')
    .where('access_code_id', '=', codeId)
    .executeTakeFirstOrThrow();
  const page = `/admin/account-requests/${id}`;
  await admin.submit(page, `${page}/allocation`, PACKAGE);
  t.equal((await admin.submit(page, `${page}/approve`)).status, 303);
  const mailbox = await ipms.db
    .selectFrom('mailbox')
    .innerJoin('user', 'user.id', 'mailbox.user_id')
    .select(['user.id', 'user.recovery_email', 'mailbox.login_id'])
    .where('account_request_id', '=', id)
    .executeTakeFirstOrThrow();
  return mailbox;
}

t.test("whoever asks in somebody else's name gets no way into the account", async (t) => {
  const ipms = await startIpms(t);
  await ipms.visitor().submit(FORM, FORM, APPLICATION);
  const { id } = await newestRequest(ipms);
  const admin = await ipms.signIn('admin.jabatan');
  const request = `/admin/access-code-requests/${id}`;
  await admin.submit(request, `${request}/verify`, { verified_with: 'division' });
  const issue = `/admin/access-codes/new?request=${id}`;
  const code = {
    notify_kind: 'supervisor',
    notify_email: 'ketua@jabatan.test',
    supervisor_email: 'ketua@jabatan.test',
  };
  const issued = await admin.submit(issue, '/admin/access-codes/new', code);
  const shown = (await admin.get(issued.location)).dom.querySelector('.code')?.textContent.trim() ?? '';
  const { applicant } = await signInWithCode(ipms, PEOPLE.malay, shown);
  const joined = await join(t, ipms, admin, applicant, Number(issued.location.split('/').at(-1)));
  t.equal(joined.recovery_email, null, 'an address that anybody may write into the form opens nothing');
  await ipms.visitor().submit('/password/forgot', '/password/forgot', { login: joined.login_id });
  const secrets = await ipms.db
    .selectFrom('outbox')
    .select('id')
    .where('to_address', '=', STRANGER)
    .where('secret', 'is not', null)
    .execute();
  t.strictSame(secrets, [], 'and gets no link');
});

t.test('an address that was typed wrongly and corrected gets nothing more', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const counter = {
    category: 'other',
    full_name: 'Kaunter Aduan',
    notify_kind: 'supervisor',
    notify_email: 'k@jabatan.test',
    ...VERIFIED,
  };
  const issued = await admin.submit('/admin/access-codes/new', '/admin/access-codes/new', {
    ...counter,
    email: STRANGER,
  });
  const page = issued.location;
  const corrected = await admin.submit(page, `${page}/correct`, { email: 'betul@luar.test' });
  t.equal(corrected.status, 303);
  const shown = (await admin.get(page)).dom.querySelector('.code')?.textContent.trim() ?? '';
  const before = await ipms.db.selectFrom('outbox').select('id').where('to_address', '=', STRANGER).execute();
  const applicant = ipms.visitor();
  const register = '/register?category=other';
  const fields = { account_name: 'Kaunter Aduan', email: 'betul@luar.test', access_code: shown };
  t.equal((await applicant.submit(register, register, fields)).status, 303);
  const joined = await join(t, ipms, admin, applicant, Number(page.split('/').at(-1)));
  t.equal(joined.recovery_email, 'betul@luar.test');
  const after = await ipms.db.selectFrom('outbox').select('id').where('to_address', '=', STRANGER).execute();
  t.equal(before.length, 1, 'the first notice went there');
  t.equal(after.length, 1, 'and no other');
});

t.test('a code does not change a password that is there already', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { applicant, request } = await approved(ipms, admin);
  t.equal((await applicant.get('/register/activate')).status, 200);
  const _csrf = await applicant.token('/register/activate');
  const { mailbox_id } = await ipms.db
    .selectFrom('account_request')
    .select('mailbox_id')
    .where('id', '=', request.id)
    .executeTakeFirstOrThrow();
  const { user_id } = await ipms.db
    .selectFrom('mailbox')
    .select('user_id')
    .where('id', '=', mailbox_id)
    .executeTakeFirstOrThrow();
  const { password_hash } = await person(ipms, 'admin.jabatan');
  await ipms.db.updateTable('user').set({ password_hash }).where('id', '=', user_id).execute();
  const password = 'Kerbau#Hitam88';
  const answer = await applicant.post('/register/activate', {
    _csrf,
    new_password: password,
    confirm_password: password,
  });
  t.equal(answer.status, 409);
  const user = await ipms.db.selectFrom('user').selectAll().where('id', '=', user_id).executeTakeFirstOrThrow();
  t.equal(user.password_hash, password_hash);
});

t.test('an administrator without a mailbox does not approve the own account either', async (t) => {
  const ipms = await startIpms(t);
  const newcomer = await makeAdministrator(ipms, 'admin.baru');
  const other = await ipms.signIn('admin.jabatan');
  const own: [string, { full_name: string; ic_number: string }, Record<string, string>][] = [
    ['by the name', { full_name: `Encik ${newcomer.full_name.toUpperCase()}`, ic_number: '900101145678' }, {}],
    ['by the address', PEOPLE.chinese, { notify_kind: 'personal', notify_email: newcomer.email }],
  ];
  for (const [how, who, more] of own) {
    const { code, id } = await issueCode(other, who, more);
    const { applicant } = await signInWithCode(ipms, who, code);
    await applicant.submit('/register/confirm', '/register/confirm', { decision: 'confirm' });
    await applicant.submit('/register/form', '/register/form');
    const request = await ipms.db
      .selectFrom('account_request')
      .select('id')
      .where('access_code_id', '=', id)
      .executeTakeFirstOrThrow();
    const page = `/admin/account-requests/${request.id}`;
    const admin = await ipms.signIn('admin.baru');
    await admin.submit(page, `${page}/allocation`, PACKAGE);
    const answer = await admin.submit(page, `${page}/approve`);
    t.equal(answer.status, 422, how);
    t.match(answer.text, 'permohonan anda sendiri', how);
    t.equal((await other.submit(page, `${page}/approve`)).status, 303, `${how}: the colleague may`);
  }
});

t.test('what is approved is what was seen', async (t) => {
  const ipms = await startIpms(t);
  const [first, second] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.jabatan')];
  const { applicant, page } = await registered(ipms, first);
  await first.submit(page, `${page}/allocation`, PACKAGE);
  const { dom } = await first.get(page);
  const form = dom.querySelector(`form[action="${page}/approve"]`);
  const shown = (name: string) => form?.querySelector(`input[name=${name}]`)?.getAttribute('value') ?? '';
  await second.submit(page, `${page}/return`, { question: 'Nama penuh?' });
  await applicant.submit('/register/form', '/register/form', { full_name: 'Orang Lain' });
  const late = await first.post(`${page}/approve`, { _csrf: shown('_csrf'), version: shown('version') });
  t.equal(late.status, 409);
  t.match(late.text, 'Orang Lain', 'the page shows what it is now');
  t.match(late.text, 'telah berubah');
  const again = late.dom.querySelector(`form[action="${page}/approve"]`)?.querySelector('input[name=version]');
  const _csrf = late.dom.querySelector(`form[action="${page}/approve"] input[name=_csrf]`)?.getAttribute('value') ?? '';
  const version = again?.getAttribute('value') ?? '';
  t.equal((await first.post(`${page}/approve`, { _csrf, version })).status, 303, 'then it can be approved');
});

t.test('Update after a change by somebody else goes through the second time', async (t) => {
  const ipms = await startIpms(t);
  const [first, second] = [await ipms.signIn('admin.jabatan'), await ipms.signIn('admin.jabatan')];
  const { page } = await registered(ipms, first);
  const action = `${page}/allocation`;
  const { dom } = await first.get(page);
  const old = dom.querySelector(`form[action="${action}"] input[name=version]`)?.getAttribute('value') ?? '';
  await second.submit(page, action, { ...PACKAGE, primary_email: 'baru@jabatan.test' });
  const late = await first.submit(action, action, { ...PACKAGE, version: old });
  t.equal(late.status, 409);
  const value = (name: string) =>
    late.dom.querySelector(`form[action="${action}"] input[name=${name}]`)?.getAttribute('value');
  const fields = { ...PACKAGE, primary_email: 'lain@jabatan.test', login_id: 'lain' };
  const sent = { ...fields, _csrf: value('_csrf') ?? '', version: value('version') ?? '' };
  t.equal((await first.post(action, sent)).status, 303);
});

t.test('the letter-box of the administrators: sixty an hour from one network, twenty for one address', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_TRUST_PROXY: '127.0.0.1' } });
  const mails = async () => (await ipms.db.selectFrom('outbox').select('id').where('mail', '=', 'N1').execute()).length;
  const send = async (from: string, contact_email: string) => {
    const browser = ipms.visitor();
    const _csrf = await browser.token(FORM);
    return browser.post(FORM, { ...APPLICATION, contact_email, _csrf }, { 'x-forwarded-for': from });
  };
  for (let at = 0; at < 60; at += 1) t.equal((await send('203.0.113.5', `p${at}@luar.test`)).status, 303);
  const before = await mails();
  const refused = await send('203.0.113.5', 'lagi@luar.test');
  t.equal(refused.status, 429);
  t.equal(refused.headers['retry-after'], '3600');
  t.match(refused.text, 'Terlalu banyak borang');
  t.match(refused.text, '60 minit');
  t.equal(refused.dom.querySelector('input[name=full_name]')?.getAttribute('value'), PEOPLE.malay.full_name, 'kept');
  t.equal(await mails(), before, 'nobody is mailed');
  t.equal((await send('203.0.113.6', 'lagi@luar.test')).status, 303, 'another network may');
  for (let at = 0; at < 20; at += 1) t.equal((await send(`198.51.100.${at}`, 'kutip@luar.test')).status, 303);
  t.equal((await send('198.51.100.200', 'Kutip@Luar.test')).status, 429, 'one address from many networks');
  const signIn = await ipms.visitor().submit('/login', '/login', { login: 'tiada', password: 'x' });
  t.equal(signIn.status, 422, 'signing in is not touched by it');
  ipms.clock.now = later(ipms.clock.now, HOUR);
  t.equal((await send('203.0.113.5', 'kutip@luar.test')).status, 303, 'after an hour both may');
});

t.test('a double click is one request, and counts once', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_TRUST_PROXY: '127.0.0.1' } });
  const browser = ipms.visitor();
  const fields = { ...APPLICATION, _csrf: await browser.token(FORM) };
  const from = { 'x-forwarded-for': '203.0.113.5' };
  await Promise.all([1, 2, 3].map(() => browser.post(FORM, fields, from)));
  const rows = await ipms.db.selectFrom('throttle').select('failures').where('key', 'like', 'code-request:%').execute();
  t.strictSame(rows, [{ failures: 1 }, { failures: 1 }]);
});

t.test('only an administrator of the agency approves, and only the helpdesk appoints', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { page, request } = await registered(ipms, admin);
  await admin.submit(page, `${page}/allocation`, PACKAGE);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const token = await helpdesk.token('/helpdesk');
  t.equal((await helpdesk.post(`${page}/approve`, { _csrf: token })).status, 403);
  t.equal((await helpdesk.get(page)).status, 403);
  const own = await admin.token('/admin');
  const { id } = await person(ipms, 'pegawai.jabatan');
  for (const url of [
    `/helpdesk/admins/${id}/grant`,
    '/helpdesk/admins/new',
    '/helpdesk/staff/new',
    '/helpdesk/settings',
  ])
    t.equal(
      (await admin.post(url, { _csrf: own, agency_id: '1', full_name: 'x', login_id: 'xyz', email: 'x@x.test' }))
        .status,
      403,
      url,
    );
  const { role } = await person(ipms, 'pegawai.jabatan');
  t.equal(role, 'user');
  const row = await ipms.db
    .selectFrom('account_request')
    .select('status')
    .where('id', '=', request.id)
    .executeTakeFirst();
  t.equal(row?.status, 'submitted');
});
