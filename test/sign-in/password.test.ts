import fc from 'fast-check';
import { type Test, t } from 'tap';
import { isGuessable } from '../../src/sign-in/guessable.ts';
import { type TextKey, texts } from '../../src/texts.ts';
import { type Ipms, PASSWORD, startIpms, type Visitor } from '../helper.ts';
import { person } from '../read.ts';

// SOP 4.8.1 and table 21A: what a password must be, as the user's page says and refuses it

const LOGIN = 'pegawai.jabatan';
const LONGEST = 'Aa1@pelanduk-ungu-dan-gajah-hijau-berenang-di-kolam-besar-waktu-senja-ki';
const LONGEST_ACCENTED = `Aa1@${'éöüàèìòùâêîôûäëïÿ'.repeat(2)}`;

const change = (browser: Visitor, current_password: string, new_password: string) =>
  browser.submit('/me/password', '/me/password', { current_password, new_password, confirm_password: new_password });

async function refused(t: Test, browser: Visitor, password: string, rule: TextKey) {
  const answer = await change(browser, PASSWORD, password);
  t.equal(answer.status, 422, `${password} is refused`);
  t.strictSame(answer.problems, { new_password: `Mestilah ${texts[rule].ms}.` });
  t.ok(answer.dom.querySelector('.rules')?.textContent.includes(texts[rule].ms), 'the page lists that very rule');
}

async function accepted(t: Test, ipms: Ipms, password: string) {
  const browser = await ipms.signIn(LOGIN);
  t.equal((await change(browser, PASSWORD, password)).status, 303, `${password} is accepted`);
  await ipms.signIn(LOGIN, password);
}

t.test('all the rules that a password breaks are told at once', async (t) => {
  const ipms = await startIpms(t);
  const { problems } = await change(await ipms.signIn(LOGIN), PASSWORD, 'pendek');
  const rules = ['length', 'digit', 'upper', 'symbol'] as const;
  t.equal(problems.new_password, `Mestilah ${rules.map((rule) => texts[`password.rule.${rule}`].ms).join('; ')}.`);
});

t.test('each rule, by a password that breaks it alone', async (t) => {
  const ipms = await startIpms(t);
  const { password_hash, full_name } = await person(ipms, LOGIN);
  const browser = await ipms.signIn(LOGIN);
  await refused(t, browser, 'Pelanduk@7k', 'password.rule.length');
  await refused(t, browser, '🦁🦁🦁🦁A1@bcde'.slice(0, 15), 'password.rule.length');
  await refused(t, browser, 'Kucing@Hitam#', 'password.rule.digit');
  await refused(t, browser, 'kucing@hitam88', 'password.rule.upper');
  await refused(t, browser, 'KucingHitam 88', 'password.rule.symbol');
  await refused(t, browser, `${LONGEST}x`, 'password.rule.bytes');
  await refused(t, browser, `${LONGEST_ACCENTED}é`, 'password.rule.bytes');
  for (const own of [LOGIN, LOGIN.replace('.', ''), LOGIN.toUpperCase(), `${LOGIN}@jabatan.test`, full_name])
    await refused(t, browser, `Xx9#${own}`, 'password.rule.person');
  t.equal((await person(ipms, LOGIN)).password_hash, password_hash, 'nothing was changed');
});

t.test('what is guessed first: lists, words of the place and the agency, days, repeats, rows of keys', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn(LOGIN);
  await ipms.db
    .updateTable('agency')
    .set({ name: 'Institut Penyelidikan Zirafah', code: 'ZRF77' })
    .where('postmaster_email', 'like', '%@jabatan.test')
    .execute();
  const guessable = [
    ...['Password@1234!', 'P@ssw0rd!2026!', 'Iloveyou#2019', 'Sunshine@12!', 'Liverpool#1892', 'Kucing@20263'], // lists
    ...['Bahagian@12345', 'Kerajaan@2026', 'Putrajaya@2026', 'Selamat#2026', '1Govuc@12345', 'SelamatDatang1!'],
    ...['Merdeka@19570831', 'Malaysia@31081957', 'Januari@010190', 'J@b@t@n#2026', 'K3r4j44n@2026!'],
    ...['Zirafah@2026', 'Penyelidikan@1', 'ZRF77@zrf77!', 'Penyelidikan.test#1'], // of the agency
    ...['Aa1!Aa1!Aa1!', 'Aaaaaaaaaa1@', 'AdminAdmin#12!', 'Xk7@Xk7@Xk7@'], // repeats
    ...['Qwertyuiop#123!', 'Zaq12wsx!@#$', '1qaz2wsx#EDC', 'Poiuytrewq@1', 'Abcdefghij#1', '!@#$%^&*()Qw1'], // keys
    'Contoh@2026ipms',
  ];
  for (const password of guessable) await refused(t, browser, password, 'password.rule.common');
  for (const password of ['Abcdefdgh@12', 'aBCdefdgh@12Z']) await refused(t, browser, password, 'password.rule.sample');
});

t.test('the words of another agency are no reason to refuse', async (t) => {
  const ipms = await startIpms(t);
  await ipms.db
    .updateTable('agency')
    .set({ name: 'Zirafah' })
    .where('postmaster_email', 'not like', '%@jabatan.test')
    .execute();
  await accepted(t, ipms, 'Zirafah@2026');
});

