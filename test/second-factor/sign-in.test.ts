import { t } from 'tap';
import { digest } from '../../src/base/secrets.ts';
import { MINUTE } from '../../src/base/time.ts';
import { texts } from '../../src/texts.ts';
import { plantItems } from '../doors/items.ts';
import { addressOf, routesOf } from '../doors/routes.ts';
import { stateOfTables } from '../doors/tables.ts';
import { type Ipms, PASSWORD, startIpms } from '../helper.ts';
import { mailsNumbered, person, trailOf } from '../read.ts';
import {
  codeOf,
  enterCode,
  halfSignedIn,
  KNOWN_SECRET,
  nextCode,
  plantAuthenticator,
  STEP,
  wrongCode,
} from './phone.ts';

// SOP 4.20 step 1 with a second factor: the right password is half of a sign-in

const LOGIN = 'admin.jabatan';

const later = (ipms: Ipms, milliseconds: number) => {
  ipms.clock.now = new Date(ipms.clock.now.getTime() + milliseconds);
};

const NEW = 'Teratai#Ungu77kolam';

/** The link that somebody is mailed who has forgotten the password. */
async function forget(ipms: Ipms, id: number) {
  await ipms.db.updateTable('user').set({ recovery_email: 'rosnah@rumah.test' }).where('id', '=', id).execute();
  await ipms.visitor().submit('/password/forgot', '/password/forgot', { login: LOGIN });
  return (await mailsNumbered(ipms, 'reset')).at(-1)?.secret ?? '';
}

async function prepare(t: Parameters<typeof startIpms>[0]) {
  const ipms = await startIpms(t);
  const id = await plantAuthenticator(ipms, LOGIN);
  return { ipms, id, code: (steps = 0) => codeOf(ipms, KNOWN_SECRET, steps) };
}

t.test('after the password comes the code, and then the page that was wanted', async (t) => {
  const { ipms, id, code } = await prepare(t);
  const half = await halfSignedIn(ipms, LOGIN, '/admin/access-codes?q=siti');
  t.equal(half.place, '/login/code?next=%2Fadmin%2Faccess-codes%3Fq%3Dsiti');
  t.equal((await trailOf(ipms, 'user', id, 'user.signed-in')).length, 0, 'nobody has signed in yet');
  t.equal((await person(ipms, LOGIN)).last_sign_in_at, null);
  const page = await half.browser.get(half.place);
  const input = page.dom.querySelector('input[name=code]');
  t.equal(input?.getAttribute('autocomplete'), 'one-time-code');
  t.equal(input?.getAttribute('inputmode'), 'numeric');
  const _csrf = page.dom.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
  const wrong = await half.browser.post(half.place, { code: wrongCode(ipms, KNOWN_SECRET), _csrf });
  t.equal(wrong.status, 422);
  t.match(wrong.problems.code, texts['second-factor.wrong'].ms);
  const answer = await half.browser.post(half.place, { code: code(), _csrf });
  t.equal(answer.location, '/admin/access-codes?q=siti');
  t.equal((await half.browser.get(answer.location)).status, 200);
  t.match(await trailOf(ipms, 'user', id, 'user.signed-in'), [{ actor_user_id: id, actor_role: 'admin' }]);
});

t.test('the way on stays within the site', async (t) => {
  const { ipms, code } = await prepare(t);
  for (const next of ['//jahat.test', 'https://jahat.test/', '/\\jahat.test', '/.//jahat.test']) {
    const half = await halfSignedIn(ipms, LOGIN, next);
    t.equal(half.place, '/login/code', next);
    const place = `/login/code?next=${encodeURIComponent(next)}`;
    t.equal((await half.browser.get(place)).dom.querySelector('.sop')?.textContent, 'SOP 4.20');
    const _csrf = await half.browser.token(place);
    t.equal((await half.browser.post(place, { code: code(), _csrf })).location, '/admin', next);
    nextCode(ipms);
  }
});

t.test('without a second factor, the sign-in is what it was', async (t) => {
  const { ipms } = await prepare(t);
  const { place, browser } = await halfSignedIn(ipms, 'pegawai.jabatan', '/me/quota');
  t.equal(place, '/me/quota');
  t.equal((await browser.get(place)).status, 200);
  t.equal((await ipms.visitor().get('/login/code')).location, '/login');
  t.equal((await browser.get('/login/code')).location, '/me', 'whoever is in needs no code');
});

