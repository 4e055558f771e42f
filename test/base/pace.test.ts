import { t } from 'tap';
import { paced } from '../../src/base/pace.ts';

// Long work lets everything else have its turn: by the time that went by, whatever number of steps it was.

t.test('a turn is given once 10 milliseconds went by, and then counted anew', async (t) => {
  let now = 1000;
  let turns = 0;
  const breathe = paced(() => now);
  const after = async (milliseconds: number) => {
    now += milliseconds;
    const before = turns;
    setImmediate(() => {
      turns += 1;
    });
    await breathe();
    return turns > before;
  };
  for (let step = 0; step < 9; step += 1) t.equal(await after(1), false, 'many short steps are one');
  t.equal(await after(1), true);
  t.equal(await after(9), false, 'the time is counted from the last turn');
  t.equal(await after(500), true, 'one long step is enough');
});
