import { type Test, t } from 'tap';
import { SYSTEM } from '../../src/base/actor.ts';
import { Busy, TooManyTries, WrongTry } from '../../src/base/errors.ts';
import { later, MINUTE } from '../../src/base/time.ts';
import type { Db } from '../../src/data/database.ts';
import { forgive, gatesOf, inspect, type Try, unlock } from '../../src/web/throttle.ts';
import { START, startIpms } from '../helper.ts';
import { person } from '../read.ts';

type Tried = Omit<Partial<Try>, 'by'> & { address?: string; now?: Date };

/** A try of somebody at an address. */
const tryOf = ({ name = 'user:1', address = '10.0.0.1', now: _now, ...more }: Tried): Try => ({
  by: { ...SYSTEM, address },
  what: 'password',
  name,
  ...more,
});

/** Looks at a try that comes out so, when it is let go. Returns what became of it. */
async function tryOne(db: Db, look: () => Promise<unknown>, tried: Tried = {}) {
  try {
    await inspect(db, tryOf(tried), tried.now ?? START, look);
    return 'right';
  } catch (error) {
    if (error instanceof TooManyTries) return error.status;
    if (error instanceof WrongTry) return 'wrong';
    if (error instanceof Busy) return 'busy';
    throw error;
  }
}

const wrong = async () => {
  throw new WrongTry('sign-in.wrong');
};
const isWrong = (db: Db, tried: Tried = {}) => tryOne(db, wrong, tried);
const isRight = (db: Db, tried: Tried = {}) => tryOne(db, () => forgive(db, tryOf(tried)), tried);

const times = <T>(count: number, work: (at: number) => T) => Array.from({ length: count }, (_, at) => work(at));
const count = (outcomes: unknown[], outcome: unknown) => outcomes.filter((each) => each === outcome).length;
const counted = (db: Db) =>
  db.selectFrom('throttle').select(['key', 'failures', 'locked_until']).orderBy('key').execute();

/** Tries that are looked at until the test lets them go. */
function held(db: Db) {
  const looks: { letGo(outcome?: Error): void }[] = [];
  const outcomes: Promise<unknown>[] = [];
  const add = (tried: Tried = {}) =>
    outcomes.push(
      tryOne(
        db,
        () =>
          new Promise<void>((resolve, reject) => looks.push({ letGo: (error) => (error ? reject(error) : resolve()) })),
        tried,
      ),
    );
  return { looks, outcomes, add };
}

/** Everything that can go on without being let go has gone on. */
const settle = async (db: Db) => {
  for (const _ of times(20, (each) => each)) await db.transaction().execute(async () => {});
};

/** A test over an empty database, at whose end no gate may be kept. */
function tests(name: string, work: (t: Test, db: Db) => Promise<void>) {
  t.test(name, async (t) => {
    const { db } = await startIpms(t, { empty: true });
    await work(t, db);
    t.equal(gatesOf(db).size, 0, 'no gate is kept');
  });
}

tests('five wrong tries and no more, also when all come at once', async (t, db) => {
  const outcomes = await Promise.all(times(40, () => isWrong(db)));
  t.equal(count(outcomes, 'wrong'), 5);
  t.equal(count(outcomes, 422), 35);
  t.equal(await isWrong(db, { name: 'user:2' }), 'wrong', 'another name is open');
  t.equal(await isWrong(db, { address: '10.0.0.2' }), 'wrong', 'and this one from elsewhere');
});

tests('right tries count for nothing, however many come at once', async (t, db) => {
  t.equal(count(await Promise.all(times(60, (at) => isRight(db, { name: `user:${at}` }))), 'right'), 60, 'one network');
  t.equal(
    count(await Promise.all(times(60, (at) => isRight(db, { address: `10.0.0.${at}` }))), 'right'),
    60,
    'one name',
  );
  t.strictSame(await counted(db), []);
});

tests('no more are looked at together than may be wrong', async (t, db) => {
  await isWrong(db);
  const { looks, outcomes, add } = held(db);
  times(40, () => add());
  await settle(db);
  t.equal(looks.length, 4, 'four tries are left');
  t.equal(await isRight(db, { name: 'user:2' }), 'right', 'nobody else waits for them, nor for those who wait');
  looks[0]?.letGo(new WrongTry('sign-in.wrong'));
  await settle(db);
  t.equal(looks.length, 4, 'a wrong one makes no room');
  looks[1]?.letGo();
  await settle(db);
  t.equal(looks.length, 5, 'a right one does');
  for (const at of [2, 3, 4]) looks[at]?.letGo(new WrongTry('sign-in.wrong'));
  t.strictSame((await Promise.all(outcomes)).map(String).sort(), [
    ...times(35, () => '422'),
    'right',
    ...times(4, () => 'wrong'),
  ]);
});

