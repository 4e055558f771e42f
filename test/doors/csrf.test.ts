import { t } from 'tap';
import { protectForms } from '../../src/web/csrf.ts';
import { type Ipms, startIpms, type Visitor } from '../helper.ts';
import { type Items, plantItems } from './items.ts';
import { comeIn, type Person } from './people.ts';
import { addressOf, routesOf, userOf } from './routes.ts';
import { stateOfTables } from './tables.ts';

// No form of another site, and none without a page of ours before it, changes anything.

const PAGE = '/password/forgot';

type Attack = (browser: Visitor, address: string, stranger: Visitor) => ReturnType<Visitor['post']>;

const from =
  (headers: Record<string, string>): Attack =>
  async (browser, address) =>
    browser.post(address, { _csrf: await browser.token(PAGE) }, headers);

const ATTACKS: Record<string, Attack> = {
  'without a token': (browser, address) => browser.post(address, {}),
  'with an empty body': (browser, address) => browser.send('POST', address),
  'with an empty token': (browser, address) => browser.post(address, { _csrf: '' }),
  'with a made-up token': (browser, address) =>
    browser.post(address, { _csrf: 'abcdefgh-XXXXXXXXXXXXXXXXXXXXXXXXXXX' }),
  "with another browser's token": async (browser, address, stranger) =>
    browser.post(address, { _csrf: await stranger.token(PAGE) }),
  'with the token twice': async (browser, address) => {
    const token = await browser.token(PAGE);
    return browser.post(address, { _csrf: [token, token] });
  },
  'with the token in the address': async (browser, address) =>
    browser.post(`${address}?_csrf=${encodeURIComponent(await browser.token(PAGE))}`, {}),
  'with the token in a header': async (browser, address) =>
    browser.post(address, {}, { 'csrf-token': await browser.token(PAGE) }),
  'from another site': from({ 'sec-fetch-site': 'cross-site' }),
  'from a neighbour of the same domain': from({ 'sec-fetch-site': 'same-site' }),
  'from another origin': from({ origin: 'https://jahat.test' }),
  'from another port': from({ origin: 'http://localhost:81' }),
  'from no origin that has a name': from({ origin: 'null' }),
};

async function prepare(t: Parameters<typeof startIpms>[0]): Promise<{ ipms: Ipms; items: Items }> {
  const ipms = await startIpms(t);
  return { ipms, items: await plantItems(ipms) };
}

for (const [how, attack] of Object.entries(ATTACKS)) {
  t.test(`a POST ${how} is refused on every route, and nothing changes`, async (t) => {
    const { ipms, items } = await prepare(t);
    const stranger = ipms.visitor();
    const browsers = new Map<string, Visitor>();
    for (const person of ['visitor', 'applicant', 'user', 'admin', 'helpdesk'] as Person[])
      browsers.set(person, await comeIn(ipms, person, items));
    const before = await stateOfTables(ipms.db);
    const routes = routesOf(ipms.app, 'POST');
    t.ok(routes.length > 5, 'there are routes to try');
    for (const route of routes) {
      const address = addressOf(route, items);
      const who = userOf(route) === 'anyone' ? 'visitor' : userOf(route);
      const browser = browsers.get(who) as Visitor;
      await browser.get(PAGE);
      const answer = await attack(browser, address, stranger);
      t.equal(answer.status, 403, `${who}: POST ${route.url}`);
      t.match(answer.text, /borang itu tidak dikenali/i, `POST ${route.url} says what to do`);
    }
    t.strictSame(await stateOfTables(ipms.db), before, 'nothing changed');
    for (const person of ['user', 'admin', 'helpdesk'])
      t.equal((await browsers.get(person)?.get('/'))?.status, 303, `${person} is still signed in`);
  });
}

t.test('the token is looked at before the access: a visitor without one hears nothing of the door', async (t) => {
  const { ipms, items } = await prepare(t);
  for (const route of routesOf(ipms.app, 'POST').filter((each) => userOf(each) !== 'anyone'))
    t.equal((await ipms.visitor().post(addressOf(route, items), {})).status, 403, route.url);
});

