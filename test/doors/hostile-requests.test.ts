import { t } from 'tap';
import { addressOf, type Route, routesOf } from './routes.ts';
import { stateOfTables } from './tables.ts';
import { ANSWERS, findMarkup, openTrial, type Trial } from './trial.ts';

// Every form given a body that is none, and every address what nobody should ask for.

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
/** What is sent, as which type, and what may be answered. */
const BODIES: [what: string, body: (token: string) => string, headers: Record<string, string>, statuses: number[]][] = [
  ['a megabyte', (token) => `_csrf=${token}&note=${'x'.repeat(1_000_000)}`, FORM, [413]],
  ['no content type', (token) => `_csrf=${token}`, {}, [400]],
  ['plain text', (token) => `_csrf=${token}`, { 'content-type': 'text/plain' }, [400]],
  ['JSON', (token) => JSON.stringify({ _csrf: token }), { 'content-type': 'application/json' }, [400]],
  ['XML', () => '<a/>', { 'content-type': 'application/xml' }, [400]],
  ['a file', () => '--x\r\n\r\n\r\n--x--', { 'content-type': 'multipart/form-data; boundary=x' }, [400, 403]],
  [
    'a charset',
    (token) => `_csrf=${token}&login=%ff`,
    { 'content-type': `${FORM['content-type']}; charset=utf-16` },
    [200, 303, 400, 403, 404, 409, 422],
  ],
  ['deep brackets', (token) => `_csrf=${token}&${'a[b]'.repeat(2000)}=1`, FORM, [200, 303, 400, 404, 409, 422]],
  [
    'a thousand fields',
    (token) => `_csrf=${token}&${Array.from({ length: 1000 }, (_, at) => `f${at}=1`).join('&')}`,
    FORM,
    [200, 303, 400, 404, 409, 422],
  ],
  [
    'seven thousand of one field',
    (token) => `_csrf=${token}&${'note=1&'.repeat(7000)}`,
    FORM,
    [400, 403, 404, 409, 422],
  ],
  [
    'half a character',
    (token) => `_csrf=${token}&login=%ED%A0%80&full_name=%ED%A0%80&reason=%ED%A0%80&note=%ED%A0%80`,
    FORM,
    [200, 303, 400, 404, 409, 422],
  ],
  ['bad percents', (token) => `_csrf=${token}&login=%zz&full_name=%&reason=%e0%`, FORM, [200, 303, 400, 404, 409, 422]],
  [
    'a prototype',
    (token) => `_csrf=${token}&__proto__=1&constructor=2&__proto__[a]=1&toString=1`,
    FORM,
    [200, 303, 400, 404, 409, 422],
  ],
  ['nothing but signs', (token) => `_csrf=${token}&&&==&=&`, FORM, [200, 303, 400, 404, 409, 422]],
];

t.test('bodies that are no form', async (t) => {
  const trial = await openTrial(t);
  const before = await stateOfTables(trial.ipms.db);
  for (const route of routesOf(trial.ipms.app, 'POST')) {
    const faults: string[] = [];
    for (const body of BODIES) await tryBody(faults, trial, route, body);
    t.strictSame(faults, [], route.url);
  }
  t.strictSame(await stateOfTables(trial.ipms.db), before, 'in the end everything is as it was');
});

async function tryBody(
  faults: string[],
  trial: Trial,
  route: Route,
  [what, body, headers, statuses]: (typeof BODIES)[number],
) {
  const browser = trial.browser(route);
  const token = encodeURIComponent(await trial.token(browser));
  const answer = await browser.send('POST', addressOf(route, trial.items), body(token), headers);
  if (!statuses.includes(answer.status)) faults.push(`${what} → ${answer.status}`);
  const changed = await trial.changed();
  if (answer.status !== 303 && changed.length > 0) faults.push(`${what} → ${answer.status} changed ${changed}`);
  if (answer.status === 303 || changed.length > 0) await trial.restore();
}

