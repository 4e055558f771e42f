import { availableParallelism } from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';
import bcrypt from 'bcrypt';
import { t } from 'tap';
import { hashPassword, inTurn, passwordMatches } from '../../src/sign-in/hashing.ts';
import { gatesOf } from '../../src/web/throttle.ts';
import { type Ipms, PASSWORD, startIpms } from '../helper.ts';
import { makeUser } from '../make.ts';
import { person } from '../read.ts';

// Where more wait for a password to be compared than can be served soon

const from = (address: string) => ({ address });

/** Nothing is hashed until what comes back is called. */
function holdHashing() {
  const held = Promise.withResolvers<void>();
  for (let at = 0; at < availableParallelism(); at += 1) void inTurn(from('192.0.2.250'), () => held.promise);
  return held.resolve;
}

/** One sign-in, sent at once; the answer comes when it may. */
async function send(ipms: Ipms, address: string, login: string, language: 'ms' | 'en' = 'ms') {
  const browser = ipms.visitor({ language });
  const fields = { login, password: PASSWORD, _csrf: await browser.token('/login') };
  return { browser, fields, answer: browser.post('/login', fields, { 'x-forwarded-for': address }) };
}

t.test('too many of one network: a page that says so at once, nothing counted, and nobody else refused', async (t) => {
  const ipms = await startIpms(t, { environment: { IPMS_TRUST_PROXY: '127.0.0.1' } });
  await makeUser(ipms, 'orang.lain');
  const goOn = holdHashing();
  const waiting: Promise<{ status: number }>[] = [];
  // thirty are looked at together, and five hundred wait
  for (let at = 0; at < 530; at += 1) waiting.push((await send(ipms, '203.0.113.5', `tiada.${at}`)).answer);
  for (const [language, title, text] of [
    ['ms', 'Terlalu ramai sedang menunggu', 'tidak dikira sebagai percubaan yang salah'],
    ['en', 'Too many people are waiting', 'does not count as a wrong try'],
  ] as const) {
    const refused = await (await send(ipms, '203.0.113.5', 'pegawai.jabatan', language)).answer;
    t.equal(refused.status, 503);
    t.equal(refused.headers['retry-after'], '30');
    t.equal(refused.dom.querySelector('h1')?.textContent.trim(), title);
    t.match(refused.text, text);
  }
  const other = await send(ipms, '203.0.113.6', 'orang.lain');
  t.strictSame(await ipms.db.selectFrom('throttle').select('key').where('key', 'like', '%203.0.113%').execute(), []);
  goOn();
  t.equal((await other.answer).status, 303, 'another network waits for its own turn alone');
  const statuses = (await Promise.all(waiting)).map(({ status }) => status);
  t.equal(statuses.filter((status) => status === 422).length, 30, 'the first thirty were wrong');
  t.equal(statuses.filter((status) => status === 429).length, 500);
});

t.test('passwords are compared for one network after the other, also where one has many addresses', async (t) => {
  const hash = await hashPassword(PASSWORD, 4, from(''));
  const goOn = holdHashing();
  const order: string[] = [];
  const compare = async (address: string) => {
    await passwordMatches(PASSWORD, hash, from(address));
    order.push(address);
  };
  const many = Array.from({ length: 8 }, (_, at) => compare(`2001:db8:7:${at}::1`));
  const other = compare('2001:db8:8:1::1');
  const made = hashPassword(PASSWORD, 4, from('203.0.113.5')).then(() => order.push('203.0.113.5'));
  goOn();
  await Promise.all([...many, other, made]);
  t.ok(order.indexOf('2001:db8:8:1::1') < 5, order.join(' '));
  t.ok(order.indexOf('203.0.113.5') < 5, order.join(' '));
});

t.test('who hangs up while waiting is dropped: nothing is compared or counted for them', async (t) => {
  const statuses: number[] = [];
  const ipms = await startIpms(t, {
    extend: (app) =>
      app.addHook('onSend', async (request, reply) => {
        if (request.method === 'POST') statuses.push(reply.statusCode);
      }),
  });
  const { port } = new URL(await ipms.app.listen({ port: 0, host: '127.0.0.1' }));
  const browser = ipms.visitor();
  const _csrf = await browser.token('/login');
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  let compared = 0;
  const compare = bcrypt.compare.bind(bcrypt);
  bcrypt.compare = ((text: string, hash: string) => {
    compared += 1;
    return compare(text, hash);
  }) as typeof bcrypt.compare;
  t.teardown(() => {
    bcrypt.compare = compare;
  });
  const goOn = holdHashing();
  const body = new URLSearchParams({ login: 'pegawai.jabatan', password: 'Bukan@katalaluan1', _csrf }).toString();
  const hangUp = new AbortController();
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
  // seven come: five wait for their turn, two for a place among the five
  const sent = Array.from({ length: 7 }, () =>
    fetch(`http://127.0.0.1:${port}/login`, { method: 'POST', body, headers, signal: hangUp.signal }).catch(
      (error: Error) => error.name,
    ),
  );
  while (![...gatesOf(ipms.db).values()].some(({ inside, waiting }) => inside === 5 && waiting.length === 2))
    await turn();
  hangUp.abort();
  t.strictSame(new Set(await Promise.all(sent)), new Set(['AbortError']));
  while (statuses.length < 7) await turn();
  t.strictSame(new Set(statuses), new Set([499]));
  goOn();
  t.equal(compared, 0);
  const { id } = await person(ipms, 'pegawai.jabatan');
  t.strictSame(await ipms.db.selectFrom('throttle').select('key').where('user_id', '=', id).execute(), []);
  t.equal(gatesOf(ipms.db).size, 0, 'no gate is kept');
});
