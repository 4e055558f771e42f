import { t } from 'tap';
import { noteHolds } from '../../src/base/holds.ts';

t.test('what holds the event loop is noted, by how late a look comes', async (t) => {
  let now = 1000;
  const { look, read } = noteHolds(() => now);
  const lookAfter = (milliseconds: number) => {
    now += milliseconds;
    look();
  };
  t.strictSame(read(), { longest: 0, tooLong: 0 });
  lookAfter(20);
  lookAfter(70);
  t.strictSame(read(), { longest: 50, tooLong: 0 }, 'as long as may be');
  lookAfter(71);
  lookAfter(320);
  lookAfter(22);
  t.strictSame(read(), { longest: 300, tooLong: 2 });
  t.strictSame(read(), { longest: 0, tooLong: 2 }, 'the longest is of the time since it was last read');
});
