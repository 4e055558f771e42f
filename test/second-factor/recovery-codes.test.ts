import { t } from 'tap';
import { digest } from '../../src/base/secrets.ts';
import { texts } from '../../src/texts.ts';
import { startIpms } from '../helper.ts';
import { mailsNumbered, person, trailOf } from '../read.ts';
import { codeOf, enterCode, halfSignedIn, nextCode, setUpPhone, wrongCode } from './phone.ts';

// Without the phone: each recovery code is good once

const LOGIN = 'admin.jabatan';
const PLACE = '/me/second-factor';
const left = (ipms: Awaited<ReturnType<typeof startIpms>>) => ipms.db.selectFrom('recovery_code').selectAll().execute();

t.test('a recovery code signs in once, in any spelling, and the person is told how many are left', async (t) => {
  const ipms = await startIpms(t);
  const { codes } = await setUpPhone(ipms, LOGIN);
  const { id } = await person(ipms, LOGIN);
  const [code = ''] = codes;
  const first = await halfSignedIn(ipms, LOGIN);
  const spelling = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
  const answer = await enterCode(first.browser, spelling);
  t.equal(answer.location, '/admin');
  const said = (await first.browser.get('/admin')).text;
  t.match(said, 'Anda log masuk dengan kod pemulihan; tinggal 9.');
  t.match(said, /E-mel[^.]*admin\.jabatan@jabatan\.test/, 'who has a mail of it');
  t.equal((await left(ipms)).length, 9);
  t.match(await trailOf(ipms, 'user', id, 'user.recovery-code-used'), [
    { after: '{"recovery_codes_left":9}', sop: '4.20' },
  ]);
  const mails = await mailsNumbered(ipms, 'recovery-code-used');
  t.match(mails, [{ to_address: 'admin.jabatan@jabatan.test' }]);
  t.match(mails[0]?.letter, 'Tinggal 9 kod pemulihan.');
  t.match(mails[0]?.letter, '9 are left.');
  t.notMatch(JSON.stringify(mails), code);

  const second = await halfSignedIn(ipms, LOGIN);
  const refused = await enterCode(second.browser, code);
  t.equal(refused.problems.code, texts['second-factor.wrongRecovery'].ms, 'not a second time');
  t.equal((await left(ipms)).length, 9);
});

t.test('each code has the bits that a plain hash may guard: five groups of five of 32 characters', async (t) => {
  const ipms = await startIpms(t);
  const { codes } = await setUpPhone(ipms, LOGIN);
  t.equal(codes.length, 10);
  for (const code of codes) {
    t.match(code, /^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){4}$/);
    const characters = code.replaceAll('-', '').length;
    t.ok(characters * Math.log2(32) >= 112, 'ASVS 6.5.2');
  }
  const hint = (await (await halfSignedIn(ipms, LOGIN)).browser.get('/login/code?with=recovery')).text;
  t.match(hint, '25 huruf dan nombor', 'and the page says how long it is');
});

t.test('a shorter code, made before they were longer, signs in once, and ends when new ones are made', async (t) => {
  const ipms = await startIpms(t);
  const { secret, browser } = await setUpPhone(ipms, LOGIN);
  const { id } = await person(ipms, LOGIN);
  const former = ['7Q4KX2MB9THJ3WD', 'M4RTV0C8YA15GZN'];
  await ipms.db
    .insertInto('recovery_code')
    .values(former.map((code) => ({ user_id: id, code_hash: digest(`recovery code of ${id}: ${code}`) })))
    .execute();
  const signIn = async (code: string) => enterCode((await halfSignedIn(ipms, LOGIN)).browser, code);
  t.equal((await signIn('7q4kx-2mb9t-hj3wd')).location, '/admin');
  t.equal((await signIn('7Q4KX-2MB9T-HJ3WD')).status, 422, 'not a second time');
  nextCode(ipms);
  await browser.submit(PLACE, `${PLACE}/recovery-codes`, { code: codeOf(ipms, secret) });
  t.equal((await signIn('M4RTV-0C8YA-15GZN')).status, 422);
  t.equal((await left(ipms)).length, 10);
});

t.test('one recovery code in two browsers at once: one of them gets in', async (t) => {
  const ipms = await startIpms(t);
  const { codes } = await setUpPhone(ipms, LOGIN);
  const halves = await Promise.all([halfSignedIn(ipms, LOGIN), halfSignedIn(ipms, LOGIN)]);
  const fields = await Promise.all(
    halves.map(async ({ browser }) => ({ code: codes[0] ?? '', _csrf: await browser.token('/login/code') })),
  );
  const answers = await Promise.all(halves.map(({ browser }, at) => browser.post('/login/code', fields[at] ?? {})));
  t.same(answers.map((answer) => answer.status).sort(), [303, 422]);
  t.equal((await left(ipms)).length, 9);
});

