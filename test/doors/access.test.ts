import { t } from 'tap';
import type { Access } from '../../src/base/actor.ts';
import type { MustFirst } from '../../src/web/app-types.ts';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';
import { type Items, plantItems } from './items.ts';
import { comeIn, PEOPLE, type Person } from './people.ts';
import { addressOf, isAgencyItem, type Route, routesOf } from './routes.ts';
import { stateOfTables } from './tables.ts';

// Who may use which address: every route, walked by everybody who could come.

/** Pages that everybody may see; a new one is added here on purpose. */
const OPEN = new Set([
  'GET /',
  'POST /language',
  'POST /logout',
  'GET /public/:file',
  'GET /favicon.ico',
  'GET /robots.txt',
  'GET /.well-known/change-password',
  'GET /.well-known/security.txt',
  'GET /healthz',
  'GET /metrics', // looks by itself at the network address, or for a token
  'GET /access-code-requests/status',
  'POST /access-code-requests/status',
  'GET /login',
  'POST /login',
  'GET /login/code',
  'GET /login/passkey',
  'POST /login/code',
  'POST /login/passkey',
  'GET /password/forgot',
  'POST /password/forgot',
  'GET /password/reset/:token',
  'POST /password/reset/:token',
  'GET /set-up/:token',
  'POST /set-up/:token',
  'GET /access-code-requests/new',
  'POST /access-code-requests/new',
  'GET /access-code-requests/:reference',
  'GET /register',
  'POST /register',
]);

/** Who is led to one page, and kept at it. */
const LED: Partial<Record<Person, MustFirst>> = { mustChange: '/me/password', mustSetUp: '/me/second-factor' };

/** Whom an address lets in, by its beginning. */
const BEGINNINGS: [string, Access[]][] = [
  ['/admin', ['admin']],
  ['/helpdesk', ['helpdesk']],
  ['/register/', ['applicant']],
  ['/me', ['user', 'admin', 'helpdesk']],
];

type Answer = 'in' | 'sign-in' | 'register' | 'forbidden' | MustFirst;

const ROLE: Record<Person, string> = {
  visitor: 'visitor',
  applicant: 'applicant',
  user: 'user',
  admin: 'admin',
  otherAdmin: 'admin',
  helpdesk: 'helpdesk',
  disabled: 'visitor',
  mustChange: 'admin',
  mustSetUp: 'admin',
  half: 'visitor',
};

function expected({ config }: Route, person: Person): Answer {
  const access: readonly string[] = config.access ?? [];
  const role = ROLE[person];
  if (access.includes('anyone')) return 'in';
  if (!access.includes(role) && !(role === 'admin' && access.includes('user'))) {
    if (access.includes('applicant')) return 'register';
    return role === 'visitor' || role === 'applicant' ? 'sign-in' : 'forbidden';
  }
  const led = LED[person];
  return led !== undefined && config.first !== led ? led : 'in';
}

function answered(page: { status: number; location: string }, route: Route, address: string): Answer | string {
  const back = route.method === 'GET' ? `/login?next=${encodeURIComponent(address)}` : '/login';
  if (page.status === 403) return 'forbidden';
  if (page.status === 303 && route.url !== '/register' && page.location === '/register') return 'register';
  if (page.status === 303 && !route.config.access?.includes('anyone') && page.location === back) return 'sign-in';
  if (route.url === '/.well-known/change-password') return 'in'; // it leads everybody there
  for (const led of Object.values(LED))
    if (page.status === 303 && page.location === led && !route.url.startsWith(led)) return led;
  return page.status < 500 ? 'in' : `status ${page.status}`;
}

async function ask(browser: Visitor, route: Route, address: string) {
  if (route.method === 'GET') return browser.get(address);
  return browser.post(address, { _csrf: await browser.token('/password/forgot') });
}

async function prepare(t: Parameters<typeof startIpms>[0]): Promise<{ ipms: Ipms; items: Items }> {
  const ipms = await startIpms(t);
  return { ipms, items: await plantItems(ipms) };
}