t.test('forms of this site, and of browsers that do not say where from, are taken', async (t) => {
  const { ipms } = await prepare(t);
  const all: Record<string, string>[] = [
    {},
    { 'sec-fetch-site': 'same-origin', origin: 'http://localhost' },
    { 'sec-fetch-site': 'none' },
    { origin: 'http://ipms.contoh.test:3000', host: 'ipms.contoh.test:3000' },
    { origin: ipms.app.baseUrl() },
  ];
  for (const headers of all) {
    const browser = ipms.visitor();
    const answer = await browser.post('/language', { language: 'en', _csrf: await browser.token(PAGE) }, headers);
    t.equal(answer.status, 303, JSON.stringify(headers));
  }
});

t.test('signing in makes the tokens of before worth nothing', async (t) => {
  const { ipms } = await prepare(t);
  const browser = ipms.visitor();
  const token = await browser.token('/login');
  const answer = await browser.post('/login', { login: 'admin.jabatan', password: 'Contoh@2026ipms', _csrf: token });
  t.equal(answer.status, 303);
  t.equal((await browser.post('/language', { language: 'en', _csrf: token })).status, 403);
});

t.test('a form cookie that was planted beside a session, with its token, is worth nothing', async (t) => {
  const { ipms, items } = await prepare(t);
  const stranger = ipms.visitor();
  const _csrf = await stranger.token(PAGE);
  const planted = decodeURIComponent(stranger.cookies.get('ipms-form') ?? '');
  for (const who of ['applicant', 'user', 'admin', 'helpdesk'] as Person[]) {
    const browser = await comeIn(ipms, who, items);
    browser.carry('ipms-form', planted);
    t.equal((await browser.post('/logout', { _csrf })).status, 403, who);
  }
});

t.test("a session's tokens are worth nothing beside another session of the same browser, nor after it", async (t) => {
  const { ipms } = await prepare(t);
  const browser = await ipms.signIn('admin.jabatan');
  const _csrf = await browser.token('/admin');
  const other = await ipms.signIn('admin.jabatan');
  browser.carry('ipms', decodeURIComponent(other.cookies.get('ipms') ?? ''));
  t.equal((await browser.post('/language', { language: 'en', _csrf })).status, 403);
});

t.test('the form of a session that is over leads to the sign-in page', async (t) => {
  const { ipms } = await prepare(t);
  const browser = await ipms.signIn('pegawai.jabatan');
  const _csrf = await browser.token('/me/profile');
  await ipms.db.deleteFrom('session').execute();
  const answer = await browser.post('/me/profile', { _csrf });
  t.equal(answer.status, 303);
  t.match(answer.location, /^\/login/);
  const again = await browser.submit('/login', '/login', { login: 'pegawai.jabatan', password: 'Contoh@2026ipms' });
  t.equal(again.location, '/me');
});

t.test('a route is protected wherever it is declared', async (t) => {
  let carried = 0;
  const config = { access: ['anyone'] } as const;
  const ipms = await startIpms(t, {
    extend(app) {
      app.post('/late', { config }, async () => {
        carried += 1;
        return 'done';
      });
      app.register(async (part) => {
        for (const method of ['PUT', 'PATCH', 'DELETE'] as const)
          part.route({
            method,
            url: '/within',
            config,
            handler: async () => {
              carried += 1;
              return 'done';
            },
          });
      });
    },
  });
  t.equal((await ipms.visitor().post('/late', {})).status, 403);
  for (const method of ['PUT', 'PATCH', 'DELETE'] as const)
    t.equal((await ipms.app.inject({ method, url: '/within' })).statusCode, 403, method);
  t.equal(carried, 0, 'no handler ran');
});

t.test('without the protection there is no start', async (t) => {
  const { app } = await startIpms(t);
  const bare = {
    register: async () => undefined,
    csrfProtection: undefined,
    settings: app.settings,
    secrets: app.secrets,
  };
  await t.rejects(protectForms(bare as never), /the form protection did not load/);
});