t.test('on a phone, the page for recovery codes brings the letters, and leads on to where one was going', async (t) => {
  const ipms = await startIpms(t);
  const { codes } = await setUpPhone(ipms, LOGIN);
  const { browser, place } = await halfSignedIn(ipms, LOGIN, '/admin/groups?q=a&by=all');
  const link = (await browser.get(place)).dom.querySelector('main .actions a')?.getAttribute('href') ?? '';
  const page = await browser.get(link);
  const input = page.dom.querySelector('input[name=code]');
  t.equal(input?.getAttribute('inputmode'), undefined);
  t.equal(input?.getAttribute('autocapitalize'), 'characters');
  t.equal(page.dom.querySelector('main .actions a')?.getAttribute('href'), place, 'and back');
  const _csrf = page.dom.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
  const refused = await browser.post(link, { code: 'AAAAA-AAAAA-AAAAA', _csrf });
  t.match(refused.text, texts['second-factor.recoveryCodeHint'].ms, 'it stays that page when it is refused');
  t.equal(refused.dom.querySelector('input[name=code]')?.getAttribute('value'), 'AAAAA-AAAAA-AAAAA');
  const answer = await browser.post(link, { code: codes[1] ?? '', _csrf });
  t.equal(answer.location, '/admin/groups?q=a&by=all');
});

t.test('wrong recovery codes lock like wrong digits', async (t) => {
  const ipms = await startIpms(t);
  const { codes } = await setUpPhone(ipms, LOGIN);
  const { browser } = await halfSignedIn(ipms, LOGIN);
  for (const code of ['AAAAA-AAAAA-AAAAA', 'pendek', codes[0]?.slice(0, -1) ?? '', '12345', '1234567'])
    t.not((await enterCode(browser, code)).problems.code ?? '', '', code);
  t.match((await enterCode(browser, codes[0] ?? '')).text, 'Cuba lagi selepas 15 minit');
  t.equal((await left(ipms)).length, 10);
});

t.test('when few are left, the page and the sign-in say so', async (t) => {
  const ipms = await startIpms(t);
  const { codes, secret } = await setUpPhone(ipms, LOGIN);
  for (const code of codes.slice(0, 6)) await enterCode((await halfSignedIn(ipms, LOGIN)).browser, code);
  const { browser } = await halfSignedIn(ipms, LOGIN);
  await enterCode(browser, codes[6] ?? '');
  t.match((await browser.get('/admin')).text, texts['second-factor.makeNew'].ms);
  t.match((await browser.get(PLACE)).text, 'Tinggal 3 kod pemulihan.');
  nextCode(ipms);
  const made = await browser.submit(PLACE, `${PLACE}/recovery-codes`, { code: codeOf(ipms, secret) });
  const page = await browser.get(made.location);
  t.equal(page.dom.querySelectorAll('.codes code').length, 10);
  t.notMatch(page.text, 'Tinggal 3');
});

t.test('new ones take the place of the old, for a right code alone', async (t) => {
  const ipms = await startIpms(t);
  const { codes, secret, browser } = await setUpPhone(ipms, LOGIN);
  const { id } = await person(ipms, LOGIN);
  const before = await left(ipms);
  const refused = await browser.submit(PLACE, `${PLACE}/recovery-codes`, { code: wrongCode(ipms, secret) });
  t.equal(refused.status, 422);
  t.not(refused.problems.code ?? '', '');
  t.same(await left(ipms), before);
  const answer = await browser.submit(PLACE, `${PLACE}/recovery-codes`, { code: codeOf(ipms, secret) });
  const fresh = (await browser.get(answer.location)).dom
    .querySelectorAll('.codes code')
    .map((code) => code.textContent);
  t.equal(new Set([...fresh, ...codes]).size, 20);
  t.match(await trailOf(ipms, 'user', id, 'user.recovery-codes-made'), [{ sop: '4.20' }]);
  t.equal((await mailsNumbered(ipms, 'recovery-codes-made')).length, 1);
  const half = await halfSignedIn(ipms, LOGIN);
  t.equal((await enterCode(half.browser, codes[0] ?? '')).status, 422, 'an old one');
  t.equal((await enterCode(half.browser, fresh[0] ?? '')).status, 303, 'a new one');
});

t.test('who may not: another person’s recovery code opens nothing', async (t) => {
  const ipms = await startIpms(t);
  const mine = await setUpPhone(ipms, LOGIN);
  await setUpPhone(ipms, 'pegawai.jabatan');
  const { browser } = await halfSignedIn(ipms, 'pegawai.jabatan');
  t.equal((await enterCode(browser, mine.codes[0] ?? '')).status, 422);
  t.equal((await left(ipms)).length, 20);
});
