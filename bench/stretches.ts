// Loaded into a server that is measured, before it: writes down each stretch for which its event loop stood still, as
// milliseconds by the clock, and how many of these its thread worked. On a computer with much to do, it waited for a processor
// or a disk in the others: that is not what held the loop.
import { appendFileSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const EVERY = 10;
const WORTH_A_LINE = 20;
const file = process.env.IPMS_BENCH_STRETCHES;

if (isMainThread && file !== undefined) {
  let [last, before] = [performance.now(), worked()];
  setInterval(() => {
    const [now, after] = [performance.now(), worked()];
    if (now - last > WORTH_A_LINE) appendFileSync(file, `${now - last} ${Math.min(now - last, after - before)}\n`);
    [last, before] = [now, after];
  }, EVERY).unref();
}

/** Processor time of this thread in milliseconds; the clock, where the system does not say. */
function worked() {
  if (process.platform !== 'linux') return performance.now();
  return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1_000_000;
}
