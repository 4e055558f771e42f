import bcrypt from 'bcrypt';
import { type Test, t } from 'tap';
import { DAY, later, MINUTE } from '../../src/base/time.ts';
import { runDue } from '../../src/due.ts';
import { texts } from '../../src/texts.ts';
import { type Ipms, PASSWORD, startIpms, type Visitor } from '../helper.ts';
import { makeUser } from '../make.ts';
import { person } from '../read.ts';

// What strangers try shuts nobody out of a browser or a network of their own, and tells nobody who there is

const WRONG = 'Bukan@katalaluan1';
const HELPDESK = 'meja.bantuan';
const behindProxy = (t: Test) => startIpms(t, { environment: { IPMS_TRUST_PROXY: '127.0.0.1' } });

/** Tries to sign in from a network address, in a browser of its own if none is given. */
async function tryFrom(
  ipms: Ipms,
  address: string,
  login: string,
  { password = WRONG, browser = ipms.visitor() }: { password?: string; browser?: Visitor } = {},
) {
  const fields = { login, password, _csrf: await browser.token('/login') };
  const answer = await browser.post('/login', fields, { 'x-forwarded-for': address });
  if (answer.status === 303) return 'in';
  if (answer.status === 429) return 'network shut';
  return answer.text.includes(texts['sign-in.wrong'].ms) ? 'wrong' : 'shut';
}

/** A browser in which somebody has signed in, and out again. */
async function knownBrowser(ipms: Ipms, login: string, address: string) {
  const browser = ipms.visitor();
  await tryFrom(ipms, address, login, { password: PASSWORD, browser });
  await browser.post('/logout', { _csrf: await browser.token('/me/sessions') });
  return browser;
}

/** Wrong tries from some networks, five from each. */
async function strangersTry(ipms: Ipms, login: string, networks: number) {
  for (let at = 0; at < networks; at += 1)
    for (let tries = 0; tries < 5; tries += 1) await tryFrom(ipms, `203.0.113.${at}`, login);
}

t.test('five wrong tries from one network, or thirty from many, shut nobody out where they have been', async (t) => {
  const ipms = await behindProxy(t);
  const browser = await knownBrowser(ipms, HELPDESK, '198.51.100.1');
  const right = { password: PASSWORD };
  await strangersTry(ipms, HELPDESK, 1);
  t.equal(await tryFrom(ipms, '203.0.113.0', HELPDESK, right), 'shut', 'there it is shut');
  t.equal(await tryFrom(ipms, '192.0.2.1', HELPDESK, right), 'in', 'and nowhere else');
  await strangersTry(ipms, HELPDESK, 8);
  t.equal(await tryFrom(ipms, '192.0.2.9', HELPDESK, right), 'shut', 'nowhere but where they have been');
  t.equal(await tryFrom(ipms, '198.51.100.1', HELPDESK, right), 'in', 'a new browser in the office');
  t.equal(await tryFrom(ipms, '192.0.2.9', HELPDESK, { ...right, browser }), 'in', 'the own browser, anywhere');
});

t.test(
  'sixty wrong tries from many known networks together shut the name there, and not to the own browser',
  async (t) => {
    const ipms = await behindProxy(t);
    const browser = await knownBrowser(ipms, HELPDESK, '198.51.100.1');
    const offices = Array.from({ length: 14 }, (_none, at) => `198.51.100.${at + 10}`);
    for (const office of offices) await knownBrowser(ipms, 'pegawai.jabatan', office);
    const last = offices.pop() ?? '';
    for (const office of offices.slice(0, 12))
      for (let tries = 0; tries < 5; tries += 1)
        t.not(await tryFrom(ipms, office, HELPDESK), 'in', 'each office has its five');
    const right = { password: PASSWORD };
    t.equal(await tryFrom(ipms, last, HELPDESK, right), 'shut', 'and all together no more than sixty');
    t.equal(await tryFrom(ipms, last, HELPDESK, { ...right, browser }), 'in', 'but in the own browser');
    t.equal(await tryFrom(ipms, last, 'admin.jabatan', right), 'in', 'others are tried apart');
    ipms.clock.now = later(ipms.clock.now, 16 * MINUTE);
    t.equal(await tryFrom(ipms, last, HELPDESK, right), 'in', 'for no longer than the others');
  },
);

t.test('whoever shuts a whole network shuts out no browser of the people there', async (t) => {
  const ipms = await behindProxy(t);
  const browser = await knownBrowser(ipms, HELPDESK, '198.51.100.1');
  for (let at = 0; at < 31; at += 1) await tryFrom(ipms, '203.0.113.7', `tekaan.${at}`);
  t.equal(await tryFrom(ipms, '203.0.113.7', HELPDESK, { password: PASSWORD }), 'network shut');
  t.equal(await tryFrom(ipms, '203.0.113.7', HELPDESK, { password: PASSWORD, browser }), 'in');
});