t.test('a wrong password does not tell whether there is a second factor', async (t) => {
  const { ipms } = await prepare(t);
  const wrong = (login: string) => ipms.visitor().submit('/login', '/login', { login, password: 'Bukan@katalaluan1' });
  const [one, other] = [await wrong(LOGIN), await wrong('admin.kementerian')];
  t.equal(one.status, other.status);
  const plain = (html: string) => html.replace(/name="_csrf" value="[^"]*"/g, '').replaceAll(/admin\.\w+/g, '');
  t.equal(plain(one.html.replaceAll('admin.jabatan', '')), plain(other.html.replaceAll('admin.kementerian', '')));
  t.same(Object.keys(one.headers).sort(), Object.keys(other.headers).sort());
});

t.test('the codes of the step before and after are taken, those further away are not', async (t) => {
  for (const [steps, status] of [
    [-2, 422],
    [-1, 303],
    [0, 303],
    [1, 303],
    [2, 422],
  ] as const) {
    const { ipms, code } = await prepare(t);
    const { browser } = await halfSignedIn(ipms, LOGIN);
    t.equal((await enterCode(browser, code(steps))).status, status, `${steps} steps from now`);
  }
});

t.test('a code is good once, and those before it no more, also when the clock is set back', async (t) => {
  const { ipms, code } = await prepare(t);
  const [first, second] = [await halfSignedIn(ipms, LOGIN), await halfSignedIn(ipms, LOGIN)];
  const [before, used] = [code(-1), code()];
  t.equal((await enterCode(first.browser, used)).status, 303);
  t.equal((await enterCode(second.browser, used)).status, 422, 'the same');
  t.equal((await enterCode(second.browser, before)).status, 422, 'one before it');
  later(ipms, -STEP);
  t.equal((await enterCode(second.browser, code())).status, 422, 'the clock goes back a step');
  t.equal((await enterCode(second.browser, used)).status, 422);
  later(ipms, 2 * STEP);
  t.equal((await enterCode(second.browser, code())).status, 303, 'the next one is good');
});

t.test('one code in two browsers at once: one of them gets in', async (t) => {
  const { ipms, id, code } = await prepare(t);
  const halves = await Promise.all([halfSignedIn(ipms, LOGIN), halfSignedIn(ipms, LOGIN)]);
  const fields = await Promise.all(
    halves.map(async ({ browser }) => ({ code: code(), _csrf: await browser.token('/login/code') })),
  );
  const answers = await Promise.all(halves.map(({ browser }, at) => browser.post('/login/code', fields[at] ?? {})));
  t.same(answers.map((answer) => answer.status).sort(), [303, 422]);
  t.equal((await trailOf(ipms, 'user', id, 'user.signed-in')).length, 1);
});

t.test('a double click signs in once, and shows no error', async (t) => {
  const { ipms, id, code } = await prepare(t);
  const { browser } = await halfSignedIn(ipms, LOGIN);
  const fields = { code: code(), _csrf: await browser.token('/login/code') };
  const answers = await Promise.all([browser.post('/login/code', fields), browser.post('/login/code', fields)]);
  t.same(
    answers.map((answer) => answer.status),
    [303, 303],
  );
  t.equal((await trailOf(ipms, 'user', id, 'user.signed-in')).length, 1);
});

t.test('five wrong codes lock it for 15 minutes, however often the password is given in between', async (t) => {
  const { ipms, id, code } = await prepare(t);
  for (let tries = 0; tries < 5; tries += 1) {
    const { browser, place } = await halfSignedIn(ipms, LOGIN);
    t.equal(place, '/login/code', 'the right password uses up no try');
    t.equal((await enterCode(browser, wrongCode(ipms, KNOWN_SECRET))).problems.code, texts['second-factor.wrong'].ms);
    if (tries < 4) continue;
    const shut = await enterCode(browser, code());
    t.equal(shut.status, 422);
    t.match(shut.text, 'Cuba lagi selepas 15 minit', 'also to the right code');
  }
  const login = await ipms.visitor().submit('/login', '/login', { login: LOGIN, password: PASSWORD });
  t.match(login.text, 'Cuba lagi selepas 15 minit', 'and to the right password');
  t.match(await trailOf(ipms, 'user', id, 'user.code-tries-shut'), [{ actor_role: 'visitor', sop: '4.20' }]);
  t.match(await mailsNumbered(ipms, 'code-tries-shut'), [{ to_address: 'admin.jabatan@jabatan.test' }]);
  later(ipms, 15 * MINUTE);
  const { browser } = await halfSignedIn(ipms, LOGIN);
  t.equal((await enterCode(browser, code())).status, 303);
});

