import { t } from 'tap';
import { TooManyTries } from '../../src/platform/errors.ts';
import { countTry, forgive, forgiveOnce, unlock } from '../../src/platform/throttle.ts';
import { later, MINUTE } from '../../src/platform/time.ts';
import { START, startIpms } from '../helper.ts';

const outcome = async (tried: Promise<unknown>) => {
  try {
    await tried;
    return 'counted';
  } catch (error) {
    if (!(error instanceof TooManyTries)) throw error;
    return error.status;
  }
};

const times = <T>(count: number, work: (at: number) => T) => Array.from({ length: count }, (_, at) => work(at));

t.test('five tries and no more, also when all come at once', async (t) => {
  const { db } = await startIpms(t, { empty: true });
  const outcomes = await Promise.all(times(20, (at) => outcome(countTry(db, 'user:1', `10.0.0.${at}`, START))));
  t.equal(outcomes.filter((each) => each === 'counted').length, 5);
  t.equal(outcomes.filter((each) => each === 422).length, 15);
  t.equal(await outcome(countTry(db, 'user:2', '10.0.1.1', START)), 'counted', 'another name is open');
});

t.test('a shut name opens after 15 minutes, and counts anew', async (t) => {
  const { db } = await startIpms(t, { empty: true });
  for (const at of times(5, (each) => each)) await countTry(db, 'user:1', `10.0.0.${at}`, START);
  t.equal(await outcome(countTry(db, 'user:1', '10.0.1.1', later(START, 15 * MINUTE - 1))), 422);
  const reopened = later(START, 15 * MINUTE);
  const outcomes = await Promise.all(times(6, () => outcome(countTry(db, 'user:1', '10.0.1.1', reopened))));
  t.equal(outcomes.filter((each) => each === 'counted').length, 5);
});

t.test('tries further apart than 15 minutes do not add up', async (t) => {
  const { db } = await startIpms(t, { empty: true });
  for (const at of times(12, (each) => each))
    t.equal(await outcome(countTry(db, 'user:1', '10.0.0.1', later(START, at * 16 * MINUTE))), 'counted');
});

t.test('thirty tries from one network address, whatever the names, also at once', async (t) => {
  const { db } = await startIpms(t, { empty: true });
  const outcomes = await Promise.all(times(40, (at) => outcome(countTry(db, `login:${at}`, '10.0.0.1', START))));
  t.equal(outcomes.filter((each) => each === 'counted').length, 30);
  t.equal(outcomes.filter((each) => each === 429).length, 10);
  t.equal(await outcome(countTry(db, 'login:x', '10.0.0.2', START)), 'counted', 'another address is open');
  t.equal(await outcome(countTry(db, 'login:x', '10.0.0.1', later(START, 15 * MINUTE))), 'counted', 'later, too');
});

t.test('a right try starts the name anew and costs the address nothing', async (t) => {
  const { db } = await startIpms(t, { empty: true });
  for (const _ of times(100, (each) => each)) {
    await countTry(db, 'user:1', '10.0.0.1', START);
    await forgive(db, 'user:1', '10.0.0.1');
  }
  t.strictSame(await db.selectFrom('throttle').select(['key', 'failures', 'locked_until']).execute(), [
    { key: 'address:10.0.0.1', failures: 0, locked_until: null },
  ]);
});

t.test('unlocking opens a shut name at once, and says whether it was shut', async (t) => {
  const { db } = await startIpms(t, { empty: true });
  for (const at of times(5, (each) => each)) await countTry(db, 'user:1', `10.0.0.${at}`, START);
  const open = () => db.transaction().execute((trx) => unlock(trx, 'user:1', START));
  t.equal(await open(), true);
  t.equal(await open(), false);
  t.equal(await outcome(countTry(db, 'user:1', '10.0.0.9', START)), 'counted');
});

t.test('through the door: parallel wrong passwords are counted, whatever the spelling of the login', async (t) => {
  const ipms = await startIpms(t);
  const spellings = [
    'admin.jabatan',
    'ADMIN.JABATAN',
    ' admin.jabatan ',
    'admin.jabatan@jabatan.test',
    'Admin.Jabatan@Jabatan.Test',
  ];
  const named = () => ipms.db.selectFrom('throttle').select('key').where('key', 'like', 'user:%').execute();
  const before = (await named()).length;
  const browser = ipms.visitor();
  const _csrf = await browser.token('/login');
  await Promise.all(
    times(15, (at) => browser.post('/login', { login: spellings[at % 5] ?? '', password: `Salah#${at}`, _csrf })),
  );
  const right = await browser.post('/login', { login: 'admin.jabatan', password: 'Contoh@2026ipms', _csrf });
  t.equal(right.status, 422, 'the right password is not looked at any more');
  t.match(right.text, /15 minit/);
  t.equal((await named()).length, before + 1, 'all spellings are one name');
});

t.test('through the door: an address that tries too much gets 429 and when to come back', async (t) => {
  const ipms = await startIpms(t);
  const browser = ipms.visitor();
  const _csrf = await browser.token('/login');
  for (const at of times(30, (each) => each))
    await browser.post('/login', { login: `tiada.${at}`, password: 'x', _csrf });
  const answer = await browser.post('/login', { login: 'tiada.lagi', password: 'x', _csrf });
  t.equal(answer.status, 429);
  t.equal(answer.headers['retry-after'], '900');
});

t.test('half right gives back one try alone, and the last try says that it was', async (t) => {
  const { db } = await startIpms(t, { empty: true });
  for (const at of times(4, (each) => each)) t.notOk(await countTry(db, 'user:1', `10.0.0.${at}`, START));
  t.ok(await countTry(db, 'user:1', '10.0.0.4', START), 'the fifth shuts the name');
  await forgiveOnce(db, 'user:1', '10.0.0.4');
  t.ok(await countTry(db, 'user:1', '10.0.0.4', START), 'open for one more, which shuts it again');
  t.equal(await outcome(countTry(db, 'user:1', '10.0.0.4', START)), 422);
  await forgiveOnce(db, 'user:2', '10.0.0.9');
  t.equal((await db.selectFrom('throttle').selectAll().where('key', '=', 'user:2').execute()).length, 0);
});
