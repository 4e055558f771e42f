import { t } from 'tap';
import { later, MINUTE } from '../../src/base/time.ts';
import { approved, PEOPLE, VERIFIED } from '../account-requests/joining.ts';
import { type Ipms, PASSWORD, startIpms, type Visitor } from '../helper.ts';
import { makeAdministrator, makeUser } from '../make.ts';
import { openedSecret, person } from '../read.ts';

// Ways in that are none: SOP 4.20, and what a browser keeps or carries elsewhere.

const LINK = /\/password\/reset\/[\w-]{43}/;

async function forgottenTwice(ipms: Ipms, login: string) {
  const browser = ipms.visitor();
  const _csrf = await browser.token('/password/forgot');
  const answers = [
    await browser.post('/password/forgot', { login, _csrf }),
    await browser.post('/password/forgot', { login, _csrf }),
  ];
  return answers.map(({ status, location }) => `${status} ${location}`).join(', ');
}

async function issue(admin: Visitor) {
  const page = '/admin/access-codes/new';
  return admin.submit(page, page, {
    category: 'civil_servant',
    ...PEOPLE.malay,
    ...VERIFIED,
    notify_kind: 'supervisor',
    notify_email: 'ketua@jabatan.test',
  });
}

t.test('no dots, strokes or escapes in `next` lead to another site', async (t) => {
  const ipms = await startIpms(t);
  for (const next of [
    '/.//evil.test',
    '/..//evil.test',
    '/%2e%2e//evil.test',
    '/%2E//evil.test/login',
    '/me/..//evil.test?x=1',
    '/me/%2e%2e//evil.test',
    '/././/evil.test',
  ]) {
    const browser = ipms.visitor();
    const fields = { login: 'pegawai.jabatan', password: PASSWORD, _csrf: await browser.token('/login') };
    const { location } = await browser.post(`/login?next=${encodeURIComponent(next)}`, fields);
    t.equal(location, '/me', next);
    const _csrf = await browser.token('/me');
    t.equal((await browser.post('/language', { language: 'en', return_to: next, _csrf })).location, '/', next);
  }
});

t.test('a form that is sent twice does not tell who has a sign-in', async (t) => {
  const ipms = await startIpms(t);
  await makeUser(ipms, 'ada.pemulihan', { recovery: 'ada@rumah.test' });
  const nobody = await forgottenTwice(ipms, 'tiada.orang');
  for (const login of ['pegawai.jabatan', 'ada.pemulihan', 'meja.bantuan'])
    t.equal(await forgottenTwice(ipms, login), nobody, login);
  const mails = await ipms.db.selectFrom('outbox').select('id').where('to_address', '=', 'ada@rumah.test').execute();
  t.equal(mails.length, 1, 'and has one effect');
});

t.test('nobody ends an invitation by asking for a forgotten password', async (t) => {
  const ipms = await startIpms(t);
  const helpdesk = await ipms.signIn('meja.bantuan');
  const page = '/helpdesk/admins/new';
  const newcomer = { agency_id: '1', full_name: 'Aminah binti Daud', login_id: 'aminah', email: 'aminah@luar.test' };
  const invited = await helpdesk.submit(page, page, newcomer);
  const link = LINK.exec((await helpdesk.get(invited.location)).html)?.[0] ?? '';
  await forgottenTwice(ipms, 'aminah');
  t.equal((await ipms.visitor().get(link)).status, 200, 'the invitation is as good as before');
  const { id } = await person(ipms, 'aminah');
  const asked = await ipms.db.selectFrom('password_request').select('id').where('user_id', '=', id).execute();
  t.equal(asked.length, 1, 'and somebody hears of it');
});

t.test('two at once with one link: one of them sets the password', async (t) => {
  const ipms = await startIpms(t);
  await makeUser(ipms, 'ada.pemulihan', { recovery: 'ada@rumah.test' });
  await forgottenTwice(ipms, 'ada.pemulihan');
  const mail = await ipms.db
    .selectFrom('outbox')
    .select(openedSecret)
    .where('to_address', '=', 'ada@rumah.test')
    .executeTakeFirstOrThrow();
  const path = mail.secret ?? '';
  const browsers = [ipms.visitor(), ipms.visitor(), ipms.visitor()];
  const answers = await Promise.all(
    browsers.map((browser, at) => {
      const password = `Kerbau#Hitam8${at}`;
      return browser.submit(path, path, { new_password: password, confirm_password: password });
    }),
  );
  t.strictSame(answers.map((answer) => answer.status).sort(), [303, 404, 404]);
});

t.test('the message with a code is for the one who made it, and for two minutes', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const other = await ipms.signIn('admin.kementerian');
  const { location } = await issue(admin);
  const kept = decodeURIComponent(admin.cookies.get('ipms-flash') ?? '');
  const foreign = await ipms.db
    .selectFrom('access_code')
    .select('id')
    .where('agency_id', '=', 2)
    .limit(1)
    .executeTakeFirstOrThrow();
  other.carry('ipms-flash', kept);
  const carried = await other.get(`/admin/access-codes/${foreign.id}`);
  t.equal(carried.status, 200);
  t.notOk(carried.dom.querySelector('.code'), 'in the browser of somebody else it shows nothing');
  t.notOk(carried.dom.querySelector('.flash'));
  const visitor = ipms.visitor();
  visitor.carry('ipms-flash', kept);
  t.notOk((await visitor.get('/login')).dom.querySelector('.flash'), 'nor after signing out');
  ipms.clock.now = later(ipms.clock.now, 2 * MINUTE);
  admin.carry('ipms-flash', kept);
  t.notOk((await admin.get(location)).dom.querySelector('.code'), 'nor later');
  ipms.clock.now = later(ipms.clock.now, -1);
  admin.carry('ipms-flash', kept);
  t.ok((await admin.get(location)).dom.querySelector('.code'), 'else it does');
});

