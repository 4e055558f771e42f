import { t } from 'tap';
import { RuleBroken, WrongTry } from '../../src/base/errors.ts';
import { later, MINUTE } from '../../src/base/time.ts';
import { inAct, UNSET } from '../../src/data/act.ts';
import { runDue } from '../../src/due.ts';
import { signInWithPasskey } from '../../src/sign-in/passkeys/passkey.ts';
import { texts } from '../../src/texts.ts';
import { PASSWORD, startIpms, type Visitor } from '../helper.ts';
import { actorOf } from '../make.ts';
import { mailsNumbered, person, trailOf } from '../read.ts';
import { enterCode, halfSignedIn, plantAuthenticator } from '../second-factor/phone.ts';
import { addPasskeyOf, askedBy, BASE, Device, PLACE, signInBy, startNamed } from './device.ts';

// SOP 4.20 step 1 with a passkey: in place of the password, and in place of the code after it

const LOGIN = 'admin.jabatan';
const isIn = async (browser: Visitor) => (await browser.get('/admin')).status === 200;

t.test('a passkey signs in without a password, and says so in the audit trail', async (t) => {
  const ipms = await startNamed(t);
  const { device } = await addPasskeyOf(ipms, LOGIN);
  const { id } = await person(ipms, LOGIN);
  const browser = ipms.visitor();
  const page = await browser.get('/login');
  const form = page.dom.querySelector('form[data-passkey]');
  t.ok(form?.hasAttribute('hidden'), 'the button is there for scripts to show');
  t.match(page.text, texts['passkey.needsScripts'].ms);
  t.match(form?.getAttribute('data-script'), /passkey/);
  const asked = await askedBy(browser, '/login/passkey');
  t.match(asked, { rpId: 'localhost', userVerification: 'required', allowCredentials: [] });
  const answer = await signInBy(browser, device);
  t.match(answer, { status: 303, location: '/admin' });
  t.ok(await isIn(browser));
  const trail = await trailOf(ipms, 'user', id, 'user.signed-in');
  t.match(trail.at(-1), { actor_user_id: id });
  t.same(JSON.parse(trail.at(-1)?.after ?? ''), { passkey: 'Komputer riba' });
  t.match((await browser.get('/me/sessions')).text, 'dengan kunci laluan “Komputer riba”');
  const kept = await ipms.db.selectFrom('passkey').selectAll().executeTakeFirstOrThrow();
  t.match(kept, { counter: 1, last_used_at: ipms.clock.now.toISOString(), user_id: id });
  t.equal((await signInBy(ipms.visitor(), device)).status, 303, 'and again');
});

t.test('the page that was wanted comes next, on this site alone', async (t) => {
  const ipms = await startNamed(t);
  const { device } = await addPasskeyOf(ipms, LOGIN);
  for (const [next, place] of [
    ['/admin/access-codes?q=siti', '/admin/access-codes?q=siti'],
    ['//jahat.test', '/admin'],
  ] as const) {
    const browser = ipms.visitor();
    const page = await browser.get(`/login?next=${encodeURIComponent(next)}`);
    const form = page.dom.querySelector('form[data-passkey]');
    const _csrf = form?.querySelector('[name=_csrf]')?.getAttribute('value') ?? '';
    const credential = device.sign(await askedBy(browser, '/login/passkey'));
    const answer = await browser.post(form?.getAttribute('action') ?? '', { _csrf, credential });
    t.equal(answer.location, place);
  }
});

t.test('a passkey tells nothing of the password, which is asked where it is always asked', async (t) => {
  const ipms = await startNamed(t);
  const { device } = await addPasskeyOf(ipms, LOGIN);
  const browser = ipms.visitor();
  await signInBy(browser, device);
  const asked = await browser.submit(PLACE, `${PLACE}/recovery-codes`);
  t.equal(asked.status, 200);
  t.ok(asked.dom.querySelector('[name=current_password]'), 'the page that asks for it');
  t.equal((await ipms.db.selectFrom('recovery_code').selectAll().execute()).length, 10);
});

