import { t } from 'tap';
import { later, MINUTE } from '../../src/base/time.ts';
import { browserOf } from '../../src/my-account/browser.ts';
import { type Ipms, PASSWORD, startIpms, type Visitor } from '../helper.ts';
import { person, trailOf } from '../read.ts';

const EDGE =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0';

async function signInWith(ipms: Ipms, login: string, agent: string) {
  const browser = ipms.visitor();
  const fields = { login, password: PASSWORD, _csrf: await browser.token('/login') };
  await browser.post('/login', fields, { 'user-agent': agent });
  return browser;
}

const rowsOf = async (browser: Visitor) =>
  (await browser.get('/me/sessions')).dom.querySelector('main tbody')?.querySelectorAll('tr') ?? [];
const isIn = async (browser: Visitor) => (await browser.get('/me/sessions')).status === 200;

t.test('the own sessions, with browser and place in words, this one marked', async (t) => {
  const ipms = await startIpms(t);
  const browser = await signInWith(ipms, 'pegawai.jabatan', EDGE);
  await ipms.signIn('pegawai.jabatan');
  await ipms.signIn('pegawai.kementerian');
  const rows = (await rowsOf(browser)).map((row) => row.textContent.replace(/\s+/g, ' '));
  t.equal(rows.length, 2);
  const own = rows.find((row) => row.includes('Sesi ini')) ?? '';
  t.match(own, 'Edge 131 pada Windows');
  t.match(own, '127.0.0.1');
  t.match(own, '24 Nov 2026, 14:00');
  t.equal((await rowsOf(browser)).filter((row) => row.querySelector('form')).length, 1, 'no button on this one');
  t.match((await browser.get('/me/sessions?q=edg')).text, 'Edge 131');
  t.match((await browser.get('/me/sessions?format=csv')).html, 'Edge 131 pada Windows');
});

t.test('the session that was seen last stands first', async (t) => {
  const ipms = await startIpms(t);
  const first = await ipms.signIn('pegawai.jabatan');
  ipms.clock.now = later(ipms.clock.now, MINUTE);
  const second = await ipms.signIn('pegawai.jabatan');
  t.match((await rowsOf(second))[0]?.textContent, 'Sesi ini');
  t.match((await rowsOf(first))[1]?.textContent, 'Sesi ini', 'seen a minute ago');
});

t.test('one session is ended from another', async (t) => {
  const ipms = await startIpms(t);
  const [here, there, third] = [
    await ipms.signIn('pegawai.jabatan'),
    await signInWith(ipms, 'pegawai.jabatan', EDGE),
    await ipms.signIn('pegawai.jabatan'),
  ];
  const form = (await rowsOf(here)).find((row) => row.textContent.includes('Edge'))?.querySelector('form');
  const action = form?.getAttribute('action') ?? '';
  t.equal((await here.submit('/me/sessions', action)).location, '/me/sessions');
  t.notOk(await isIn(there));
  t.ok(await isIn(here));
  t.ok(await isIn(third));
  const { id } = await person(ipms, 'pegawai.jabatan');
  const [row] = await trailOf(ipms, 'user', id, 'user.session-ended');
  t.match(JSON.parse(row?.after ?? ''), { network_address: '127.0.0.1', browser: EDGE });
  const again = await here.post(action, { _csrf: await here.token('/me/sessions') });
  t.equal(again.status, 404, 'what is over is not found');
});

t.test('all others are ended at once', async (t) => {
  const ipms = await startIpms(t);
  const [here, there] = [await ipms.signIn('pegawai.jabatan'), await ipms.signIn('pegawai.jabatan')];
  const stranger = await ipms.signIn('pegawai.kementerian');
  const answer = await here.submit('/me/sessions', '/me/sessions/end-others');
  t.match((await here.get(answer.location)).text, '1 sesi lain telah ditamatkan');
  t.notOk(await isIn(there));
  t.ok(await isIn(here));
  t.ok(await isIn(stranger));
  t.notOk((await here.get('/me/sessions')).dom.querySelector('form[action="/me/sessions/end-others"]'));
  const { id } = await person(ipms, 'pegawai.jabatan');
  t.match(await trailOf(ipms, 'user', id, 'user.sessions-ended'), [{ after: '{"sessions":1}' }]);
});

t.test('the helpdesk has this page, too', async (t) => {
  const ipms = await startIpms(t);
  const [here, there] = [await ipms.signIn('meja.bantuan'), await ipms.signIn('meja.bantuan')];
  await here.submit('/me/sessions', '/me/sessions/end-others');
  t.notOk(await isIn(there));
});

t.test('browsers in words', async (t) => {
  const agents: [string, string | null, string | null][] = [
    [EDGE, 'Edge 131', 'Windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0', 'Firefox 133', 'Linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
      'Safari 18',
      'iPhone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
      'Chrome 130',
      'Android',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
      'Safari 17',
      'macOS',
    ],
    ['curl/8.5.0', null, null],
    ['', null, null],
  ];
  for (const [agent, browser, system] of agents) t.strictSame(browserOf(agent), { browser, system }, agent);
});

t.test('who may not: end what is not the own', async (t) => {
  const ipms = await startIpms(t);
  const stranger = await ipms.signIn('pegawai.kementerian');
  const { id: userId } = await person(ipms, 'pegawai.kementerian');
  const { id } = await ipms.db
    .selectFrom('session')
    .select('id')
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  const browser = await ipms.signIn('pegawai.jabatan');
  const _csrf = await browser.token('/me/sessions');
  t.equal((await browser.post(`/me/sessions/${id}/end`, { _csrf })).status, 404);
  t.equal((await browser.post('/me/sessions/x/end', { _csrf })).status, 404);
  t.equal((await browser.post('/me/sessions/end-others', {})).status, 403, 'without a token');
  t.ok(await isIn(stranger));
  t.equal((await ipms.visitor().get('/me/sessions')).location, '/login?next=%2Fme%2Fsessions');
});
