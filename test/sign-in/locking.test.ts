import { t } from 'tap';
import { MINUTE } from '../../src/base/time.ts';
import { texts } from '../../src/texts.ts';
import { type Ipms, PASSWORD, type Page, startIpms } from '../helper.ts';
import { makeUser } from '../make.ts';
import { person } from '../read.ts';

// Five wrong tries shut a sign-in, thirty a network address, for 15 minutes

const WRONG = 'Bukan@katalaluan1';

const attempt = (ipms: Ipms, login: string, password = WRONG) =>
  ipms.visitor().submit('/login', '/login', { login, password });

const pass = (ipms: Ipms, minutes: number) => {
  ipms.clock.now = new Date(ipms.clock.now.getTime() + minutes * MINUTE);
};

t.test('five wrong tries, in whatever spelling, shut the sign-in for 15 minutes', async (t) => {
  const ipms = await startIpms(t);
  const spellings = [
    'pegawai.jabatan',
    'PEGAWAI.JABATAN',
    'pegawai.jabatan@jabatan.test',
    ' Pegawai.Jabatan@Jabatan.Test ',
  ];
  for (const login of spellings) await attempt(ipms, login);
  t.notMatch((await attempt(ipms, 'pegawai.jabatan')).text, 'Terlalu banyak', 'the fifth is looked at');
  for (const login of spellings) {
    const shut = await attempt(ipms, login, PASSWORD);
    t.equal(shut.status, 422);
    t.match(shut.text, 'Cuba lagi selepas 15 minit', `${login} is shut to the right password, too`);
  }
  t.equal((await attempt(ipms, 'pegawai.kementerian', PASSWORD)).status, 303, 'nobody else is');
  pass(ipms, 14);
  t.match((await attempt(ipms, 'pegawai.jabatan', PASSWORD)).text, 'Cuba lagi selepas 1 minit');
  pass(ipms, 1);
  t.equal((await attempt(ipms, 'pegawai.jabatan', PASSWORD)).status, 303);
});

t.test('a name that nobody has is shut in the same way', async (t) => {
  const ipms = await startIpms(t);
  for (const login of ['tiada', 'TIADA', ' tiada ', 'Tiada', 'tiada'])
    t.equal((await attempt(ipms, login)).status, 422);
  t.match((await attempt(ipms, 'tiada')).text, 'Terlalu banyak percubaan');
});

/** Signs in from as many browsers as there are tries, all in one moment. */
async function atOnce(ipms: Ipms, tries: { login: string; password: string }[]) {
  const ready = await Promise.all(
    tries.map(async (fields) => {
      const browser = ipms.visitor();
      return { browser, fields: { ...fields, _csrf: await browser.token('/login') } };
    }),
  );
  return Promise.all(ready.map(({ browser, fields }) => browser.post('/login', fields)));
}

const tries = (count: number, login: (at: number) => string, password = WRONG) =>
  Array.from({ length: count }, (_, at) => ({ login: login(at), password }));
const isIn = (answer: Page) => answer.status === 303;
const isLookedAt = (answer: Page) => answer.text.includes(texts['sign-in.wrong'].ms);
const isShut = (answer: Page) => answer.text.includes('Terlalu banyak percubaan yang salah');

t.test('wrong tries that come together are counted one by one', async (t) => {
  const ipms = await startIpms(t);
  const answers = await atOnce(
    ipms,
    tries(40, () => 'pegawai.jabatan'),
  );
  t.equal(answers.filter(isLookedAt).length, 5);
  t.equal(answers.filter((answer) => answer.status === 422 && isShut(answer)).length, 35);
});

t.test('an office of sixty behind one address gets in, all in one moment', async (t) => {
  const ipms = await startIpms(t);
  for (let at = 0; at < 60; at += 1) await makeUser(ipms, `orang.${at}`);
  const answers = await atOnce(
    ipms,
    tries(60, (at) => `orang.${at}`, PASSWORD),
  );
  t.equal(answers.filter(isIn).length, 60);
});

t.test('so does one person in twelve browsers', async (t) => {
  const ipms = await startIpms(t);
  const answers = await atOnce(
    ipms,
    tries(12, () => 'pegawai.jabatan', PASSWORD),
  );
  t.equal(answers.filter(isIn).length, 12);
});

t.test('wrong ones in the same moment shut out none of the right ones', async (t) => {
  const ipms = await startIpms(t);
  for (let at = 0; at < 25; at += 1) await makeUser(ipms, `orang.${at}`);
  const mixed = tries(25, (at) => `orang.${at}`, PASSWORD).flatMap((right) => [right, { ...right, password: WRONG }]);
  const answers = await atOnce(ipms, mixed);
  t.equal(answers.filter(isIn).length, 25);
  t.equal(answers.filter(isLookedAt).length, 25);
});

t.test('a right try, and time, begin the count anew', async (t) => {
  const ipms = await startIpms(t);
  for (let round = 0; round < 3; round += 1) {
    for (let tries = 0; tries < 4; tries += 1) await attempt(ipms, 'pegawai.jabatan');
    t.equal((await attempt(ipms, 'pegawai.jabatan', PASSWORD)).status, 303, 'four wrong ones, then the right one');
  }
  for (let tries = 0; tries < 4; tries += 1) await attempt(ipms, 'pegawai.jabatan');
  pass(ipms, 16);
  await attempt(ipms, 'pegawai.jabatan');
  t.equal((await attempt(ipms, 'pegawai.jabatan', PASSWORD)).status, 303);
  for (let tries = 0; tries < 4; tries += 1) {
    await attempt(ipms, 'pegawai.jabatan');
    pass(ipms, 5);
  }
  await attempt(ipms, 'pegawai.jabatan');
  t.equal((await attempt(ipms, 'pegawai.jabatan', PASSWORD)).status, 303, 'five, but not within 15 minutes');
});

t.test('thirty wrong tries from one network address: 429, and when to come back', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_TRUST_PROXY: '127.0.0.1' } });
  const browser = ipms.visitor();
  const _csrf = await browser.token('/login');
  const from = (address: string, login: string, password = WRONG) =>
    browser.post('/login', { login, password, _csrf }, { 'x-forwarded-for': address });
  for (let number = 0; number < 30; number += 1) t.equal((await from('203.0.113.7', `tekaan.${number}`)).status, 422);
  const shut = await from('203.0.113.7', 'pegawai.jabatan', PASSWORD);
  t.equal(shut.status, 429);
  t.equal(Number(shut.headers['retry-after']), 15 * 60);
  t.match(shut.text, '15 minit');
  const { id } = await person(ipms, 'pegawai.jabatan');
  const counted = await ipms.db.selectFrom('throttle').select('key').where('key', '=', `user:${id}`).execute();
  t.equal(counted.length, 0, 'the person is not shut out for it');
  t.equal((await from('203.0.113.8', 'pegawai.jabatan', PASSWORD)).status, 303, 'from elsewhere all is well');
  pass(ipms, 15);
  t.equal((await ipms.visitor().post('/login', {}, {})).status, 403);
  const later = ipms.visitor();
  const fields = { login: 'admin.jabatan', password: PASSWORD, _csrf: await later.token('/login') };
  t.equal((await later.post('/login', fields, { 'x-forwarded-for': '203.0.113.7' })).status, 303);
});

t.test('right tries do not use up the thirty of an office behind one address', async (t) => {
  const ipms = await startIpms(t);
  for (let number = 0; number < 35; number += 1)
    t.equal((await attempt(ipms, 'pegawai.jabatan', PASSWORD)).status, 303);
});
