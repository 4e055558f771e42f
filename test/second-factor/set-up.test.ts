import { t } from 'tap';
import { digest } from '../../src/base/secrets.ts';
import { openSecret } from '../../src/sign-in/second-factor/totp.ts';
import { texts } from '../../src/texts.ts';
import { PASSWORD, secrets, startIpms } from '../helper.ts';
import { makeUser } from '../make.ts';
import { readQr } from '../qr.ts';
import { mailsNumbered, person, trailOf } from '../read.ts';
import {
  codeOf,
  enterCode,
  halfSignedIn,
  nextCode,
  plantAuthenticator,
  secretOn,
  setUpPhone,
  wrongCode,
} from './phone.ts';

// SOP 4.20, added by IPMS: a person sets up the second factor

const PLACE = '/me/second-factor';

t.test('everybody who signs in can set it up, and signs in with it from then on', async (t) => {
  const ipms = await startIpms(t);
  for (const [login, home] of [
    ['pegawai.jabatan', '/me'],
    ['admin.jabatan', '/admin'],
    ['meja.bantuan', '/helpdesk'],
  ] as const) {
    const { secret, codes } = await setUpPhone(ipms, login);
    t.match(secret, /^[A-Z2-7]{32}$/, '160 bits in base 32');
    t.equal(new Set(codes).size, 10);
    for (const code of codes) t.match(code, /^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){4}$/);
    const { browser, place } = await halfSignedIn(ipms, login);
    t.equal(place, '/login/code');
    t.equal((await enterCode(browser, codeOf(ipms, secret))).location, home);
    t.equal((await browser.get(home)).status, 200);
  }
});

t.test('the QR code is a drawing that the page’s own rules allow, and says what the key says', async (t) => {
  const ipms = await startIpms(t);
  const page = await (await ipms.signIn('admin.jabatan')).get(PLACE);
  const drawing = page.dom.querySelector('svg.qr');
  t.match(drawing?.getAttribute('aria-label'), 'QR');
  const path = drawing?.querySelector('path')?.getAttribute('d') ?? '';
  const link = page.dom.querySelector('a[href^="otpauth:"]')?.getAttribute('href');
  t.equal(readQr(drawing?.getAttribute('viewBox') ?? '', path), link, 'a camera reads what the app’s link says');
  t.equal(new URL(link ?? '').searchParams.get('secret'), secretOn(page));
  t.notMatch(drawing?.toString(), /style=|data:|href/);
  t.match(page.dom.querySelector('.facts code')?.textContent, /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  const input = page.dom.querySelector(`form[action="${PLACE}"] input[name=code]`);
  t.equal(input?.getAttribute('autocomplete'), 'one-time-code');
  t.equal(input?.getAttribute('inputmode'), 'numeric');
});

t.test('the key stays the same in one session and is another in the next; looking writes nothing', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const secret = secretOn(await browser.get(PLACE));
  t.equal(secretOn(await browser.get(PLACE)), secret, 'however often the page is opened');
  const link = (await browser.get(PLACE)).dom.querySelector('a[href^="otpauth:"]')?.getAttribute('href') ?? '';
  t.equal(new URL(link).searchParams.get('secret'), secret, 'on the phone itself, the app opens with it');
  t.not(secretOn(await (await ipms.signIn('admin.jabatan')).get(PLACE)), secret);
  t.not(secretOn(await (await ipms.signIn('pegawai.jabatan')).get(PLACE)), secret);
  t.equal((await ipms.db.selectFrom('authenticator').selectAll().execute()).length, 0);
});

