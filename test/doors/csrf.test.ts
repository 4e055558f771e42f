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
  'from another site': async (browser, address) =>
    browser.post(address, { _csrf: await browser.token(PAGE) }, { 'sec-fetch-site': 'cross-site' }),
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
  for (const from of ['same-origin', 'same-site', 'none', undefined]) {
    const browser = ipms.visitor();
    const headers: Record<string, string> = from === undefined ? {} : { 'sec-fetch-site': from };
    const answer = await browser.post('/language', { language: 'en', _csrf: await browser.token(PAGE) }, headers);
    t.equal(answer.status, 303, `Sec-Fetch-Site: ${from}`);
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
  const bare = { register: async () => undefined, csrfProtection: undefined };
  await t.rejects(protectForms(bare as never, false), /the form protection did not load/);
});