for (const password of [
  'Kerbau#Hitam88',
  'Dragon-Monkey-Shadow7',
  'xK9#mPq2vLw!',
  'Petir di 3 Kolam!',
  'Tr0ub4dor&3xyw',
])
  t.test(`${password} is hard enough to guess`, async (t) => accepted(t, await startIpms(t), password));

t.test('no password takes long to look at, whatever it is made of', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'b', 'ab', '1', '12', 'qwe', 'A', '@', 'é'), { maxLength: 72 }),
      (parts) => {
        const text = parts.join('').slice(0, 72);
        t.type(isGuessable(text, new Set()), 'boolean');
        t.equal(
          isGuessable(text.toUpperCase(), new Set()),
          isGuessable(text.toLowerCase(), new Set()),
          'case hides nothing',
        );
      },
    ),
  );
  t.end();
});

t.test('a name of four letters is one, and of three is none', async (t) => {
  const ipms = await startIpms(t);
  const named = (full_name: string) =>
    ipms.db.updateTable('user').set({ full_name }).where('login_id', '=', LOGIN).execute();
  await named('Alia');
  await refused(t, await ipms.signIn(LOGIN), 'Pelanduk@77alia', 'password.rule.person');
  await named('Ali');
  await accepted(t, ipms, 'Pelanduk@77ali');
});

t.test('each word of the name, the login ID and the address counts, but not what stands between names', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn(LOGIN);
  const [one, other] = [
    person(ipms, LOGIN),
    { full_name: 'Datuk Dr. Kumaran a/l Muniandy', email: 'merpati.zul@jabatan.test' },
  ];
  await ipms.db
    .updateTable('user')
    .set(other)
    .where('id', '=', (await one).id)
    .execute();
  for (const own of ['Kumaran@2026', '#2026KUMARAN', '77Muni.andy#Z', 'Merpati+2026', 'Pegawai&2026', 'Kúmaran@2026'])
    await refused(t, browser, own.padEnd(12, 'q'), 'password.rule.person');
  const named = (full_name: string) =>
    ipms.db.updateTable('user').set({ full_name }).where('login_id', '=', LOGIN).execute();
  await named('Hajjah Siti binti Nu\u2019man @ Melur');
  for (const own of ['Siti#77pelanduk', 'Nu’man#77kerbau', 'Melur#77kerbau'])
    await refused(t, browser, own, 'password.rule.person');
  await accepted(t, ipms, 'Binti#Hajjah77');
});

t.test('twelve characters are enough', async (t) => accepted(t, await startIpms(t), 'Pelanduk@7kz'));
t.test('seventy-two bytes are not too many', async (t) => accepted(t, await startIpms(t), LONGEST));
t.test('nor in letters of two bytes each', async (t) => accepted(t, await startIpms(t), LONGEST_ACCENTED));
t.test('a digit and a capital of any script will do', async (t) => accepted(t, await startIpms(t), 'Ωmega#kucing٣'));

t.test('what is longer than bcrypt reads never signs in by its beginning', async (t) => {
  const ipms = await startIpms(t);
  const password = LONGEST;
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
  t.strictSame(again.problems, { new_password: `Mestilah ${texts['password.rule.past'].ms}.` });
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
  const five = ['Gajah#Ungu#01', 'Gajah#Hijau#2', 'Gajah#Kelabu3', 'Gajah#Jingga4', 'Gajah#Perang5'];
  const sixth = 'Gajah#Merah#0';
  let present = PASSWORD;
  for (const next of [sixth, ...five]) {
    t.equal((await change(browser, present, next)).status, 303);
    present = next;
  }
  for (const past of five) {
    const answer = await change(browser, present, past);
    t.strictSame(answer.problems, { new_password: `Mestilah ${texts['password.rule.past'].ms}.` }, past);
  }
  const { id } = await person(ipms, LOGIN);
  t.equal((await ipms.db.selectFrom('past_password').select('id').where('user_id', '=', id).execute()).length, 5);
  t.equal((await change(browser, present, sixth)).status, 303);
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

t.test('the head of a refused form says each field once, and what a password must be', async (t) => {
  const ipms = await startIpms(t);
  const browser = await ipms.signIn(LOGIN);
  const heads = async (current: string, fresh: string) =>
    (await change(browser, current, fresh)).dom.querySelectorAll('.summary li').map((each) => each.textContent.trim());
  const wrong = await heads('Bukan@ini1234', 'Kekuda#Biru42');
  t.match(wrong, [/^Katalaluan sekarang tidak tepat/]);
  const short = await heads(PASSWORD, 'Pendek@1');
  t.strictSame(short, ['Katalaluan baharu: Mestilah sekurang-kurangnya 12 aksara.']);
});

t.test('the rules are read by whoever sets it, also for somebody else: none of them says "your"', (t) => {
  const rules = Object.entries(texts).filter(([key]) => key.startsWith('password.rule.'));
  for (const [key, { ms, en }] of rules) t.notMatch(`${ms} ${en}`, /\b(anda|your?)\b/i, key);
  t.end();
});