t.test('after the right password it stands in place of the code, and is named only then', async (t) => {
  const ipms = await startNamed(t);
  const { device } = await addPasskeyOf(ipms, LOGIN);
  const half = await halfSignedIn(ipms, LOGIN, '/admin/groups');
  t.equal(half.place, '/login/code?next=%2Fadmin%2Fgroups');
  const page = await half.browser.get(half.place);
  t.ok(page.dom.querySelector('form[data-passkey]')?.hasAttribute('hidden'));
  const main = page.dom.querySelectorAll('main button.main');
  t.same(
    main.map((each) => each.textContent),
    [texts['sign-in.button'].ms],
    'what can be used without scripts has the main button',
  );
  t.ok(page.dom.querySelector('form[data-passkey] button[data-main]'), 'which scripts hand on');
  t.notOk(
    page.dom.querySelector('form[data-passkey] ~ form a'),
    'no app, so there is no other way but a recovery code',
  );
  t.match((await askedBy(half.browser, '/login/passkey')).allowCredentials, [{ id: device.id.toString('base64url') }]);
  t.same((await askedBy(ipms.visitor(), '/login/passkey')).allowCredentials, [], 'nothing to a stranger');
  t.equal((await signInBy(half.browser, device, {}, half.place)).status, 303);
  t.ok(await isIn(half.browser));
  const page2 = await half.browser.get(PLACE);
  t.ok(page2.dom.querySelector('form[data-passkey]'), 'both were shown just now: another may be added');
});

t.test('a recovery code goes on to work, and where there is an app, its codes do', async (t) => {
  const ipms = await startNamed(t);
  const { codes } = await addPasskeyOf(ipms, LOGIN);
  t.equal(codes.length, 10);
  const half = await halfSignedIn(ipms, LOGIN);
  t.equal((await enterCode(half.browser, codes[0] ?? '')).status, 303);
  t.ok(await isIn(half.browser));
  await plantAuthenticator(ipms, LOGIN);
  const page = await (await halfSignedIn(ipms, LOGIN)).browser.get('/login/code');
  t.ok(page.dom.querySelector('form[data-passkey]'));
  t.equal(page.dom.querySelector('[name=code]')?.getAttribute('inputmode'), 'numeric');
});

t.test('no answer of another site, for another purpose, or without the person being known', async (t) => {
  const ipms = await startNamed(t);
  const { device } = await addPasskeyOf(ipms, LOGIN);
  for (const [name, lies] of Object.entries({
    'another origin': { origin: 'http://localhost.jahat.test:8080' },
    'another port': { origin: 'http://localhost:8443' },
    'over TLS': { origin: 'https://localhost:8080' },
    'another relying party': { rpId: 'jahat.test' },
    'another ceremony': { type: 'webauthn.create' },
    'nobody was there': { flags: 0x04 },
    'nobody was known': { flags: 0x01 },
    'a made-up challenge': { challenge: Buffer.alloc(60, 7).toString('base64url') },
  })) {
    const browser = ipms.visitor();
    const answer = await signInBy(browser, device, lies);
    t.equal(answer.status, 422, name);
    t.match(answer.text, texts['passkey.wrong'].ms, name);
    t.equal((await browser.get('/admin')).location, '/login?next=%2Fadmin', name);
    ipms.clock.now = later(ipms.clock.now, 15 * MINUTE); // five in that time would shut it
  }
  t.match(await ipms.db.selectFrom('passkey').select(['counter', 'last_used_at']).execute(), [
    { counter: 0, last_used_at: null },
  ]);
});