tests('nobody slips in between the last wrong try and its lock', async (t, db) => {
  for (const moment of times(60, (at) => at)) {
    const tried = { name: `user:${moment}`, address: `10.0.0.${moment}` };
    for (const _ of times(4, (each) => each)) await isWrong(db, tried);
    const { looks, outcomes, add } = held(db);
    add(tried);
    await settle(db);
    add(tried);
    for (const _ of times(moment, (each) => each)) await Promise.resolve();
    looks[0]?.letGo(new WrongTry('sign-in.wrong'));
    await settle(db);
    if (looks.length > 1) t.fail(`a sixth is looked at, ${moment} steps later`);
    for (const { letGo } of looks) letGo();
    await Promise.all(outcomes);
  }
});

tests('whoever fails in another way makes room, and counts for nothing', async (t, db) => {
  for (const _ of times(12, (each) => each))
    await t.rejects(
      tryOne(db, async () => {
        throw new Error('the disk is full');
      }),
      { message: 'the disk is full' },
    );
  t.strictSame(await counted(db), []);
  t.equal(gatesOf(db).size, 0);
});

tests('whoever waits hears what keeps the database from being asked', async (t, db) => {
  const { looks, outcomes, add } = held(db);
  for (const _ of times(5, (each) => each)) add();
  await settle(db);
  const waiting = t.rejects(isWrong(db), { message: /no such table/ });
  await settle(db);
  await db.schema.alterTable('throttle').renameTo('elsewhere').execute();
  for (const { letGo } of looks) letGo();
  await Promise.all([...outcomes, waiting]);
});

tests('the wrong and the right of one moment: every right one is in, and the wrong ones are counted', async (t, db) => {
  const outcomes = await Promise.all(times(24, (at) => (at % 6 === 0 ? isWrong(db) : tryOne(db, async () => {}))));
  t.equal(count(outcomes, 'right'), 20);
  t.equal(count(outcomes, 'wrong'), 4);
  t.match(await counted(db), [
    { key: 'address:10.0.0.1', failures: 4 },
    { key: 'user:1', failures: 4 },
    { key: 'user:1@10.0.0.1', failures: 4 },
  ]);
});

tests('only so many wait for one name: the next is told to come back', async (t, db) => {
  const { looks, outcomes, add } = held(db);
  times(5, () => add());
  await settle(db);
  times(501, () => add());
  await settle(db);
  t.equal(looks.length, 5);
  for (let at = 0; at < 505; at += 1) {
    looks[at]?.letGo();
    await settle(db);
  }
  const all = await Promise.all(outcomes);
  t.equal(count(all, 'right'), 505);
  t.equal(count(all, 'busy'), 1);
});

tests('a shut name opens after 15 minutes, and counts anew', async (t, db) => {
  for (const _ of times(5, (each) => each)) await isWrong(db);
  t.equal(await isRight(db, { now: later(START, 15 * MINUTE - 1) }), 422);
  const now = later(START, 15 * MINUTE);
  const outcomes = await Promise.all(times(6, () => isWrong(db, { now })));
  t.equal(count(outcomes, 'wrong'), 5);
});

tests('tries further apart than 15 minutes do not add up', async (t, db) => {
  for (const at of times(12, (each) => each))
    t.equal(await isWrong(db, { now: later(START, at * 16 * MINUTE) }), 'wrong');
});

tests('thirty wrong tries from one network address, whatever the names, also at once', async (t, db) => {
  const outcomes = await Promise.all(times(40, (at) => isWrong(db, { name: `login:${at}` })));
  t.equal(count(outcomes, 'wrong'), 30);
  t.equal(count(outcomes, 429), 10);
  t.equal(await isWrong(db, { name: 'login:x', address: '10.0.0.2' }), 'wrong', 'another address is open');
  t.equal(await isWrong(db, { name: 'login:x', now: later(START, 15 * MINUTE) }), 'wrong', 'later, too');
});

tests('an office in which somebody has signed in may mistype ten times as often', async (t, db) => {
  const outcomes = await Promise.all(times(310, (at) => isWrong(db, { name: `login:${at}`, isKnownNetwork: true })));
  t.equal(count(outcomes, 'wrong'), 300);
  t.equal(count(outcomes, 429), 10);
});

tests('the networks of one IPv6 customer are counted together, too', async (t, db) => {
  const from = (at: number) => ({ name: `login:${at}`, address: `2001:db8:7:${at.toString(16)}::1` });
  for (const at of times(300, (each) => each)) await isWrong(db, from(at));
  t.equal(await isWrong(db, from(301)), 429);
  t.equal(await isWrong(db, { name: 'login:301', address: '2001:db8:8::1' }), 'wrong', 'another one is open');
});

