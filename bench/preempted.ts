// Loaded into a server that is measured, before it: writes down each stretch for which its event loop stood still, as
// milliseconds by the clock, and of these the ones in which the thread could have run and the system let another one run.
// A computer with much to do makes any stretch long; that is not what held the loop.
import { appendFileSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const EVERY = 10;
const WORTH_A_LINE = 10;
const file = process.env.IPMS_BENCH_STRETCHES;

if (isMainThread && file !== undefined) {
  let [last, waited] = [performance.now(), waitedForTurn()];
  setInterval(() => {
    const now = performance.now();
    const waitedNow = waitedForTurn();
    const [stretch, preempted] = [now - last - EVERY, waitedNow - waited];
    [last, waited] = [now, waitedNow];
    if (stretch > WORTH_A_LINE) appendFileSync(file, `${stretch} ${preempted}\n`);
  }, EVERY).unref();
}

/** Milliseconds that this thread waited for a processor; always 0 where the system does not say. */
function waitedForTurn() {
  if (process.platform !== 'linux') return 0;
  return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[1]) / 1_000_000;
}