t.test('wrong codes that come together are counted one by one', async (t) => {
  const { ipms } = await prepare(t);
  const halves = await Promise.all(
    Array.from({ length: 9 }, async () => {
      const { browser } = await halfSignedIn(ipms, LOGIN);
      return { browser, _csrf: await browser.token('/login/code') };
    }),
  );
  const code = wrongCode(ipms, KNOWN_SECRET);
  const answers = await Promise.all(halves.map(({ browser, _csrf }) => browser.post('/login/code', { code, _csrf })));
  t.equal(answers.filter((answer) => answer.problems.code !== undefined).length, 5);
  t.equal((await mailsNumbered(ipms, 'code-tries-shut')).length, 1, 'and the person is told once');
});

t.test('wrong codes and wrong passwords count together, and a right code begins anew', async (t) => {
  const { ipms, code } = await prepare(t);
  const wrong = () => ipms.visitor().submit('/login', '/login', { login: LOGIN, password: 'Bukan@katalaluan1' });
  for (let tries = 0; tries < 4; tries += 1) await wrong();
  const { browser } = await halfSignedIn(ipms, LOGIN);
  t.equal((await enterCode(browser, code())).status, 303, 'four wrong passwords, then both right');
  for (let tries = 0; tries < 4; tries += 1) await wrong();
  const half = await halfSignedIn(ipms, LOGIN);
  await enterCode(half.browser, wrongCode(ipms, KNOWN_SECRET));
  nextCode(ipms);
  t.match((await enterCode(half.browser, code())).text, 'Terlalu banyak percubaan');
});

t.test('thirty wrong codes from one network address: 429', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_TRUST_PROXY: '127.0.0.1' } });
  const from = { 'x-forwarded-for': '203.0.113.7' };
  await plantAuthenticator(ipms, LOGIN);
  const { browser } = await halfSignedIn(ipms, LOGIN);
  const _csrf = await browser.token('/login/code');
  const code = wrongCode(ipms, KNOWN_SECRET);
  for (let tries = 0; tries < 30; tries += 1) {
    t.equal((await browser.post('/login/code', { code, _csrf }, from)).status, 422);
    await ipms.db.deleteFrom('throttle').where('user_id', 'is not', null).execute();
  }
  const shut = await browser.post('/login/code', { code, _csrf }, from);
  t.equal(shut.status, 429);
  t.equal(Number(shut.headers['retry-after']), 15 * 60);
});

t.test('half a sign-in opens nothing: not one route, and not one row changes', async (t) => {
  const { ipms } = await prepare(t);
  const items = await plantItems(ipms);
  const { browser } = await halfSignedIn(ipms, LOGIN);
  const visitor = ipms.visitor();
  const [token, other] = [await browser.token('/login/code'), await visitor.token('/login')];
  const before = await stateOfTables(ipms.db);
  const closed = routesOf(ipms.app).filter((route) => !route.config.access?.includes('anyone'));
  t.ok(closed.length > 100, 'there are routes');
  for (const route of closed) {
    const address = addressOf(route, items);
    const [mine, theirs] =
      route.method === 'GET'
        ? [await browser.get(address), await visitor.get(address)]
        : [await browser.post(address, { _csrf: token }), await visitor.post(address, { _csrf: other })];
    if (mine.status !== 303 || mine.location !== theirs.location)
      t.fail(`${route.method} ${address} → ${mine.status} ${mine.location}, a visitor ${theirs.location}`);
  }
  t.strictSame(await stateOfTables(ipms.db), before);
  t.notMatch((await browser.get('/')).html, 'Rosnah binti Ismail', 'nor does it know a name');
});

t.test('half a sign-in is no session of the person yet', async (t) => {
  const { ipms, id, code } = await prepare(t);
  const { browser } = await halfSignedIn(ipms, LOGIN);
  const rows = await ipms.db.selectFrom('session').selectAll().execute();
  t.match(rows, [{ user_id: null, pending_user_id: id }]);
  await enterCode(browser, code());
  await halfSignedIn(ipms, LOGIN);
  t.equal((await browser.get('/me/sessions')).dom.querySelector('main tbody')?.querySelectorAll('tr').length, 1);
});

t.test('it waits ten minutes', async (t) => {
  const { ipms, code } = await prepare(t);
  const { browser } = await halfSignedIn(ipms, LOGIN, '/admin/groups');
  later(ipms, 10 * MINUTE - 1);
  t.equal((await browser.get('/login/code')).status, 200);
  const _csrf = await browser.token('/login/code');
  later(ipms, 1);
  const late = await browser.post('/login/code?next=%2Fadmin%2Fgroups', { code: code(), _csrf });
  t.equal(late.location, '/login?next=%2Fadmin%2Fgroups', 'what was wanted is not forgotten');
  t.match((await browser.get(late.location)).text, texts['second-factor.tooLate'].ms);
  t.equal((await browser.get('/admin')).status, 303);
});