t.test('a wrong first code sets up nothing, and the same QR code is shown again', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const secret = secretOn(await browser.get(PLACE));
  for (const code of [wrongCode(ipms, secret), '12345', 'abcdef', '']) {
    const refused = await browser.submit(PLACE, PLACE, { code, current_password: PASSWORD });
    t.equal(refused.status, 422, code);
    t.not(refused.problems.code ?? '', '');
    t.equal(secretOn(refused), secret);
  }
  t.equal((await ipms.db.selectFrom('authenticator').selectAll().execute()).length, 0);
  t.equal(
    (await ipms.visitor().submit('/login', '/login', { login: 'admin.jabatan', password: PASSWORD })).location,
    '/admin',
  );
  const spaced = codeOf(ipms, secret).replace(/(...)/, '$1 ');
  t.equal(
    (await browser.submit(PLACE, PLACE, { code: spaced, current_password: PASSWORD })).status,
    303,
    'as apps show it, with a space',
  );
});

t.test('somebody at an open screen, who does not know the password, sets up nothing, and is counted', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const code = codeOf(ipms, secretOn(await browser.get(PLACE)));
  for (const current_password of ['', 'salah', 'salah', 'salah', 'salah', 'salah']) {
    const refused = await browser.submit(PLACE, PLACE, { code, current_password });
    t.equal(refused.status, 422);
    t.equal(refused.dom.querySelector('input[name=current_password]')?.getAttribute('aria-invalid'), 'true');
  }
  t.match((await browser.submit(PLACE, PLACE, { code, current_password: PASSWORD })).text, 'Terlalu banyak');
  t.equal((await ipms.db.selectFrom('authenticator').selectAll().execute()).length, 0);
});

t.test('the secret is sealed, the codes are hashes, and neither is anywhere else', async (t) => {
  const ipms = await startIpms(t);
  const { secret, codes } = await setUpPhone(ipms, 'admin.jabatan');
  const { id } = await person(ipms, 'admin.jabatan');
  const row = await ipms.db.selectFrom('authenticator').selectAll().executeTakeFirstOrThrow();
  t.equal(openSecret(secrets.authenticators, id, row.sealed_secret), secret);
  t.equal(openSecret(secrets.authenticators, id + 1, row.sealed_secret), null, 'in another’s row it is worth nothing');
  t.equal(openSecret(secrets.flash, id, row.sealed_secret), null, 'the key has this one purpose');
  const everything = JSON.stringify(
    await Promise.all(
      (['authenticator', 'recovery_code', 'audit', 'outbox', 'session', 'submission', 'record'] as const).map((table) =>
        ipms.db.selectFrom(table).selectAll().execute(),
      ),
    ),
  );
  for (const kept of [secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))])
    t.notOk(everything.includes(kept), 'nowhere in the database');
  t.notOk(everything.includes(digest(codes[0] ?? '')), 'nor as a plain digest');
  t.match(await trailOf(ipms, 'user', id, 'user.second-factor-set-up'), [
    { sop: '4.20', actor_user_id: id, after: null },
  ]);
  const mails = await mailsNumbered(ipms, 'second-factor-set-up');
  t.match(mails, [{ to_address: 'admin.jabatan@jabatan.test', secret: null }]);
});

t.test('the recovery address hears of it, too', async (t) => {
  const ipms = await startIpms(t);
  await makeUser(ipms, 'ada.pemulihan', { recovery: 'ada@rumah.test' });
  await setUpPhone(ipms, 'ada.pemulihan');
  const mails = await mailsNumbered(ipms, 'second-factor-set-up');
  t.same(mails.map((mail) => mail.to_address).sort(), ['ada.pemulihan@jabatan.test', 'ada@rumah.test']);
});

t.test('the codes are shown once, to be kept, and never again', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const secret = secretOn(await browser.get(PLACE));
  const answer = await browser.submit(PLACE, PLACE, { code: codeOf(ipms, secret), current_password: PASSWORD });
  const carried = JSON.stringify([answer.location, answer.headers['set-cookie']]);
  const page = await browser.get(answer.location);
  const codes = page.dom.querySelectorAll('.codes code').map((code) => code.textContent);
  for (const code of codes) t.notOk(carried.includes(code), 'not in the address, and sealed in the cookie');
  t.notMatch(page.dom.querySelector('title')?.textContent, codes[0] ?? '');
  t.ok(page.dom.querySelector('.slip button[data-print]'), 'can be printed');
  const later = await browser.get(PLACE);
  t.equal(later.dom.querySelector('.codes'), null);
  t.match(later.text, /Kod pemulihan yang tinggal\s*10/);
});

