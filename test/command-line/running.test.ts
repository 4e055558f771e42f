import { mock } from 'node:test';
import { t } from 'tap';
import { DAY, later, MINUTE } from '../../src/base/time.ts';
import { runDue } from '../../src/due.ts';
import { repeat } from '../../src/running.ts';
import { START, startIpms } from '../helper.ts';

t.test('recurring work never overlaps, and a turn that fails does not stop the next', async (t) => {
  mock.timers.enable({ apis: ['setInterval'] });
  t.teardown(() => mock.timers.reset());
  const turns: { end(): void; fail(error: Error): void }[] = [];
  const failures: unknown[] = [];
  const work = () => new Promise<void>((resolve, reject) => turns.push({ end: resolve, fail: reject }));
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const stop = repeat(1000, work, (error) => failures.push(error));
  t.equal(turns.length, 1, 'the first turn is at once');
  mock.timers.tick(5000);
  t.equal(turns.length, 1, 'the next waits for it');
  turns[0]?.fail(new Error('a bad minute'));
  await settle();
  mock.timers.tick(1000);
  t.equal(turns.length, 2);
  t.match(failures, [{ message: 'a bad minute' }]);

  let stopped = false;
  const stopping = stop().then(() => {
    stopped = true;
  });
  await settle();
  t.equal(stopped, false, 'stopping waits for the turn that is under way');
  turns[1]?.end();
  await stopping;
  mock.timers.tick(5000);
  t.equal(turns.length, 2);
});

t.test('what fails again and again in the same way is reported once a minute', async (t) => {
  mock.timers.enable({ apis: ['setInterval'] });
  t.teardown(() => mock.timers.reset());
  const failures: string[] = [];
  let wrong: string | null = 'the disk is full';
  const work = async () => {
    if (wrong !== null) throw new Error(wrong);
  };
  const stop = repeat(20_000, work, (error) => failures.push((error as Error).message));
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const turns = async (count: number) => {
    for (let turn = 0; turn < count; turn += 1) {
      mock.timers.tick(20_000);
      await settle();
    }
  };
  await settle();
  await turns(2);
  t.strictSame(failures.splice(0), ['the disk is full'], 'once in three turns');
  await turns(1);
  t.strictSame(failures.splice(0), ['the disk is full'], 'and once in the next three');
  wrong = 'a row is broken';
  await turns(2);
  t.strictSame(failures.splice(0), ['a row is broken'], 'another failure at once');
  wrong = null;
  await turns(1);
  wrong = 'a row is broken';
  await turns(1);
  t.strictSame(failures.splice(0), ['a row is broken'], 'and one that has come back');
  await stop();
});

t.test('what is due is done, also beside what fails, and twice does no more than once', async (t) => {
  const { db } = await startIpms(t);
  const past = new Date(START.getTime() - 1000).toISOString();
  const session = { user_id: 1, access_code_id: null, data: '{}', created_at: past, seen_at: past };
  await db
    .insertInto('session')
    .values([
      { ...session, id: 'old', expires_at: past },
      { ...session, id: 'live', expires_at: '2026-11-24T06:00:01.000Z' },
    ])
    .execute();
  await db.insertInto('submission').values({ act: 'long ago', at: '2026-11-10T00:00:00.000Z' }).execute();
  t.strictSame(await runDue(db, START), [
    'services still to be ended announced: 3',
    'daily mails of the audit trail: 1',
    'expired sessions removed: 1',
    'names of old submissions removed: 1',
  ]);
  t.strictSame(await db.selectFrom('session').select('id').execute(), [{ id: 'live' }]);
  t.strictSame(await runDue(db, START), []);

  await db.schema.dropTable('session').execute();
  await db.insertInto('throttle').values({ key: 'k', failures: 1, window_ends_at: past, locked_until: null }).execute();
  await t.rejects(runDue(db, START), /"expired sessions removed" failed/);
  t.strictSame(await db.selectFrom('throttle').select('key').where('key', '=', 'k').execute(), []);
});

t.test('the head of the audit trail is mailed once on each day', async (t) => {
  const { db } = await startIpms(t);
  const isMailed = async (now: Date) => (await runDue(db, now)).some((each) => each.startsWith('daily mails'));
  for (const day of [0, 1, 2]) {
    const morning = later(START, day * DAY);
    t.ok(await isMailed(morning), `day ${day}`);
    t.notOk(await isMailed(later(morning, MINUTE)), `day ${day}, a minute later`);
  }
});
