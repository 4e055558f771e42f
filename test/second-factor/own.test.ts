import { t } from 'tap';
import { texts } from '../../src/texts.ts';
import { type Ipms, startIpms } from '../helper.ts';
import { mailsNumbered, person, trailOf } from '../read.ts';
import { codeOf, enterCode, halfSignedIn, nextCode, secretOn, setUpPhone, wrongCode } from './phone.ts';

// A person's own second factor: moved to another phone, turned off

const LOGIN = 'admin.jabatan';
const PLACE = '/me/second-factor';
const kept = (ipms: Ipms) => ipms.db.selectFrom('authenticator').selectAll().execute();

t.test('turning it off asks for a code, ends the other sessions, and takes the recovery codes with it', async (t) => {
  const ipms = await startIpms(t);
  const { secret, browser } = await setUpPhone(ipms, LOGIN);
  const { id } = await person(ipms, LOGIN);
  const { browser: other } = await halfSignedIn(ipms, LOGIN);
  await enterCode(other, codeOf(ipms, secret));
  nextCode(ipms);
  const waiting = await halfSignedIn(ipms, LOGIN);
  for (const code of [wrongCode(ipms, secret), ''])
    t.equal((await browser.submit(PLACE, `${PLACE}/turn-off`, { code })).status, 422);
  t.equal((await kept(ipms)).length, 1);
  const answer = await browser.submit(PLACE, `${PLACE}/turn-off`, { code: codeOf(ipms, secret) });
  t.match((await browser.get(answer.location)).text, texts['second-factor.off'].ms);
  t.equal((await kept(ipms)).length, 0);
  t.equal((await ipms.db.selectFrom('recovery_code').selectAll().execute()).length, 0);
  t.equal((await other.get('/admin')).status, 303, 'the other session is over');
  t.equal((await waiting.browser.get('/login/code')).location, '/login', 'and the one that waited for a code');
  t.match(await trailOf(ipms, 'user', id, 'user.second-factor-turned-off'), [{ sop: '4.20', actor_user_id: id }]);
  t.equal((await mailsNumbered(ipms, 'second-factor-turned-off')).length, 1);
  t.equal((await halfSignedIn(ipms, LOGIN)).place, '/admin', 'the password is enough');
});

t.test('set up again, it has another key', async (t) => {
  const ipms = await startIpms(t);
  const { secret, browser } = await setUpPhone(ipms, LOGIN);
  await browser.submit(PLACE, `${PLACE}/turn-off`, { code: codeOf(ipms, secret) });
  t.not(secretOn(await browser.get(PLACE)), secret);
});

t.test('a new phone takes over with a code of the old one; the recovery codes stay', async (t) => {
  const ipms = await startIpms(t);
  const { secret, codes, browser } = await setUpPhone(ipms, LOGIN);
  const { id } = await person(ipms, LOGIN);
  const page = `${PLACE}/replace`;
  const fresh = secretOn(await browser.get(page));
  t.not(fresh, secret);
  const before = await kept(ipms);
  const old = codeOf(ipms, secret);
  const wrong = await browser.submit(page, page, { code: old, new_code: wrongCode(ipms, fresh) });
  t.same(Object.keys(wrong.problems), ['new_code'], 'the new phone has not taken the key');
  t.equal(secretOn(wrong), fresh);
  const guess = await browser.submit(page, page, { code: wrongCode(ipms, secret), new_code: codeOf(ipms, fresh) });
  t.same(Object.keys(guess.problems), ['code'], 'whoever sits there must show the old one');
  t.same(await kept(ipms), before);
  const answer = await browser.submit(page, page, { code: old, new_code: codeOf(ipms, fresh) });
  t.equal(answer.location, PLACE, 'the code of the old phone was not used up by the tries before');
  t.equal((await mailsNumbered(ipms, 'second-factor-replaced')).length, 1);
  t.equal((await trailOf(ipms, 'user', id, 'user.second-factor-replaced')).length, 1);
  t.equal((await ipms.db.selectFrom('recovery_code').selectAll().execute()).length, codes.length);
  nextCode(ipms);
  const half = await halfSignedIn(ipms, LOGIN);
  t.equal((await enterCode(half.browser, codeOf(ipms, secret))).status, 422, 'the old phone');
  t.equal((await enterCode(half.browser, codeOf(ipms, fresh))).status, 303, 'the new phone');
});

t.test('a new phone takes over with a recovery code, when the old one is gone', async (t) => {
  const ipms = await startIpms(t);
  const { codes, browser } = await setUpPhone(ipms, LOGIN);
  const page = `${PLACE}/replace`;
  const fresh = secretOn(await browser.get(page));
  const answer = await browser.submit(page, page, { code: codes[0] ?? '', new_code: codeOf(ipms, fresh) });
  t.equal(answer.status, 303);
  t.equal((await ipms.db.selectFrom('recovery_code').selectAll().execute()).length, 9);
  t.equal((await mailsNumbered(ipms, 'recovery-code-used')).length, 1);
});

t.test('five wrong codes here lock the sign-in, too', async (t) => {
  const ipms = await startIpms(t);
  const { secret, browser } = await setUpPhone(ipms, LOGIN);
  for (let tries = 0; tries < 5; tries += 1)
    await browser.submit(PLACE, `${PLACE}/turn-off`, { code: wrongCode(ipms, secret) });
  t.match((await browser.submit(PLACE, `${PLACE}/turn-off`, { code: codeOf(ipms, secret) })).text, 'Terlalu banyak');
  t.equal((await kept(ipms)).length, 1);
});

t.test('what is off cannot be turned off or renewed, and counts no try', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn(LOGIN);
  for (const path of ['turn-off', 'recovery-codes']) {
    const answer = await browser.post(`${PLACE}/${path}`, { code: '123456', _csrf: await browser.token(PLACE) });
    t.equal(answer.status, 409);
    t.match(answer.text, texts['second-factor.isOff'].ms);
  }
  t.equal((await browser.get(`${PLACE}/replace`)).location, PLACE);
  const { id } = await person(ipms, LOGIN);
  t.equal((await ipms.db.selectFrom('throttle').selectAll().where('user_id', '=', id).execute()).length, 0);
});

t.test('who may not: nobody turns off what is another’s', async (t) => {
  const ipms = await startIpms(t);
  await setUpPhone(ipms, LOGIN);
  const other = await setUpPhone(ipms, 'pegawai.jabatan');
  await other.browser.submit(PLACE, `${PLACE}/turn-off`, { code: codeOf(ipms, other.secret) });
  const { id } = await person(ipms, LOGIN);
  t.match(await kept(ipms), [{ user_id: id }]);
});