const HUGE = 'x'.repeat(8000);
const QUERIES = [
  'page=-1',
  'page=0',
  'page=1e9',
  'page=1000000',
  'page=99999999999999999999',
  'page=x',
  'page=1&page=2',
  'page=',
  'page[]=1',
  'q=',
  `q=${HUGE}`,
  'q=%00',
  'q=%ED%A0%80',
  'q=%zz',
  'q=a&q=b',
  'q[a]=1',
  "q='%22<b>tebal</b><script>alert(1)</script>",
  'q=%25_\\',
  'q=%3C%25=7*7%25%3E',
  'q=%E2%80%AE',
  'q=a%0D%0ASet-Cookie:%20a=b',
  'q=-',
  'q=" OR *',
  'q=NEAR(',
  'sort=nothing',
  'sort=--',
  'sort=id;drop',
  'sort=a&sort=b',
  'sort=-__proto__',
  'format=csv',
  'format=xml',
  'format=csv&q=%00',
  'format=csv&page=7',
  'by=nothing',
  'by=all&by=all',
  'state=nothing',
  'status=submitted&status=issued',
  'status=__proto__',
  'request=x',
  'request=-1',
  'request=999999999999999999999',
  'next=//jahat.test',
  `next=${HUGE}`,
  '__proto__=1',
  'constructor=1',
  '&&&',
  '=',
  '%',
  '?',
  'a'.repeat(200),
].map((query) => encodeURI(query).replaceAll('%25', '%'));
/** Of those, what is worth asking of a page that is no list. */
const QUERIES_OF_ANY_PAGE = QUERIES.filter((each) => /^(q|next|request|page|__proto__)/.test(each)).slice(-9);

t.test('addresses: every page with every query', async (t) => {
  const trial = await openTrial(t);
  for (const route of routesOf(trial.ipms.app, 'GET')) {
    const browser = trial.browser(route);
    const address = addressOf(route, trial.items);
    const isList = (await browser.get(address)).dom.querySelector('form[method=get]') !== null;
    const faults: string[] = [];
    for (const query of isList ? QUERIES : QUERIES_OF_ANY_PAGE) {
      const where = `?${query.slice(0, 60)}`;
      const answer = await browser.get(`${address}?${query}`);
      if (!ANSWERS.has(answer.status)) faults.push(`${where} → ${answer.status}`);
      if (answer.dom.querySelector('html')) findMarkup(faults, where, answer);
      if (/^a=/.test(String(answer.headers['set-cookie'] ?? ''))) faults.push(`${where} sets a cookie`);
    }
    t.strictSame(faults, [], route.url);
  }
});

const PATHS = [
  '/%00',
  '/../etc/passwd',
  '/public/../package.json',
  '/public/..%2fpackage.json',
  '/public/%2e%2e%2fpackage.json',
  '/public/....//x',
  '/public/.env',
  '//',
  '///',
  '//jahat.test/',
  '/%',
  '/%zz',
  '/%ED%A0%80',
  '/%C0%AE%C0%AE/',
  `/${'a'.repeat(8000)}`,
  `/${'a/'.repeat(3000)}`,
  '/admin/',
  '/ADMIN',
  '/admin;x=1',
  '/admin%2faccess-codes',
  '/admin/access-codes/%00',
  '/admin/access-codes/-1',
  '/admin/access-codes/0',
  '/admin/access-codes/1e3',
  '/admin/access-codes/1.5',
  '/admin/access-codes/01',
  '/admin/access-codes/9007199254740993',
  '/admin/access-codes/99999999999999999999999',
  '/admin/access-codes/1%0d%0a',
  '/admin/access-codes/1 2',
  '/admin/access-codes/１',
  "/admin/access-codes/1'--",
  '/admin/access-codes/__proto__',
  '/access-code-requests/KA-0000-0000',
  '/access-code-requests/%3Cscript%3Ealert(1)',
  '/set-up/x',
  '/set-up/%00',
  '/*',
  '/:id',
  '/.git/config',
];
/** Ways in which a number may be written, and a stroke at the end. */
const FOUND = new Set(['/admin/', '/admin/access-codes/01', '/admin/access-codes/1%0d%0a']);

t.test('addresses: paths that nobody should ask for', async (t) => {
  const trial = await openTrial(t);
  for (const browser of [trial.ipms.visitor(), trial.admin])
    for (const path of PATHS) {
      const faults: string[] = [];
      const answer = await browser.get(path.replace(' ', '%20').replace('１', '%EF%BC%91'));
      if (![200, 303, 400, 404, 414].includes(answer.status)) faults.push(`→ ${answer.status}`);
      if (answer.status === 200 && !FOUND.has(path)) faults.push('is found');
      if (answer.status !== 303) {
        if (!/^text\/html/.test(String(answer.headers['content-type']))) faults.push('is answered with no page');
        findMarkup(faults, 'the page', answer);
      }
      t.strictSame(faults, [], path.slice(0, 60));
    }
});