t.test('a challenge is for one session, one purpose, ten minutes and one answer', async (t) => {
  const ipms = await startNamed(t);
  const { device, browser: own } = await addPasskeyOf(ipms, LOGIN);
  const browser = ipms.visitor();
  const _csrf = await browser.token('/login');
  const asked = await askedBy(browser, '/login/passkey');
  const credential = device.sign(asked);
  const other = ipms.visitor();
  const elsewhere = await other.post('/login/passkey', { _csrf: await other.token('/login'), credential });
  t.equal(elsewhere.status, 422, 'another browser');
  t.notOk(await isIn(other));
  const forAdding = await askedBy(own, `${PLACE}/passkeys/new`);
  const ownToken = await own.token(PLACE);
  const misused = await own.post('/login/passkey', { _csrf: ownToken, credential: device.sign(forAdding) });
  t.equal(misused.status, 422, 'what was asked for adding, in the same session');
  t.equal((await browser.post('/login/passkey', { _csrf, credential: device.sign(forAdding) })).status, 422);
  const [one, two] = await Promise.all([
    browser.post('/login/passkey', { _csrf, credential }),
    browser.post('/login/passkey', { _csrf, credential }),
  ]);
  t.same([one.status, two.status].sort(), [303, 422], 'of two at once, one');
  t.equal((await ipms.db.selectFrom('answered_challenge').selectAll().execute()).length, 2, 'that, and the adding');
  t.same(await trailOf(ipms, 'user', (await person(ipms, LOGIN)).id, 'user.passkey-copied'), []);

  const answered = () => ipms.db.selectFrom('answered_challenge').selectAll().execute();
  await runDue(ipms.db, later(ipms.clock.now, 10 * MINUTE - 1));
  t.equal((await answered()).length, 2, 'known as long as it could be answered again');
  await runDue(ipms.db, later(ipms.clock.now, 10 * MINUTE));
  t.equal((await answered()).length, 0);

  const slow = ipms.visitor();
  const token = await slow.token('/login');
  const late = await askedBy(slow, '/login/passkey');
  ipms.clock.now = new Date(ipms.clock.now.getTime() + 10 * 60_000);
  t.equal((await slow.post('/login/passkey', { _csrf: token, credential: device.sign(late) })).status, 422);
  t.notOk(await isIn(slow));
});

t.test("somebody else's passkey is no second half of a sign-in", async (t) => {
  const ipms = await startNamed(t);
  await addPasskeyOf(ipms, LOGIN);
  const { device: foreign } = await addPasskeyOf(ipms, 'admin.kementerian');
  const half = await halfSignedIn(ipms, LOGIN);
  const answer = await signInBy(half.browser, foreign, {}, '/login/code');
  t.match(answer, { status: 422 });
  t.match(answer.text, texts['passkey.wrong'].ms);
  t.notOk(await isIn(half.browser));
  const claimed = new Device();
  Object.assign(claimed, { id: foreign.id, handle: foreign.handle }); // all but the key
  t.equal((await signInBy(ipms.visitor(), claimed)).status, 422, 'another key under its id');
  foreign.handle = Buffer.from('somebody').toString('base64url');
  t.equal((await signInBy(ipms.visitor(), foreign)).status, 422, 'for another person than the one it is of');
  const unknown = await signInBy(ipms.visitor(), new Device());
  t.match(unknown.text, texts['passkey.wrong'].ms, 'one that nobody has added');
});

t.test('a counter that does not go on lets nobody in, and the person is told', async (t) => {
  const ipms = await startNamed(t);
  const { device } = await addPasskeyOf(ipms, LOGIN);
  const { id } = await person(ipms, LOGIN);
  device.counter = 7;
  t.equal((await signInBy(ipms.visitor(), device)).status, 303);
  for (const counter of [7, 3, 0]) {
    device.counter = counter - 1;
    const browser = ipms.visitor();
    const answer = await signInBy(browser, device);
    t.equal(answer.status, 422, `${counter} after 8`);
    t.match(answer.text, texts['passkey.copied'].ms);
    t.notOk(await isIn(browser));
  }
  t.match(await ipms.db.selectFrom('passkey').select('counter').execute(), [{ counter: 8 }]);
  t.equal((await trailOf(ipms, 'user', id, 'user.passkey-copied')).length, 3);
  t.equal((await mailsNumbered(ipms, 'passkey-copied')).length, 3);
});