t.test('each step has a session id of its own, and signing out ends the waiting', async (t) => {
  const { ipms, code } = await prepare(t);
  const { browser } = await halfSignedIn(ipms, LOGIN);
  const half = browser.cookies.get('ipms') ?? '';
  await enterCode(browser, code());
  t.not(browser.cookies.get('ipms'), half);
  const old = ipms.visitor();
  old.carry('ipms', decodeURIComponent(half));
  t.equal((await old.get('/login/code')).location, '/login');
  const id = decodeURIComponent(half).split('.')[0] ?? '';
  t.equal((await ipms.db.selectFrom('session').selectAll().where('id', '=', digest(id)).execute()).length, 0);

  const other = await halfSignedIn(ipms, LOGIN);
  await other.browser.submit('/login/code', '/logout');
  t.equal((await other.browser.get('/login/code')).location, '/login');
});

t.test('it ends when the person is disabled, deleted, gets another role or password, or is helped', async (t) => {
  const { ipms, id, code } = await prepare(t);
  const set = (values: Parameters<ReturnType<Ipms['db']['updateTable']>['set']>[0]) =>
    ipms.db
      .updateTable('user')
      .set(values as never)
      .where('id', '=', id)
      .execute();
  for (const values of [{ status: 'disabled' }, { status: 'deleted' }, { password_hash: 'another' }]) {
    const { password_hash, status } = await person(ipms, LOGIN);
    const { browser } = await halfSignedIn(ipms, LOGIN);
    const _csrf = await browser.token('/login/code');
    await set(values as never);
    t.equal((await browser.post('/login/code', { code: code(), _csrf })).location, '/login', JSON.stringify(values));
    await set({ password_hash, status } as never);
  }
  const helpdesk = await ipms.signIn('meja.bantuan');
  const { browser } = await halfSignedIn(ipms, LOGIN);
  await helpdesk.submit(`/helpdesk/admins/${id}/withdraw`, `/helpdesk/admins/${id}/withdraw`, { leave_without: '1' });
  t.equal((await person(ipms, LOGIN)).role, 'user');
  t.equal((await browser.get('/login/code')).location, '/login', 'whatever ends sessions ends the waiting, too');
});

t.test('the link for a forgotten password leads to the code all the same', async (t) => {
  const { ipms, id, code } = await prepare(t);
  const link = await forget(ipms, id);
  const visitor = ipms.visitor();
  const answer = await visitor.submit(link, link, { new_password: NEW, confirm_password: NEW });
  t.equal(answer.location, '/login');
  t.equal((await visitor.get('/admin')).status, 303, 'the link signs nobody in');
  const login = await visitor.submit('/login', '/login', { login: LOGIN, password: NEW });
  t.equal(login.location, '/login/code');
  t.equal((await visitor.get('/admin')).status, 303, 'nor does the new password');
  t.equal((await enterCode(visitor, code())).location, '/admin');
});

t.test('nor does that link open what wrong codes have shut: else each link would be good for five more', async (t) => {
  const { ipms, id, code } = await prepare(t);
  const { browser } = await halfSignedIn(ipms, LOGIN);
  for (let tries = 0; tries < 5; tries += 1) await enterCode(browser, wrongCode(ipms, KNOWN_SECRET));
  const link = await forget(ipms, id);
  const visitor = ipms.visitor();
  await visitor.submit(link, link, { new_password: NEW, confirm_password: NEW });
  const shut = await visitor.submit('/login', '/login', { login: LOGIN, password: NEW });
  t.match(shut.text, 'Cuba lagi selepas 15 minit');
  later(ipms, 15 * MINUTE);
  await visitor.submit('/login', '/login', { login: LOGIN, password: NEW });
  t.equal((await enterCode(visitor, code())).location, '/admin');
});

t.test('who may not: another’s code, and a secret that was copied from another’s row', async (t) => {
  const { ipms, id, code } = await prepare(t);
  const other = await plantAuthenticator(ipms, 'pegawai.jabatan');
  const row = await ipms.db
    .selectFrom('authenticator')
    .select('sealed_secret')
    .where('user_id', '=', other)
    .executeTakeFirstOrThrow();
  await ipms.db.updateTable('authenticator').set(row).where('user_id', '=', id).execute();
  const { browser } = await halfSignedIn(ipms, LOGIN);
  t.equal((await enterCode(browser, code())).status, 422);
  t.equal((await trailOf(ipms, 'user', id, 'user.signed-in')).length, 0);
});