t.test('every other session ends; the one that set it up goes on under a new id', async (t) => {
  const ipms = await startIpms(t);
  const other = await ipms.signIn('admin.jabatan');
  const { browser } = await setUpPhone(ipms, 'admin.jabatan');
  t.equal((await other.get('/admin')).status, 303);
  t.equal((await browser.get('/admin')).status, 200);
  const sessions = await ipms.db.selectFrom('session').selectAll().where('user_id', 'is not', null).execute();
  t.equal(sessions.length, 1);
});

t.test('sent twice, it is set up once; from two windows, the second is told', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const page = await browser.get(PLACE);
  const _csrf = page.dom.querySelector(`form[action="${PLACE}"] input[name=_csrf]`)?.getAttribute('value') ?? '';
  const code = codeOf(ipms, secretOn(page));
  const [first, second] = await Promise.all([
    browser.post(PLACE, { _csrf, code, current_password: PASSWORD }),
    browser.post(PLACE, { _csrf, code, current_password: PASSWORD }),
  ]);
  t.same([first.status, second.status], [303, 303]);
  const { id } = await person(ipms, 'admin.jabatan');
  t.equal((await trailOf(ipms, 'user', id, 'user.second-factor-set-up')).length, 1);

  const late = await ipms.signIn('pegawai.jabatan');
  const shown = await late.get(PLACE);
  const token = shown.dom.querySelector(`form[action="${PLACE}"] input[name=_csrf]`)?.getAttribute('value') ?? '';
  await plantAuthenticator(ipms, 'pegawai.jabatan');
  const refused = await late.post(PLACE, {
    _csrf: token,
    code: codeOf(ipms, secretOn(shown)),
    current_password: PASSWORD,
  });
  t.equal(refused.status, 409);
  t.match(refused.text, texts['second-factor.isSetUp'].ms);
});

t.test('the first code is used up by setting up', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const secret = secretOn(await browser.get(PLACE));
  const code = codeOf(ipms, secret);
  await browser.submit(PLACE, PLACE, { code, current_password: PASSWORD });
  const half = await halfSignedIn(ipms, 'admin.jabatan');
  t.equal((await enterCode(half.browser, code)).status, 422);
  nextCode(ipms);
  t.equal((await enterCode(half.browser, codeOf(ipms, secret))).status, 303);
});

t.test('who may not: visitors, applicants, and a form of elsewhere', async (t) => {
  const ipms = await startIpms(t);
  const visitor = ipms.visitor();
  for (const path of ['', '/replace', '/recovery-codes', '/turn-off']) {
    t.match((await visitor.get(PLACE + path)).location, '/login?next=');
    const posted = await visitor.post(PLACE + path, { code: '123456', _csrf: await visitor.token('/login') });
    t.equal(posted.location, '/login');
  }
  const browser = await ipms.signIn('admin.jabatan');
  t.equal((await browser.post(PLACE, { code: '123456' })).status, 403);
  t.equal((await ipms.db.selectFrom('authenticator').selectAll().execute()).length, 0);
});

t.test('a wrong code and a wrong present password are told together, and the password counts', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn('admin.jabatan');
  const code = wrongCode(ipms, secretOn(await browser.get(PLACE)));
  for (const typed of [code, '', code, code, code]) {
    const refused = await browser.submit(PLACE, PLACE, { code: typed, current_password: 'salah' });
    t.strictSame(Object.keys(refused.problems), ['code', 'current_password']);
  }
  const right = { code, current_password: PASSWORD };
  t.match((await browser.submit(PLACE, PLACE, right)).text, 'Terlalu banyak');
});