t.test('a device that keeps no counter signs in again and again', async (t) => {
  const ipms = await startNamed(t);
  const { device } = await addPasskeyOf(ipms, LOGIN);
  for (let times = 0; times < 3; times += 1) {
    const browser = ipms.visitor();
    const _csrf = await browser.token('/login');
    const credential = device.sign(await askedBy(browser, '/login/passkey'), {}, 0);
    t.equal((await browser.post('/login/passkey', { _csrf, credential })).status, 303);
  }
});

t.test('whoever may not sign in does not, with the words for everybody else', async (t) => {
  const ipms = await startNamed(t);
  const { device } = await addPasskeyOf(ipms, LOGIN);
  for (const status of ['disabled', 'deleted'] as const) {
    await ipms.db.updateTable('user').set({ status }).where('login_id', '=', LOGIN).execute();
    const browser = ipms.visitor();
    const answer = await signInBy(browser, device);
    t.equal(answer.status, 422, status);
    t.match(answer.text, texts['passkey.wrong'].ms);
    t.notOk(await isIn(browser), status);
  }
});

t.test('disabled, or the passkey taken away, while the answer was looked at: nobody gets in', async (t) => {
  const ipms = await startNamed(t);
  await addPasskeyOf(ipms, LOGIN);
  const passkey = await ipms.db.selectFrom('passkey').selectAll().executeTakeFirstOrThrow();
  const user = await ipms.db.selectFrom('user').selectAll().where('login_id', '=', LOGIN).executeTakeFirstOrThrow();
  const acting = { actor: await actorOf(ipms, LOGIN), now: ipms.clock.now, settings: UNSET };
  const enter = (challenge: string) =>
    inAct(ipms.db, acting, (act) => signInWithPasskey(act, user, passkey, { counter: 1, challenge }));
  await ipms.db.updateTable('user').set({ status: 'disabled' }).where('id', '=', user.id).execute();
  await t.rejects(enter('one'), new RuleBroken('sign-in.wrong'));
  await ipms.db.updateTable('user').set({ status: 'active' }).where('id', '=', user.id).execute();
  await ipms.db.deleteFrom('passkey').execute();
  await t.rejects(enter('two'), new WrongTry('passkey.wrong'));
  t.same(await trailOf(ipms, 'user', user.id, 'user.passkey-copied'), [], 'which is no copy');
});

t.test('what is no answer of a device is refused with what to do', async (t) => {
  const ipms = await startNamed(t);
  await addPasskeyOf(ipms, LOGIN);
  const browser = ipms.visitor();
  const _csrf = await browser.token('/login');
  for (const [credential, words] of [
    ['', texts['passkey.needsScripts'].ms],
    ['{', texts['passkey.wrong'].ms],
    ['null', texts['passkey.wrong'].ms],
    ['{"id":"a","rawId":"a","type":"public-key","response":{}}', texts['passkey.wrong'].ms],
  ] as const) {
    const answer = await browser.post('/login/passkey', { _csrf, credential });
    t.equal(answer.status, 422);
    t.match(answer.text, words);
  }
  t.equal((await browser.post('/login/passkey', { credential: '{}' })).status, 403, 'and no form of another site');
});

t.test('with the wrong password, nothing tells who has a passkey', async (t) => {
  const ipms = await startNamed(t);
  await addPasskeyOf(ipms, LOGIN);
  const wrong = async (login: string) => {
    const browser = ipms.visitor();
    const answer = await browser.submit('/login', '/login', { login, password: `${PASSWORD}x` });
    const plain = answer.html.replace(/value="[^"]*"/g, '').replaceAll(login, '');
    return [answer.status, plain, (await askedBy(browser, '/login/passkey')).allowCredentials];
  };
  t.same(await wrong(LOGIN), await wrong('admin.kementerian'));
});

