import { type Test, t } from 'tap';
import { type TextKey, texts } from '../../src/texts.ts';
import { type Ipms, PASSWORD, startIpms, type Visitor } from '../helper.ts';
import { person } from '../read.ts';

// SOP 4.8.1 and table 21A: what a password must be, as the user's page says and refuses it

const LOGIN = 'pegawai.jabatan';

const change = (browser: Visitor, current_password: string, new_password: string) =>
  browser.submit('/me/password', '/me/password', { current_password, new_password, confirm_password: new_password });

async function refused(t: Test, browser: Visitor, password: string, rule: TextKey) {
  const answer = await change(browser, PASSWORD, password);
  t.equal(answer.status, 422, `${password} is refused`);
  t.strictSame(answer.problems, { new_password: texts[rule].ms });
  t.ok(answer.dom.querySelector('.rules')?.textContent.includes(texts[rule].ms), 'the page lists that very rule');
}

async function accepted(t: Test, ipms: Ipms, password: string) {
  const browser = await ipms.signIn(LOGIN);
  t.equal((await change(browser, PASSWORD, password)).status, 303, `${password} is accepted`);
  await ipms.signIn(LOGIN, password);
}

t.test('each rule, by a password that breaks it alone', async (t) => {
  const ipms = await startIpms(t);
  const { password_hash, full_name } = await person(ipms, LOGIN);
  const browser = await ipms.signIn(LOGIN);
  await refused(t, browser, 'Kucing@20263'.slice(0, 11), 'password.rule.length');
  await refused(t, browser, '🦁🦁🦁🦁A1@bcde'.slice(0, 15), 'password.rule.length');
  await refused(t, browser, 'Kucing@Hitam#', 'password.rule.digit');
  await refused(t, browser, 'kucing@hitam88', 'password.rule.upper');
  await refused(t, browser, 'KucingHitam 88', 'password.rule.symbol');
  await refused(t, browser, `Aa1@${'x'.repeat(69)}`, 'password.rule.bytes');
  await refused(t, browser, `Aa1@${'é'.repeat(35)}`, 'password.rule.bytes');
  for (const own of [LOGIN, LOGIN.replace('.', ''), LOGIN.toUpperCase(), `${LOGIN}@jabatan.test`, full_name])
    await refused(t, browser, `Xx9#${own}`, 'password.rule.person');
  for (const common of [
    'Password@1234',
    'P@ssw0rd!2026',
    'Selamat-Datang1'.replace('-', ''),
    'Qwertyuiop#123',
    'AdminAdmin#12',
  ])
    await refused(t, browser, `${common}!`, 'password.rule.common');
  await refused(t, browser, PASSWORD, 'password.rule.past');
  t.equal((await person(ipms, LOGIN)).password_hash, password_hash, 'nothing was changed');
});

t.test('a name of four letters is one, and of three is none', async (t) => {
  const ipms = await startIpms(t);
  const named = (full_name: string) =>
    ipms.db.updateTable('user').set({ full_name }).where('login_id', '=', LOGIN).execute();
  await named('Alia');
  await refused(t, await ipms.signIn(LOGIN), 'Kucing@2026alia', 'password.rule.person');
  await named('Ali');
  await accepted(t, ipms, 'Kucing@2026ali');
});

t.test('twelve characters are enough', async (t) => accepted(t, await startIpms(t), 'Kucing@20263'));
t.test('seventy-two bytes are not too many', async (t) => accepted(t, await startIpms(t), `Aa1@${'x'.repeat(68)}`));
t.test('nor in letters of two bytes each', async (t) => accepted(t, await startIpms(t), `Aa1@${'é'.repeat(34)}`));
t.test('a digit and a capital of any script will do', async (t) => accepted(t, await startIpms(t), 'Ωmega#kucing٣'));

t.test('what is longer than bcrypt reads never signs in by its beginning', async (t) => {
  const ipms = await startIpms(t);
  const password = `Aa1@${'x'.repeat(68)}`;
  await accepted(t, ipms, password);
  const longer = await ipms.visitor().submit('/login', '/login', { login: LOGIN, password: `${password}y` });
  t.equal(longer.status, 422);
});

t.test('composed and decomposed letters are one password', async (t) => {
  const ipms = await startIpms(t);
  const composed = 'Résumé@Kucing88'.normalize('NFC');
  const decomposed = composed.normalize('NFD');
  const browser = await ipms.signIn(LOGIN);
  t.equal((await change(browser, PASSWORD, decomposed)).status, 303);
  await ipms.signIn(LOGIN, composed);
  await ipms.signIn(LOGIN, decomposed);
  const again = await change(browser, composed, decomposed);
  t.strictSame(again.problems, { new_password: texts['password.rule.past'].ms });
});

t.test('spaces at the ends and case are part of a password', async (t) => {
  const ipms = await startIpms(t);
  const password = ' Kucing@Hitam88 ';
  await accepted(t, ipms, password);
  for (const other of [password.trim(), password.toLowerCase()])
    t.equal((await ipms.visitor().submit('/login', '/login', { login: LOGIN, password: other })).status, 422);
});

t.test('the last five cannot come back; the sixth can, and is remembered no longer', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn(LOGIN);
  const five = ['Kucing#Satu01', 'Kucing#Dua002', 'Kucing#Tiga03', 'Kucing#Empat4', 'Kucing#Lima05'];
  let present = PASSWORD;
  for (const next of five) {
    t.equal((await change(browser, present, next)).status, 303);
    present = next;
  }
  for (const past of five) {
    const answer = await change(browser, present, past);
    t.strictSame(answer.problems, { new_password: texts['password.rule.past'].ms }, past);
  }
  const { id } = await person(ipms, LOGIN);
  t.equal((await ipms.db.selectFrom('past_password').select('id').where('user_id', '=', id).execute()).length, 5);
  t.equal((await change(browser, present, PASSWORD)).status, 303);
});

t.test('who may not: a password with what nobody can type', async (t) => {
  const ipms = await startIpms(t);
  const { password_hash } = await person(ipms, LOGIN);
  const browser = await ipms.signIn(LOGIN);
  for (const password of ['Kucing\0@Hitam88', 'x'.repeat(201), '']) {
    const answer = await change(browser, PASSWORD, password);
    t.equal(answer.status, 422);
    t.ok('new_password' in answer.problems);
  }
  t.equal((await person(ipms, LOGIN)).password_hash, password_hash);
});
