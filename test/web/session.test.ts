import { t } from 'tap';
import { digest } from '../../src/base/secrets.ts';
import { HOUR, later, MINUTE } from '../../src/base/time.ts';
import { runDue } from '../../src/due.ts';
import { type Ipms, START, startIpms } from '../helper.ts';

const PAGE = '/admin/access-codes';
const sessions = ({ db }: Ipms) => db.selectFrom('session').selectAll().execute();

t.test('signing in makes a new session, kept under the digest of its id', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const [id = ''] = decodeURIComponent(browser.cookies.get('ipms') ?? '').split('.');
  const rows = await sessions(ipms);
  t.strictSame(
    rows.map((row) => row.id),
    [digest(decodeURIComponent(id))],
  );
  t.notMatch(JSON.stringify(rows), decodeURIComponent(id), 'the id itself is nowhere');
  t.notMatch(rows[0]?.data, /admin/, 'and no right');
  await browser.post('/logout', { _csrf: await browser.token(PAGE) });
  const again = await ipms.signIn('admin.jabatan');
  t.not(again.cookies.get('ipms'), browser.cookies.get('ipms'));
});

t.test('a session id that somebody else chose is not taken over', async (t) => {
  const ipms = await startIpms(t);
  const browser = ipms.visitor();
  const planted = ipms.app.signCookie('chosen-by-somebody-else');
  browser.carry('ipms', planted);
  await browser.submit('/login', '/login', { login: 'admin.jabatan', password: 'Contoh@2026ipms' });
  t.equal((await browser.get(PAGE)).status, 200);
  const other = ipms.visitor();
  other.carry('ipms', planted);
  t.equal((await other.get(PAGE)).status, 303);
});

t.test('signing out ends the session on the server', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const copy = ipms.visitor();
  for (const [name, value] of browser.cookies) copy.carry(name, decodeURIComponent(value));
  t.equal((await copy.get(PAGE)).status, 200);
  t.equal((await browser.post('/logout', { _csrf: await browser.token(PAGE) })).status, 303);
  t.equal((await copy.get(PAGE)).status, 303, 'a copy of the cookie is worth nothing');
  t.strictSame(await sessions(ipms), []);
});

t.test('a request under way while its session is ended does not bring it back', async (t) => {
  let arrived: () => void = () => undefined;
  let goOn: () => void = () => undefined;
  const isThere = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const mayGo = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const ipms = await startIpms(t, {
    extend(app) {
      app.get('/slow', { config: { access: ['anyone'] } }, async (request) => {
        request.session.agent = 'changed';
        arrived();
        await mayGo;
        return 'done';
      });
    },
  });
  const browser = await ipms.signIn('admin.jabatan');
  const copy = ipms.visitor();
  for (const [name, value] of browser.cookies) copy.carry(name, decodeURIComponent(value));
  const slow = copy.get('/slow');
  await isThere;
  await browser.post('/logout', { _csrf: await browser.token(PAGE) });
  goOn();
  t.equal((await slow).status, 200);
  t.strictSame(await sessions(ipms), []);
  t.equal((await copy.get(PAGE)).status, 303);
});

t.test('30 minutes without a page end a session; each page begins them anew', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  for (let minutes = 25; minutes <= 100; minutes += 25) {
    ipms.clock.now = later(START, minutes * MINUTE);
    t.equal((await browser.get(PAGE)).status, 200, `after ${minutes} minutes`);
  }
  ipms.clock.now = later(START, 131 * MINUTE);
  t.equal((await browser.get(PAGE)).status, 303);
});

t.test('12 hours end a session however busy it was', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  for (let at = 20 * MINUTE; at < 12 * HOUR; at += 20 * MINUTE) {
    ipms.clock.now = later(START, at);
    t.equal((await browser.get(PAGE)).status, 200);
  }
  ipms.clock.now = later(START, 12 * HOUR);
  t.equal((await browser.get(PAGE)).status, 303);
});

t.test('both times are settings', async (t) => {
  const ipms = await startIpms(t);
  await ipms.db
    .insertInto('system_setting')
    .values([
      { name: 'idleMinutes', value: '5' },
      { name: 'absoluteHours', value: '1' },
    ])
    .onConflict((conflict) => conflict.column('name').doUpdateSet((eb) => ({ value: eb.ref('excluded.value') })))
    .execute();
  const browser = await ipms.signIn('admin.jabatan');
  ipms.clock.now = later(START, 6 * MINUTE);
  t.equal((await browser.get(PAGE)).status, 303);
});

t.test('rights are read anew for every page', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const become = (change: object) =>
    ipms.db.updateTable('user').set(change).where('login_id', '=', 'admin.jabatan').execute();
  await become({ role: 'user' });
  t.equal((await browser.get(PAGE)).status, 403);
  await become({ role: 'admin', status: 'disabled' });
  t.equal((await browser.get(PAGE)).status, 303);
});

t.test('what has expired is removed by the schedule, and nothing else', async (t) => {
  const ipms = await startIpms(t);
  await ipms.signIn('admin.jabatan');
  ipms.clock.now = later(START, 20 * MINUTE);
  await ipms.signIn('pegawai.jabatan');
  await runDue(ipms.db, later(START, 35 * MINUTE));
  t.equal((await sessions(ipms)).length, 1);
  await runDue(ipms.db, later(START, 51 * MINUTE));
  t.strictSame(await sessions(ipms), []);
});

t.test('looking at pages without signing in makes no session', async (t) => {
  const ipms = await startIpms(t);
  for (const page of ['/', '/login', '/access-code-requests/new']) await ipms.visitor().get(page);
  t.strictSame(await sessions(ipms), []);
});