tests('five wrong ones from one network shut a name there, and stand in nobody’s way elsewhere', async (t, db) => {
  const { looks, outcomes, add } = held(db);
  for (const _ of times(40, (each) => each)) add();
  await settle(db);
  t.equal(looks.length, 5);
  t.equal(await tryOne(db, async () => {}, { address: '10.0.0.2' }), 'right', 'from elsewhere meanwhile');
  for (const { letGo } of looks) letGo(new WrongTry('sign-in.wrong'));
  t.equal(count(await Promise.all(outcomes), 422), 35);
  t.equal(await isRight(db, { address: '10.0.0.2' }), 'right');
});

tests('thirty from wherever shut it to strangers, and to nobody who is known', async (t, db) => {
  const outcomes = await Promise.all(times(40, (at) => isWrong(db, { address: `10.0.1.${at}` })));
  t.equal(count(outcomes, 'wrong'), 30);
  t.equal(count(outcomes, 422), 10);
  t.equal(await isRight(db, { address: '10.0.2.1' }), 422, 'a network in which nobody has signed in');
  t.equal(await isRight(db, { address: '10.0.2.1', isKnownNetwork: true }), 'right', 'one in which somebody has');
  t.equal(await isRight(db, { address: '10.0.1.1', userId: 1, browser: 'browser:a' }), 'right', 'the own browser');
});

t.test('a browser of the person has five tries of its own, whatever its network has used up', async (t) => {
  const ipms = await startIpms(t);
  const { db } = ipms;
  const { id } = await person(ipms, 'pegawai.jabatan');
  for (const at of times(30, (each) => each)) await isWrong(db, { name: `login:${at}` });
  const own = { userId: id, browser: 'browser:a' };
  const outcomes = await Promise.all(times(9, () => isWrong(db, own)));
  t.equal(count(outcomes, 'wrong'), 5);
  t.equal(count(outcomes, 422), 4);
  t.equal(await isRight(db, { ...own, browser: 'browser:b' }), 'right', 'another browser of the person');
});

tests('a code behind the password is shut to all strangers by five wrong ones from wherever', async (t, db) => {
  const outcomes = await Promise.all(
    times(9, (at) => isWrong(db, { address: `10.0.1.${at}`, inner: 'second-factor:1', isKnownNetwork: true })),
  );
  t.equal(count(outcomes, 'wrong'), 5);
  t.equal(count(outcomes, 422), 4);
});

tests('a right try starts the name anew and costs the address nothing', async (t, db) => {
  for (const _ of times(4, (each) => each)) await isWrong(db);
  for (const _ of times(100, (each) => each)) await isRight(db);
  t.match(await counted(db), [{ key: 'address:10.0.0.1', failures: 4, locked_until: null }]);
});

tests('unlocking opens a shut name at once, and says whether it was shut', async (t, db) => {
  for (const _ of times(5, (each) => each)) await isWrong(db);
  const open = () => db.transaction().execute((trx) => unlock(trx, 1, 'user:1', START));
  t.equal(await open(), true);
  t.equal(await open(), false);
  t.equal(await isWrong(db), 'wrong');
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
  const named = () => ipms.db.selectFrom('throttle').select('key').where('key', 'like', 'login:%').execute();
  const before = (await named()).length;
  const browser = ipms.visitor();
  const _csrf = await browser.token('/login');
  await Promise.all(
    times(15, (at) => browser.post('/login', { login: spellings[at % 5] ?? '', password: `Salah#${at}`, _csrf })),
  );
  const right = await browser.post('/login', { login: 'admin.jabatan', password: 'Contoh@2026ipms', _csrf });
  t.equal(right.status, 422, 'the right password is not looked at any more');
  t.match(right.text, /15 minit/);
  t.equal((await named()).length, before + 2, 'all spellings are one name, here and everywhere');
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

tests('half right takes nothing back, and the last wrong try says that it was', async (t, db) => {
  let shut = 0;
  const tried = { name: 'user:1', address: '10.0.0.1' };
  const last = () =>
    inspect(db, tryOf(tried), START, wrong, async () => {
      shut += 1;
    }).catch(() => {});
  for (const _ of times(4, (each) => each)) {
    await last();
    t.equal(await tryOne(db, async () => {}, tried), 'right');
  }
  t.equal(shut, 0);
  await last();
  t.equal(shut, 1, 'the fifth shuts the name');
  await last();
  t.equal(shut, 1, 'once');
  t.equal(await isRight(db, tried), 422);
});