t.test('a passkey that is refused stands with the wrong tries: listed, counted, and told to its person', async (t) => {
  const ipms = await startNamed(t);
  const { device, browser: own } = await addPasskeyOf(ipms, LOGIN);
  const { id, full_name } = await person(ipms, LOGIN);
  const kept = () => ipms.db.selectFrom('refused_try').selectAll().orderBy('id').execute();
  const counted = async () =>
    Number((await ipms.visitor().get('/metrics')).html.match(/^ipms_refused_total\{why="wrong"\} (\d+)$/m)?.[1]);
  const before = await counted();
  await signInBy(ipms.visitor(), device, { origin: 'https://jahat.test' });
  await signInBy(ipms.visitor(), new Device());
  await signInBy((await halfSignedIn(ipms, LOGIN)).browser, new Device(), {}, '/login/code');
  const row = { what: 'passkey', user_id: id, address: '127.0.0.1', page: null, shut: null };
  t.match(await kept(), [row, { ...row, user_id: null }, row]);
  device.counter = -1;
  t.equal((await signInBy(ipms.visitor(), device)).status, 303);
  device.counter = 7;
  t.equal((await signInBy(ipms.visitor(), device)).status, 303);
  device.counter = 7;
  await signInBy(ipms.visitor(), device);
  const again = ipms.visitor();
  const _csrf = await again.token('/login');
  const credential = device.sign(await askedBy(again, '/login/passkey'));
  const twice = [1, 2].map(() => again.post('/login/passkey', { _csrf, credential }));
  t.same((await Promise.all(twice)).map(({ status }) => status).sort(), [303, 422]);
  t.match(await kept(), [row, { ...row, user_id: null }, row, row, row], 'a copy, and an answer that came twice');

  const helpdesk = await ipms.signIn('meja.bantuan');
  const list = await helpdesk.get('/helpdesk/refused-tries?what=passkey');
  t.equal(list.dom.querySelectorAll('tbody tr').length, 5);
  t.match(list.dom.querySelector('tbody')?.textContent, texts['refused-try.what.passkey'].ms);
  t.match(list.dom.querySelector('tbody')?.textContent, full_name);
  t.equal(await counted(), before + 5);
  t.match((await own.get('/me/sessions')).text, texts['my-tries.wrong'].ms);
});

t.test(
  'five refused shut a passkey to that network, thirty the network; wrong passwords shut no passkey',
  async (t) => {
    const ipms = await startIpms(t, { environment: { IPMS_BASE_URL: BASE, IPMS_TRUST_PROXY: '127.0.0.1' } });
    const { device } = await addPasskeyOf(ipms, LOGIN);
    for (let tries = 0; tries < 6; tries += 1)
      await ipms.visitor().submit('/login', '/login', { login: LOGIN, password: `${PASSWORD}x` });
    const locked = await ipms.visitor().submit('/login', '/login', { login: LOGIN, password: PASSWORD });
    t.equal(locked.status, 422, 'the password is shut');
    for (let tries = 0; tries < 4; tries += 1) await signInBy(ipms.visitor(), device, { rpId: 'jahat.test' });
    t.equal((await signInBy(ipms.visitor(), device)).status, 303, 'the passkey is not');
    for (let tries = 0; tries < 4; tries += 1) await signInBy(ipms.visitor(), device, { rpId: 'jahat.test' });
    const known = ipms.visitor();
    t.equal((await signInBy(known, device)).status, 303, 'and a right one begins its count anew');
    await known.post('/logout', { _csrf: await known.token('/me/sessions') });
    for (let tries = 0; tries < 6; tries += 1)
      await known.submit('/login', '/login', { login: LOGIN, password: `${PASSWORD}x` });
    t.equal((await signInBy(known, device)).status, 303, 'nor in a browser where the person was');
    for (let tries = 0; tries < 5; tries += 1) await signInBy(ipms.visitor(), device, { rpId: 'jahat.test' });
    const shut = await signInBy(ipms.visitor(), device);
    t.equal(shut.status, 422);
    t.notMatch(shut.text, texts['passkey.wrong'].ms, 'it says until when');
    const proxied = { 'x-forwarded-for': '198.51.100.7' };
    for (let tries = 0; tries < 31; tries += 1) {
      const stranger = ipms.visitor();
      const _csrf = await stranger.token('/login');
      const credential = new Device().sign(await askedBy(stranger, '/login/passkey'));
      const answer = await stranger.post('/login/passkey', { _csrf, credential }, proxied);
      t.equal(answer.status, tries < 30 ? 422 : 429);
    }
  },
);
