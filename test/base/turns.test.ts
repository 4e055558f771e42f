import { t } from 'tap';
import { Busy } from '../../src/base/errors.ts';
import { takeTurns } from '../../src/base/turns.ts';
import { siteOf } from '../../src/web/throttle.ts';

/** Work that goes on until the test ends it, noted when it begins. */
function work() {
  const begun: string[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const named = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      begun.push(name);
      ends.push((error) => (error ? reject(error) : resolve(name)));
    });
  return { begun, ends, named };
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

const settle = () => new Promise((resolve) => setImmediate(resolve));

t.test('one network after the other, whoever has many waiting; within one, whoever came first', async (t) => {
  const inTurn = takeTurns({ atOnce: 2, most: 100, mostOfOne: 100 });
  const { begun, ends, named } = work();
  const done = ['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'c1'].map((name) => inTurn(name[0] ?? '', named(name)));
  t.strictSame(begun, ['a1', 'a2'], 'two at once');
  for (let at = 0; at < 8; at += 1) {
    ends[at]?.();
    await settle();
  }
  t.strictSame(begun, ['a1', 'a2', 'a3', 'b1', 'c1', 'a4', 'b2', 'a5']);
  t.strictSame(await Promise.all(done), ['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'c1']);
});

t.test('one network alone does not have all turns, where that is said', async (t) => {
  const inTurn = takeTurns({ atOnce: 3, atOnceOfOne: 2, most: 100, mostOfOne: 100 });
  const { begun, ends, named } = work();
  const done = ['a1', 'a2', 'a3', 'a4', 'b1', 'c1'].map((name) => inTurn(name[0] ?? '', named(name)));
  t.strictSame(begun, ['a1', 'a2', 'b1'], 'the third turn is another network’s');
  ends[2]?.();
  await settle();
  t.strictSame(begun.at(-1), 'c1', 'and stays so while two of the first one are slow');
  for (let at = 0; at < 6; at += 1) {
    ends[at]?.();
    await settle();
  }
  t.strictSame(begun, ['a1', 'a2', 'b1', 'c1', 'a3', 'a4']);
  t.strictSame(await Promise.all(done), ['a1', 'a2', 'a3', 'a4', 'b1', 'c1']);
});

t.test('work that fails makes room, too', async (t) => {
  const inTurn = takeTurns({ atOnce: 1, most: 100, mostOfOne: 100 });
  const { begun, ends, named } = work();
  const failing = t.rejects(inTurn('a', named('a1')), { message: 'no' });
  const next = inTurn('a', named('a2'));
  ends[0]?.(new Error('no'));
  await failing;
  await settle();
  t.strictSame(begun, ['a1', 'a2']);
  ends[1]?.();
  t.equal(await next, 'a2');
  t.equal(await inTurn('a', async () => 'a3'), 'a3', 'and nothing is left behind');
});

t.test('too much for one network, or in all, is refused at once, and nothing else is', async (t) => {
  const inTurn = takeTurns({ atOnce: 1, most: 4, mostOfOne: 3 });
  const { begun, ends, named } = work();
  const taken = ['a1', 'a2', 'a3', 'a4'].map((name) => inTurn('a', named(name)));
  t.ok((await refusal(inTurn('a', named('a5')))) instanceof Busy, 'three of one wait already');
  taken.push(inTurn('b', named('b1')));
  t.ok((await refusal(inTurn('c', named('c1')))) instanceof Busy, 'four wait already');
  ends[0]?.();
  await settle();
  taken.push(inTurn('c', named('c2')));
  for (let at = 1; at < 6; at += 1) {
    ends[at]?.();
    await settle();
  }
  await Promise.all(taken);
  t.strictSame(begun, ['a1', 'a2', 'b1', 'a3', 'c2', 'a4']);
});

t.test('what shares a turn', async (t) => {
  t.equal(siteOf('203.0.113.7'), '203.0.113.7');
  t.equal(siteOf('2001:db8:7:1::1'), siteOf('2001:db8:7:ffff::2'), 'one customer');
  t.not(siteOf('2001:db8:7:1::1'), siteOf('2001:db8:8:1::1'));
});
