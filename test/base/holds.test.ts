import { createHistogram } from 'node:perf_hooks';
import { t } from 'tap';
import { holdsIn, watchHolds } from '../../src/base/holds.ts';

/** Looks that came so many milliseconds after the one before. */
function looksAfter(...milliseconds: number[]) {
  const looks = createHistogram();
  for (const each of milliseconds) looks.record(1_000_000 * each);
  return looks;
}

t.test('what holds the event loop is told by how late a look comes', async (t) => {
  const told = (...milliseconds: number[]) => {
    const { longest, tooLong } = holdsIn(looksAfter(...milliseconds));
    return { longest: Math.round(longest), tooLong };
  };
  t.strictSame(told(), { longest: 0, tooLong: 0 });
  t.strictSame(told(19), { longest: 0, tooLong: 0 });
  t.strictSame(told(20, 69, 20), { longest: 49, tooLong: 0 });
  t.strictSame(told(75), { longest: 55, tooLong: 1 });
  t.strictSame(told(320, ...Array<number>(999).fill(20), 75, 22), { longest: 300, tooLong: 2 });
});

t.test('each reading tells the longest hold since the one before', async (t) => {
  const watch = watchHolds();
  t.teardown(watch.stop);
  await watch.read();
  const begun = performance.now();
  while (performance.now() - begun < 200);
  const first = await watch.read();
  t.ok(first.longest >= 150, 'a computer with much to do can only make it longer');
  t.ok(first.tooLong >= 1);
  const [one, other] = await Promise.all([watch.read(), watch.read()]);
  t.ok(other.tooLong >= one.tooLong && one.tooLong >= first.tooLong, 'they are counted on');
});
