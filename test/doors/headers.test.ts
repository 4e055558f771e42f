import { t } from 'tap';
import { renderLetter } from '../../src/trail/outbox-worker.ts';
import type { App } from '../../src/web/app-types.ts';
import { type Ipms, type Page, startIpms } from '../helper.ts';
import { openedSecret } from '../read.ts';

// What every answer carries, and what none gives away.

const HEADERS: Record<string, string | RegExp> = {
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'content-security-policy':
    /^(?!.*unsafe)(?=.*default-src 'none')(?=.*form-action 'self')(?=.*frame-ancestors 'none')/,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

const CLUES = [
  /node_modules|\/src\/|\.ts\b/,
  /\bat \w+.*:\d+:\d+/,
  /sqlite/i,
  /fastify|kysely/i,
  /\bselect\b.*\bfrom\b/i,
];

class Broken extends Error {}

/** Adds doors that fail in each way, and keeps what is logged as an error with the number of its request. */
function failing(logged: { id: unknown; said: unknown[] }[]) {
  return (app: App) => {
    const config = { access: ['anyone'] } as const;
    app.get('/fails', { config }, async () => {
      throw new Broken('select * from user at /src/secret.ts:1:1');
    });
    app.post('/fails', { config }, async () => {
      throw new Broken('x');
    });
    const child = app.log.child.bind(app.log);
    app.log.child = ((bindings: { reqId?: string }, options: object) => {
      const log = child(bindings, options);
      log.error = ((...said: unknown[]) => logged.push({ id: bindings.reqId, said })) as typeof log.error;
      return log;
    }) as typeof app.log.child;
  };
}

const LONG_FIELD = { note: 'x'.repeat(1_000_000) };

type Ask = (ipms: Ipms, language: 'ms' | 'en') => Promise<Page>;
const ANSWERS: [name: string, status: number, ask: Ask][] = [
  ['a page', 200, (ipms, language) => ipms.visitor({ language }).get('/')],
  ['a form', 200, (ipms, language) => ipms.visitor({ language }).get('/login')],
  ['a redirect', 303, (ipms, language) => ipms.visitor({ language }).get('/admin/access-codes')],
  ['a file', 200, (ipms, language) => ipms.visitor({ language }).get('/public/site.css?v=1')],
  ['a missing file', 404, (ipms, language) => ipms.visitor({ language }).get('/public/nothing.css')],
  ['a missing page', 404, (ipms, language) => ipms.visitor({ language }).get('/nowhere')],
  ['a missing item', 404, async (ipms) => (await ipms.signIn('admin.jabatan')).get('/admin/access-codes/999999')],
  ['a number that is none', 404, async (ipms) => (await ipms.signIn('admin.jabatan')).get('/admin/access-codes/abc')],
  ['a path that is none', 404, (ipms, language) => ipms.visitor({ language }).get('/%zz')],
  ['half a character', 404, (ipms, language) => ipms.visitor({ language }).get('/%ED%A0%80')],
  ['a very long path', 404, (ipms, language) => ipms.visitor({ language }).get(`/password/reset/${'a'.repeat(4000)}`)],
  ['a wrong method', 405, (ipms, language) => ipms.visitor({ language }).send('DELETE', '/login')],
  [
    'a page that takes no form',
    405,
    (ipms, language) => ipms.visitor({ language }).send('POST', '/admin/access-codes'),
  ],
  ['too much', 413, (ipms, language) => ipms.visitor({ language }).post('/login', LONG_FIELD)],
  [
    'a body of another kind',
    400,
    (ipms, language) => ipms.visitor({ language }).send('POST', '/login', 'a', { 'content-type': 'text/plain' }),
  ],
  [
    'JSON',
    400,
    (ipms, language) => ipms.visitor({ language }).send('POST', '/login', '{}', { 'content-type': 'application/json' }),
  ],
  [
    'a query that is none',
    400,
    async (ipms) => (await ipms.signIn('admin.jabatan')).get(`/admin/access-codes?q=${'x'.repeat(201)}`),
  ],
  ['a foreign form', 403, (ipms, language) => ipms.visitor({ language }).post('/login', {})],
  ['a wrong role', 403, async (ipms) => (await ipms.signIn('pegawai.jabatan')).get('/admin/access-codes')],
  ['a failure', 500, (ipms, language) => ipms.visitor({ language }).get('/fails')],
];

t.test('every answer carries the headers, pages are not kept, and errors give nothing away', async (t) => {
  const ipms = await startIpms(t, { extend: failing([]) });
  for (const [name, status, ask] of ANSWERS) {
    const answer = await ask(ipms, 'ms');
    t.equal(answer.status, status, name);
    t.match(answer.headers, HEADERS, name);
    t.notOk('server' in answer.headers || 'x-powered-by' in answer.headers, `${name} does not say what serves it`);
    t.notOk('strict-transport-security' in answer.headers, `${name} has no HSTS over http`);
    if (name !== 'a file') t.equal(answer.headers['cache-control'], 'no-store', `${name} is not kept`);
    if (status < 400) continue;
    t.match(answer.headers['content-type'], /^text\/html/, `${name} is a page`);
    t.match(answer.text, /Rujukan: [0-9A-F]{10}/, `${name} has a reference`);
    for (const clue of CLUES)
      t.notMatch(answer.dom.querySelector('main')?.textContent, clue, `${name} gives nothing away`);
  }
});

t.test('errors are pages in both languages', async (t) => {
  const ipms = await startIpms(t, { extend: failing([]) });
  for (const [name, status, ask] of ANSWERS.filter(([, status, ask]) => status >= 400 && ask.length === 2)) {
    const [malay, english] = [await ask(ipms, 'ms'), await ask(ipms, 'en')];
    t.equal(malay.dom.querySelector('html')?.getAttribute('lang'), 'ms', name);
    t.equal(english.dom.querySelector('html')?.getAttribute('lang'), 'en', name);
    t.match(english.text, /Reference: [0-9A-F]{10}/, name);
    t.not(
      malay.dom.querySelector('h1')?.textContent,
      english.dom.querySelector('h1')?.textContent,
      `${name} (${status}) has two headings`,
    );
  }
});

t.test('a wrong method is told which are right', async (t) => {
  const ipms = await startIpms(t);
  const wrong: [string, string][] = [
    ['/login', 'GET, POST'],
    ['/logout', 'POST'],
    ['/', 'GET'],
    ['/admin/access-codes/1/revoke', 'GET, POST'],
  ];
  for (const [address, allow] of wrong)
    t.equal((await ipms.visitor().send('DELETE', address)).headers.allow, allow, address);
  t.equal((await ipms.visitor().get('/logout')).status, 405);
  for (const address of ['//', '/nowhere'])
    t.equal((await ipms.visitor().get(address)).status, 404, `${address} is no address`);
});

t.test('the reference on the page is that in the log', async (t) => {
  const logged: { id: unknown; said: unknown[] }[] = [];
  const ipms = await startIpms(t, { extend: failing(logged) });
  const page = await ipms.visitor({ language: 'en' }).get('/fails');
  const reference = /Reference: ([0-9A-F]{10})/.exec(page.text)?.[1];
  t.equal(logged.length, 1);
  t.equal(logged[0]?.id, reference);
  t.match(logged[0]?.said, [{ err: { message: /secret/ } }], 'the log has what the page keeps to itself');
});

t.test('files with a mark of their content are kept for a year', async (t) => {
  const ipms = await startIpms(t);
  const { dom } = await ipms.visitor().get('/');
  const files = [
    ...dom.querySelectorAll('link').map((link) => link.getAttribute('href')),
    ...dom.querySelectorAll('script').map((script) => script.getAttribute('src')),
  ];
  t.ok(files.length >= 3);
  for (const file of files) {
    t.match(file, /^\/public\/[a-z-]+\.[a-z]+\?v=[\w-]{10}$/);
    const answer = await ipms.visitor().get(file ?? '');
    t.equal(answer.status, 200, String(file));
    t.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable', String(file));
  }
});

t.test('over TLS: HSTS, and cookies tied to the host', async (t) => {
  const environment = { IPMS_BASE_URL: 'https://ipms.contoh.test', IPMS_TRUST_PROXY: '127.0.0.1' };
  const ipms = await startIpms(t, { environment, extend: failing([]) });
  const tls = { 'x-forwarded-proto': 'https' };
  for (const address of ['/', '/nowhere', '/fails', '/admin/access-codes', '/public/site.css'])
    t.equal(
      (await ipms.visitor().get(address, tls)).headers['strict-transport-security'],
      'max-age=31536000; includeSubDomains',
      address,
    );
  const browser = ipms.visitor();
  const { dom } = await browser.get('/login', tls);
  const token = dom.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
  const fields = { login: 'admin.jabatan', password: 'Contoh@2026ipms', _csrf: token };
  const answer = await browser.post('/login', fields, tls);
  t.equal(answer.location, '/admin');
  const made = [answer.headers['set-cookie']].flat().map(String);
  const session = made.find((cookie) => cookie.startsWith('__Host-ipms='));
  for (const part of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) t.match(session, part);
  t.notMatch(session, /Domain/);
  t.equal((await browser.get('/admin/access-codes', tls)).status, 200, 'and the session holds');
  const tokenOf = async (page: string) =>
    (await browser.get(page, tls)).dom.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
  const english = await browser.post('/language', { language: 'en', _csrf: await tokenOf('/admin') }, tls);
  const same = { second: '1', _csrf: await tokenOf('/me/sessions') };
  const flashed = await browser.post('/me/sessions/end-others', same, tls);
  for (const [answer, name] of [
    [english, 'ipms-language'],
    [flashed, 'ipms-flash'],
  ] as const) {
    const cookies = [answer.headers['set-cookie']].flat().map(String);
    const cookie = cookies.find((line) => line.startsWith(`__Host-${name}=`));
    for (const part of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) t.match(cookie, part, name);
    t.notMatch(cookie, /Domain/);
  }
  const shown = await browser.get('/me/sessions', tls);
  t.equal(shown.dom.querySelector('html')?.getAttribute('lang'), 'en', 'and both are read');
  const cleared = [shown.headers['set-cookie']].flat().map(String).join('\n');
  t.match(cleared, /__Host-ipms-flash=;.*Secure/, 'a browser takes back only what is as safe');
});

t.test('over http: a cookie that browsers take', async (t) => {
  const ipms = await startIpms(t);
  const browser = ipms.visitor();
  const fields = { login: 'admin.jabatan', password: 'Contoh@2026ipms', _csrf: await browser.token('/login') };
  const answer = await browser.post('/login', fields);
  const session = [answer.headers['set-cookie']]
    .flat()
    .map(String)
    .find((cookie) => cookie.startsWith('ipms='));
  for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/']) t.match(session, part);
  t.notMatch(session, /Secure/);
});

t.test('whatever Host says, no link and no redirect leads there', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_BASE_URL: 'http://ipms.contoh.test' } });
  await ipms.db
    .updateTable('user')
    .set({ recovery_email: 'rosnah@rumah.test' })
    .where('login_id', '=', 'admin.jabatan')
    .execute();
  const evil = { host: 'jahat.test', 'x-forwarded-host': 'jahat.test', 'x-forwarded-proto': 'https' };
  const browser = ipms.visitor();
  const { dom, html } = await browser.get('/password/forgot', evil);
  t.notMatch(html, 'jahat');
  const token = dom.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
  const answer = await browser.post('/password/forgot', { login: 'admin.jabatan', _csrf: token }, evil);
  t.equal(answer.location, '/login');
  const mail = await ipms.db
    .selectFrom('outbox')
    .selectAll()
    .select(openedSecret)
    .where('to_address', '=', 'rosnah@rumah.test')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  t.notMatch(JSON.stringify(mail), 'jahat');
  const { text, html: body } = renderLetter(ipms.app.eta, mail, ipms.app.baseUrl(), mail.secret);
  t.match(text, /http:\/\/ipms\.contoh\.test\/password\/reset\//);
  t.notMatch(text + body, 'jahat');
  for (const address of ['/admin', '/admin/access-codes', '/nowhere', '/'])
    t.notMatch(JSON.stringify((await ipms.visitor().get(address, evil)).headers), 'jahat', address);
});

t.test('no redirect leaves the site', async (t) => {
  const ipms = await startIpms(t);
  for (const next of [
    '//jahat.test',
    'https://jahat.test',
    '/\\jahat.test',
    '/\t/jahat.test',
    '\\\\jahat.test',
    'javascript:1',
    '/%09/jahat.test/..//jahat.test',
  ]) {
    const browser = ipms.visitor();
    const fields = { login: 'admin.jabatan', password: 'Contoh@2026ipms', _csrf: await browser.token('/login') };
    const { location } = await browser.post(`/login?next=${encodeURIComponent(next)}`, fields);
    t.match(location, /^\/(?![/\\])/, JSON.stringify(next));
    const reader = ipms.visitor();
    const back = { language: 'en', return_to: next, _csrf: await reader.token('/login') };
    t.match((await reader.post('/language', back)).location, /^\/(?![/\\])/, JSON.stringify(next));
  }
});