t.test('every route declares access that fits its address', async (t) => {
  const { app } = await startIpms(t);
  for (const route of routesOf(app)) {
    const name = `${route.method} ${route.url}`;
    const { access = [] } = route.config;
    if (access.includes('anyone')) {
      t.ok(OPEN.has(name), `${name} is open to everybody: add it to OPEN in test/doors/access.test.ts if it should be`);
      continue;
    }
    const known = BEGINNINGS.find(([beginning]) => `${route.url}/`.startsWith(beginning));
    if (known === undefined)
      t.fail(`${name}: say in BEGINNINGS in test/doors/access.test.ts whom such addresses let in`);
    else for (const each of access) t.ok(known[1].includes(each), `${name} is not for ${each}`);
  }
});

/** A reading of these is written down: a file that somebody attached leaves the house. */
const NOTED = /\/attachments\/:id$/;

for (const person of PEOPLE) {
  t.test(`${person}: is let in, or sent away, as declared`, async (t) => {
    const { ipms, items } = await prepare(t);
    const browser = await comeIn(ipms, person, items);
    const ways = routesOf(ipms.app);
    for (const { url } of ways.filter(({ url }) => NOTED.test(url)))
      await browser.get(addressOf({ method: 'GET', url } as Route, items));
    const before = await stateOfTables(ipms.db);
    const refused = (route: Route) => expected(route, person) !== 'in';
    for (const route of ways.filter((each) => !NOTED.test(each.url) && (each.method === 'GET' || refused(each)))) {
      const address = addressOf(route, items);
      const page = await ask(browser, route, address);
      t.equal(answered(page, route, address), expected(route, person), `${route.method} ${address} → ${page.status}`);
    }
    t.strictSame(await stateOfTables(ipms.db), before, 'no page, and nothing that was refused, changes a row');
  });

  t.test(`${person}: whoever may send a form gets past the door`, async (t) => {
    const { ipms, items } = await prepare(t);
    for (const route of routesOf(ipms.app, 'POST').filter((each) => expected(each, person) === 'in')) {
      await ipms.db.updateTable('user').set({ status: 'active', must_change_password: 0 }).execute();
      await ipms.db.deleteFrom('system_setting').execute();
      const browser = await comeIn(ipms, person, items);
      const address = addressOf(route, items);
      const page = await ask(browser, route, address);
      t.equal(answered(page, route, address), 'in', `${route.method} ${address} → ${page.status}`);
    }
  });
}

t.test('another agency: its items are not there, as if they had never been', async (t) => {
  const { ipms, items } = await prepare(t);
  const other = await comeIn(ipms, 'otherAdmin', items);
  const before = await stateOfTables(ipms.db);
  const plain = (text: string) => text.replace(/[0-9A-F]{10}/, '');
  const routes = routesOf(ipms.app).filter(isAgencyItem);
  t.ok(routes.length > 0, 'there are such routes');
  for (const route of routes) {
    const page = await ask(other, route, addressOf(route, items));
    const never = await ask(other, route, route.url.replace(/:\w+/, '999999'));
    t.equal(page.status, 404, `${route.method} ${route.url}`);
    t.equal(plain(page.text), plain(never.text), `${route.method} ${route.url} gives nothing away`);
  }
  t.strictSame(await stateOfTables(ipms.db), before, 'nothing changed');
});

t.test('the own agency finds each of its items', async (t) => {
  const { ipms, items } = await prepare(t);
  const admin = await comeIn(ipms, 'admin', items);
  for (const route of routesOf(ipms.app, 'GET').filter(isAgencyItem)) {
    const page = await admin.get(addressOf(route, items));
    t.ok(page.status === 200 || page.status === 303, `GET ${route.url} → ${page.status}`);
  }
});

t.test('a route that declares nothing stops the start', async (t) => {
  await t.rejects(
    startIpms(t, { extend: (app) => app.get('/forgotten-door', async () => 'open') }),
    /GET \/forgotten-door does not declare who may use it/,
  );
  await t.rejects(
    startIpms(t, { extend: (app) => app.post('/empty', { config: { access: [] } }, async () => 'open') }),
    /does not declare/,
  );
});

t.test('HEAD is guarded like the GET that it stands for', async (t) => {
  const { ipms, items } = await prepare(t);
  for (const route of routesOf(ipms.app, 'GET').filter((each) => expected(each, 'visitor') !== 'in')) {
    const answer = await ipms.app.inject({ method: 'HEAD', url: addressOf(route, items) });
    t.equal(answer.statusCode, 303, `HEAD ${route.url}`);
  }
});
