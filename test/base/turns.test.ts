import { t } from 'tap';
import { Busy, Gone } from '../../src/base/errors.ts';
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

/** A network that is a site of its own, or part of another. */
const from = (network: string, site = network) => ({ network, site });

const settle = () => new Promise((resolve) => setImmediate(resolve));

t.test('one network after the other, whoever has many waiting; within one, whoever came first', async (t) => {
  const inTurn = takeTurns({ atOnce: 2, most: 100, mostOfOne: 100 });
  const { begun, ends, named } = work();
  const done = ['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'c1'].map((name) => inTurn(from(name[0] ?? ''), named(name)));
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
  const done = ['a1', 'a2', 'a3', 'a4', 'b1', 'c1'].map((name) => inTurn(from(name[0] ?? ''), named(name)));
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

t.test('a site has no more turns for having many networks, and within it each network has its own', async (t) => {
  const inTurn = takeTurns({ atOnce: 1, most: 100, mostOfOne: 100 });
  const { begun, ends, named } = work();
  const done = [
    inTurn(from('x', 'x'), named('x1')),
    ...['a1', 'a2', 'a3', 'b1', 'b2'].map((name) => inTurn(from(name[0] ?? '', 's'), named(name))),
    ...['c1', 'c2', 'c3'].map((name) => inTurn(from('c'), named(name))),
  ];
  for (let at = 0; at < 9; at += 1) {
    ends[at]?.();
    await settle();
  }
  await Promise.all(done);
  t.strictSame(begun, ['x1', 'a1', 'c1', 'b1', 'c2', 'a2', 'c3', 'b2', 'a3']);
});

t.test('whoever has gone waits no more, and nobody behind is held up', async (t) => {
  const inTurn = takeTurns({ atOnce: 1, most: 3, mostOfOne: 3 });
  const { begun, ends, named } = work();
  const leaving = new AbortController();
  const first = inTurn(from('a'), named('a1'));
  const gone = refusal(inTurn({ ...from('a'), gone: leaving.signal }, named('a2')));
  const last = inTurn(from('a'), named('a3'));
  leaving.abort();
  t.ok((await gone) instanceof Gone);
  t.ok((await refusal(inTurn({ ...from('b'), gone: leaving.signal }, named('b1')))) instanceof Gone, 'gone before');
  const more = [inTurn(from('b'), named('b2')), inTurn(from('b'), named('b3'))];
  for (let at = 0; at < 4; at += 1) {
    ends[at]?.();
    await settle();
  }
  await Promise.all([first, last, ...more]);
  t.strictSame(begun, ['a1', 'a3', 'b2', 'b3'], 'its place was free');
});

t.test('who fills all places loses the last of them to whoever has fewer', async (t) => {
  const inTurn = takeTurns({ atOnce: 1, most: 4, mostOfOne: 100 });
  const { begun, ends, named } = work();
  const first = inTurn(from('x'), named('x1'));
  const of = (name: string, site: string) => refusal(inTurn(from(name[0] ?? '', site), named(name)));
  const many = [of('a1', 's'), of('a2', 's'), of('b1', 's'), of('a3', 's')];
  const other = [of('c1', 'c'), of('c2', 'c')];
  t.ok((await many[3]) instanceof Busy, 'the last of the longest line');
  t.ok((await many[1]) instanceof Busy, 'and the one before it');
  t.ok((await of('c3', 'c')) instanceof Busy, 'not when that would be more than the others have');
  t.ok((await of('b2', 's')) instanceof Busy);
  for (let at = 0; at < 5; at += 1) {
    ends[at]?.();
    await settle();
  }
  await Promise.all([first, ...many, ...other]);
  t.strictSame(begun, ['x1', 'a1', 'c1', 'b1', 'c2']);
});

t.test('work that fails makes room, too', async (t) => {
  const inTurn = takeTurns({ atOnce: 1, most: 100, mostOfOne: 100 });
  const { begun, ends, named } = work();
  const failing = t.rejects(inTurn(from('a'), named('a1')), { message: 'no' });
  const next = inTurn(from('a'), named('a2'));
  ends[0]?.(new Error('no'));
  await failing;
  await settle();
  t.strictSame(begun, ['a1', 'a2']);
  ends[1]?.();
  t.equal(await next, 'a2');
  t.equal(await inTurn(from('a'), async () => 'a3'), 'a3', 'and nothing is left behind');
});

t.test('too much for one network, or in all, is refused at once, and nothing else is', async (t) => {
  const inTurn = takeTurns({ atOnce: 1, most: 4, mostOfOne: 1 });
  const { begun, ends, named } = work();
  const taken = ['a1', 'a2'].map((name) => inTurn(from('a'), named(name)));
  t.ok((await refusal(inTurn(from('a'), named('a3')))) instanceof Busy, 'one of it waits already');
  taken.push(...['b1', 'c1', 'd1'].map((name) => inTurn(from(name[0] ?? ''), named(name))));
  t.ok((await refusal(inTurn(from('e'), named('e1')))) instanceof Busy, 'four wait already');
  ends[0]?.();
  await settle();
  taken.push(inTurn(from('e'), named('e2')));
  for (let at = 1; at < 6; at += 1) {
    ends[at]?.();
    await settle();
  }
  await Promise.all(taken);
  t.strictSame(begun, ['a1', 'a2', 'b1', 'c1', 'd1', 'e2']);
});

t.test('what shares a turn', async (t) => {
  t.equal(siteOf('203.0.113.7'), siteOf('203.0.113.250'), 'one customer');
  t.equal(siteOf('::ffff:203.0.113.7'), siteOf('203.0.113.250'));
  t.not(siteOf('203.0.113.7'), siteOf('203.0.114.7'));
  t.equal(siteOf('2001:db8:7:1::1'), siteOf('2001:db8:7:ffff::2'), 'one customer');
  t.not(siteOf('2001:db8:7:1::1'), siteOf('2001:db8:8:1::1'));
});