t.test('one browser is one person: a code ends the sign-in, and a sign-in the code', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { code, codeId } = await approved(ipms, admin);
  const register = '/register?category=civil_servant';
  t.equal((await admin.submit(register, register, { ...PEOPLE.malay, access_code: code })).status, 303);
  t.equal((await admin.get('/admin')).location, '/login?next=%2Fadmin', 'the administrator has left');
  t.equal((await admin.get('/register/status')).status, 200);
  const sessions = () => ipms.db.selectFrom('session').select('id').where('access_code_id', '=', codeId).execute();
  const before = (await sessions()).length;
  t.equal((await admin.submit('/login', '/login', { login: 'pegawai.jabatan', password: PASSWORD })).status, 303);
  t.equal((await admin.get('/register/status')).location, '/register', 'the applicant has left');
  t.equal((await sessions()).length, before - 1, 'on the server, too');
});

t.test('an applicant is out at the moment that the code expires', async (t) => {
  const ipms = await startIpms(t);
  const admin = await ipms.signIn('admin.jabatan');
  const { applicant, codeId } = await approved(ipms, admin);
  t.equal((await applicant.get('/register/activate')).status, 200);
  const expires_at = later(ipms.clock.now, MINUTE).toISOString();
  await ipms.db.updateTable('access_code').set({ expires_at }).where('id', '=', codeId).execute();
  const _csrf = await applicant.token('/register/activate');
  ipms.clock.now = later(ipms.clock.now, MINUTE);
  const fields = { _csrf, new_password: 'Kerbau#Hitam88', confirm_password: 'Kerbau#Hitam88' };
  t.equal((await applicant.post('/register/activate', fields)).location, '/register');
  t.equal((await applicant.get('/register/status')).location, '/register');
});

t.test('many names from one IPv6 network, or with made-up headers, are one visitor', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_TRUST_PROXY: '127.0.0.1' } });
  const attempt = async (from: string, at: number) => {
    const browser = ipms.visitor();
    const fields = { login: `tiada.${at}`, password: 'x', _csrf: await browser.token('/login') };
    return (await browser.post('/login', fields, { 'x-forwarded-for': from })).status;
  };
  for (let at = 0; at < 30; at += 1) t.equal(await attempt(`2001:db8:7:7::${(at + 1).toString(16)}`, at), 422);
  t.equal(await attempt('2001:db8:7:7:ffff:1:2:3', 30), 429, 'the same network');
  t.equal(await attempt('2001:0DB8:0007:0007::99', 31), 429, 'in another spelling');
  t.equal(await attempt('1.2.3.4, 2001:db8:7:7::5', 32), 429, 'what the visitor says about itself does not count');
  t.equal(await attempt('2001:db8:7:8::1', 33), 422, 'another network');
  for (let at = 40; at < 70; at += 1) t.equal(await attempt('203.0.113.9', at), 422);
  t.equal(await attempt('::ffff:203.0.113.9', 70), 429, 'IPv4 in the clothes of IPv6');
  t.equal(await attempt('203.0.113.10', 71), 422);
  for (let at = 100; at < 130; at += 1) t.equal(await attempt(`203.0.113.11:${50_000 + at}`, at), 422);
  t.equal(await attempt('203.0.113.11:443', 130), 429, 'a port is no other visitor');
  for (const from of ['[2001:db8:7:7::9]:51234', '"[2001:db8:7:7::9]:51234"', '[2001:db8:7:7::9]'])
    t.equal(await attempt(from, 131), 429, from);
  const browser = ipms.visitor();
  const fields = { login: 'admin.jabatan', password: PASSWORD, _csrf: await browser.token('/login') };
  await browser.post('/login', fields, { 'x-forwarded-for': '203.0.113.12:51234' });
  const kept = await ipms.db.selectFrom('session').select('address').orderBy('created_at', 'desc').execute();
  t.ok(
    kept.some(({ address }) => address === '203.0.113.12'),
    'nor is one written down',
  );
  const direct = await startIpms(t);
  const another = direct.visitor();
  const _csrf = await another.token('/login');
  const sent = (at: number) =>
    another.post('/login', { login: `tiada.${at}`, password: 'x', _csrf }, { 'x-forwarded-for': `203.0.113.${at}` });
  for (let at = 0; at < 30; at += 1) t.equal((await sent(at)).status, 422);
  t.equal((await sent(30)).status, 429, 'without a proxy nobody believes the header');
});

t.test('rights end with the role, in a session that goes on', async (t) => {
  const ipms = await startIpms(t);
  await makeAdministrator(ipms, 'admin.kedua');
  const admin = await ipms.signIn('admin.kedua');
  const _csrf = await admin.token('/admin/access-codes/new');
  await ipms.db.updateTable('user').set({ role: 'user' }).where('login_id', '=', 'admin.kedua').execute();
  t.equal((await admin.get('/admin')).status, 403);
  t.equal((await admin.get('/admin/audit?format=csv')).status, 403);
  const count = async () => (await ipms.db.selectFrom('access_code').select('id').execute()).length;
  const before = await count();
  t.equal((await admin.post('/admin/access-codes/new', { _csrf, full_name: 'x' })).status, 403);
  t.equal(await count(), before);
});
