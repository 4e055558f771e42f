import { t } from 'tap';
import { digest } from '../../src/base/secrets.ts';
import { HOUR, MINUTE } from '../../src/base/time.ts';
import { type Ipms, PASSWORD, startIpms } from '../helper.ts';
import { person } from '../read.ts';

const pass = (ipms: Ipms, milliseconds: number) => {
  ipms.clock.now = new Date(ipms.clock.now.getTime() + milliseconds);
};

const sessions = (ipms: Ipms) => ipms.db.selectFrom('session').selectAll().execute();

t.test('signing in gives a new session id, kept only as a digest', async (t) => {
  const ipms = await startIpms(t);
  const browser = ipms.visitor();
  await browser.get('/login');
  t.notOk(browser.cookies.has('ipms'), 'looking at a page makes no session');
  browser.carry('ipms', 'planted.value');
  await browser.submit('/login', '/login', { login: 'pegawai.jabatan', password: PASSWORD });
  const first = browser.cookies.get('ipms') ?? '';
  t.not(first, encodeURIComponent('planted.value'));
  const id = decodeURIComponent(first).split('.')[0] ?? '';
  const rows = await sessions(ipms);
  t.strictSame(
    rows.map((row) => row.id),
    [digest(id)],
  );
  t.notMatch(JSON.stringify(rows), id, 'the id itself is nowhere in the database');

  const _csrf = await browser.token('/me/password');
  await browser.post('/login', { login: 'admin.jabatan', password: PASSWORD, _csrf });
  t.not(browser.cookies.get('ipms'), first, 'and another one for another person');
  t.equal((await sessions(ipms)).length, 1, 'the one before is over');
});

t.test('the form token of before the sign-in is worth nothing after it', async (t) => {
  const ipms = await startIpms(t);
  const browser = ipms.visitor();
  const _csrf = await browser.token('/login');
  await browser.post('/login', { login: 'pegawai.jabatan', password: PASSWORD, _csrf });
  t.equal((await browser.post('/me/profile', { _csrf })).status, 403);
});

t.test('signing out ends the session on the server', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  const kept = browser.cookies.get('ipms') ?? '';
  t.equal((await browser.submit('/me', '/logout')).location, '/');
  t.equal((await sessions(ipms)).length, 0);
  browser.carry('ipms', decodeURIComponent(kept));
  t.equal((await browser.get('/me')).location, '/login?next=%2Fme', 'a cookie that was kept opens nothing');
});

t.test('half an hour without a page ends it; every page keeps it for half an hour more', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  for (let page = 0; page < 4; page += 1) {
    pass(ipms, 29 * MINUTE);
    t.equal((await browser.get('/me')).status, 200);
  }
  pass(ipms, 31 * MINUTE);
  t.equal((await browser.get('/me')).status, 303);
});

t.test('twelve hours end it, however busy', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  for (let turn = 0; turn < 35; turn += 1) {
    pass(ipms, 20 * MINUTE);
    await browser.get('/me');
  }
  t.equal((await browser.get('/me')).status, 200, 'after 11 hours and 40 minutes');
  pass(ipms, 20 * MINUTE);
  t.equal((await browser.get('/me')).status, 303);
});

t.test('the settings for both are read anew', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  await ipms.db.insertInto('system_setting').values({ name: 'absoluteHours', value: '1' }).execute();
  for (let turn = 0; turn < 2; turn += 1) {
    pass(ipms, 25 * MINUTE);
    t.equal((await browser.get('/me')).status, 200);
  }
  pass(ipms, HOUR / 4);
  t.equal((await browser.get('/me')).status, 303);
});

t.test('rights are read for every request: a changed role or status holds at once', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  t.equal((await browser.get('/admin/access-codes')).status, 200);
  const set = (values: { role?: 'user' | 'admin'; agency_id?: number; status?: 'active' | 'disabled' }) =>
    ipms.db.updateTable('user').set(values).where('login_id', '=', 'admin.jabatan').execute();
  await set({ role: 'user' });
  t.equal((await browser.get('/admin/access-codes')).status, 403);
  t.equal((await browser.get('/me')).status, 200);
  await set({ role: 'admin', agency_id: 2 });
  t.match((await browser.get('/admin/access-codes')).html, 'Kementerian Contoh');
  await set({ status: 'disabled' });
  t.equal((await browser.get('/me')).location, '/login?next=%2Fme');
});

t.test('a forged or altered cookie is nobody', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  const [id = '', signature = ''] = decodeURIComponent(browser.cookies.get('ipms') ?? '').split('.');
  const row = await ipms.db.selectFrom('session').select('id').executeTakeFirstOrThrow();
  for (const forged of [`${id}.`, id, `${id}.${signature.slice(0, -2)}`, `${row.id}.${signature}`, 'x'.repeat(3000)]) {
    const other = ipms.visitor();
    other.carry('ipms', forged);
    t.equal((await other.get('/me')).status, 303, forged.slice(0, 20));
  }
});

t.test('the cookies of a plain installation', async (t) => {
  const ipms = await startIpms(t);
  const browser = ipms.visitor();
  const opened = await browser.get('/login');
  const _csrf = opened.dom.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
  const answer = await browser.post('/login', { login: 'pegawai.jabatan', password: PASSWORD, _csrf });
  for (const cookie of [cookieOf(opened, 'ipms-form'), cookieOf(answer, 'ipms')]) {
    t.match(cookie, /; Path=\//i);
    t.match(cookie, /; HttpOnly/i);
    t.match(cookie, /; SameSite=Lax/i);
    t.notMatch(cookie, /; Secure/i, 'over plain http it would not be sent back');
  }
});

t.test('the cookies behind TLS', async (t) => {
  const environment = { IPMS_BASE_URL: 'https://ipms.contoh.test', IPMS_TRUST_PROXY: '127.0.0.1' };
  const ipms = await startIpms(t, { environment });
  const browser = ipms.visitor();
  const tls = { 'x-forwarded-proto': 'https' };
  const opened = await browser.get('/login', tls);
  const _csrf = opened.dom.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
  const answer = await browser.post('/login', { login: 'pegawai.jabatan', password: PASSWORD, _csrf }, tls);
  t.equal(answer.location, '/me');
  for (const cookie of [cookieOf(opened, '__Host-ipms-form'), cookieOf(answer, '__Host-ipms')]) {
    t.match(cookie, /; Path=\/(;|$)/i);
    t.match(cookie, /; HttpOnly/i);
    t.match(cookie, /; SameSite=Lax/i);
    t.match(cookie, /; Secure/i);
    t.notMatch(cookie, /; Domain=/i);
  }
  t.equal((await browser.get('/me', tls)).status, 200);
  t.ok(opened.headers['strict-transport-security']);
});

/** The Set-Cookie line for a name. */
function cookieOf(page: { headers: Record<string, unknown> }, name: string) {
  const lines = [page.headers['set-cookie']].flat().map(String);
  return lines.find((line) => line.startsWith(`${name}=`) && !line.startsWith(`${name}=;`)) ?? '';
}

t.test('who may not: a person whose account ended keeps no session', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  const { id } = await person(ipms, 'pegawai.jabatan');
  await ipms.db.updateTable('user').set({ status: 'deleted' }).where('id', '=', id).execute();
  for (const url of ['/me', '/me/profile', '/me/password', '/me/sessions', '/me/quota', '/me/groups'])
    t.equal((await browser.get(url)).status, 303, url);
});