t.test('a browser is known for whom it was signed in, and has no more than five tries', async (t) => {
  const ipms = await behindProxy(t);
  const browser = await knownBrowser(ipms, 'pegawai.jabatan', '198.51.100.1');
  await strangersTry(ipms, HELPDESK, 6);
  t.equal(
    await tryFrom(ipms, '192.0.2.1', HELPDESK, { password: PASSWORD, browser }),
    'shut',
    'another’s browser is a stranger’s',
  );
  for (let tries = 0; tries < 5; tries += 1)
    t.equal(await tryFrom(ipms, '192.0.2.1', 'pegawai.jabatan', { browser }), 'wrong');
  t.equal(await tryFrom(ipms, '192.0.2.1', 'pegawai.jabatan', { password: PASSWORD, browser }), 'shut');
  t.equal(await tryFrom(ipms, '192.0.2.2', 'pegawai.jabatan', { password: PASSWORD }), 'in', 'elsewhere it is open');
});

t.test('who may not: a name that a browser gave itself', async (t) => {
  const ipms = await behindProxy(t);
  const browser = await knownBrowser(ipms, HELPDESK, '198.51.100.1');
  const signed = decodeURIComponent(browser.cookies.get('ipms-browser') ?? '');
  t.match(signed, /^[\w-]{22}\..+/);
  const { id } = await person(ipms, HELPDESK);
  const kept = await ipms.db.selectFrom('known_place').select('place').where('user_id', '=', id).execute();
  const name = signed.split('.')[0] ?? '';
  t.notOk(
    kept.some(({ place }) => place.includes(name)),
    'the database does not hold it',
  );
  await strangersTry(ipms, HELPDESK, 6);
  for (const forged of [name, `${name}.AAAA`, `AAAAAAAAAAAAAAAAAAAAAA.${signed.split('.')[1]}`]) {
    const stranger = ipms.visitor();
    stranger.carry('ipms-browser', forged);
    t.equal(await tryFrom(ipms, '192.0.2.1', HELPDESK, { password: PASSWORD, browser: stranger }), 'shut', forged);
  }
  const other = ipms.visitor();
  other.carry('ipms-browser', signed);
  t.equal(await tryFrom(ipms, '192.0.2.1', HELPDESK, { password: PASSWORD, browser: other }), 'in');
});

t.test('where nobody has signed in for half a year is forgotten', async (t) => {
  const ipms = await behindProxy(t);
  const browser = await knownBrowser(ipms, HELPDESK, '198.51.100.1');
  ipms.clock.now = later(ipms.clock.now, 180 * DAY);
  await strangersTry(ipms, HELPDESK, 6);
  t.equal(await tryFrom(ipms, '192.0.2.1', HELPDESK, { password: PASSWORD, browser }), 'shut');
  await runDue(ipms.db, ipms.clock.now);
  t.strictSame(await ipms.db.selectFrom('known_place').selectAll().execute(), []);
});

t.test('login ID and address are one name, whether there is somebody or not', async (t) => {
  const ipms = await behindProxy(t);
  const outcomes = async (names: string[], address: string) => {
    const all: string[] = [];
    for (const login of names) all.push(await tryFrom(ipms, address, login));
    return all;
  };
  const names = (name: string, domain: string) => [name, `${name}@${domain}`, name.toUpperCase(), ` ${name}@${domain}`];
  const twice = (name: string, domain: string) => [...names(name, domain), ...names(name, domain)];
  const expected = ['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'shut', 'shut', 'shut'];
  t.strictSame(await outcomes(twice('pegawai.jabatan', 'jabatan.test'), '203.0.113.1'), expected, 'somebody');
  t.strictSame(await outcomes(twice('tiada.orang', 'jabatan.test'), '203.0.113.2'), expected, 'nobody');
  // a network in which somebody has signed in answers for everybody alike
  await knownBrowser(ipms, HELPDESK, '198.51.100.1');
  for (const name of ['pegawai.kementerian', 'tiada.lagi']) {
    await strangersTry(ipms, name, 6);
    t.equal(await tryFrom(ipms, '198.51.100.1', name), 'wrong', `${name}, from the office`);
    t.equal(await tryFrom(ipms, '192.0.2.77', name), 'shut', `${name}, from elsewhere`);
  }
});

t.test('a comparison takes as much for nobody as for somebody, whatever their hash costs', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_BCRYPT_COST: '6' } });
  for (const [login, cost] of [
    ['murah.lama', 4],
    ['sama.sahaja', 6],
    ['mahal.sekali', 7],
  ] as const) {
    const { id } = await makeUser(ipms, login);
    const password_hash = await bcrypt.hash(PASSWORD, cost);
    await ipms.db.updateTable('user').set({ password_hash }).where('id', '=', id).execute();
  }
  let work = 0;
  const compare = bcrypt.compare.bind(bcrypt);
  bcrypt.compare = ((text: string, hash: string) => {
    work += 2 ** bcrypt.getRounds(hash);
    return compare(text, hash);
  }) as typeof bcrypt.compare;
  t.teardown(() => {
    bcrypt.compare = compare;
  });
  for (const login of ['murah.lama', 'sama.sahaja', 'mahal.sekali', 'tiada'])
    for (const password of [WRONG, PASSWORD]) {
      work = 0;
      await tryFrom(ipms, '127.0.0.1', login, { password });
      t.equal(work, 2 ** 7, login);
    }
});
