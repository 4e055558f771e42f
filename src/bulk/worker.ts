import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { unpackRows } from './arriving.ts';
import { carryOutRows } from './carry-out.ts';
import { dryRun } from './dry-run.ts';
import type { Failures } from './engine.ts';
import { payOwed } from './owed.ts';
import { openRuns } from './queries.ts';

/** Between two transactions, whatever waits goes first, until nothing has happened for so many milliseconds … */
const QUIET = 2;
/** … or so many are over: many people at once must not keep a run from its end. */
const LONGEST_REST = 60;
/** A turn of the event loop in which something was done takes longer. */
const SHORT = 0.3;

/**
 * Checks and carries out whatever waits, and does what is owed to rows, of all agencies in turn, each agency's runs one after the
 * other. What was cut off goes on where it was: a row's result is written in the transaction of its effect.
 * @param ending begins no further transaction once it is aborted
 * @returns how many rows were dry-run or carried out
 * @throws AggregateError with what should not have happened, after everything else was done
 */
export async function workOff(db: Db, settings: Act['settings'], clock: Clock, ending?: AbortSignal): Promise<number> {
  const context = { db, settings, clock };
  const failures: Failures = [];
  const broken = new Set<number>();
  let handled = 0;
  for (;;) {
    const runs = (await openRuns(db, broken)).filter((run) => !broken.has(run.id));
    if (runs.length === 0 || ending?.aborted) break;
    for (const { id, state, owed } of runs) {
      if (ending?.aborted) break;
      try {
        if (owed !== null) await payOwed(db, id);
        else if (state !== 'uploaded') handled += await carryOutRows(context, id, failures);
        else if (!(await unpackRows(db, id))) handled += await dryRun(context, id, failures);
      } catch (error) {
        broken.add(id);
        failures.push(new Error(`bulk run ${id}: ${(error as Error).message}`, { cause: error }));
      }
      await letOthers();
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, failures.map((each) => (each as Error).message).join('; '));
  return handled;
}

/** A page asks for the connection many times, and is then compressed: it should not find the next transaction before it each time. */
export async function letOthers() {
  const begun = performance.now();
  for (let [now, quietSince] = [begun, begun]; now - quietSince < QUIET && now - begun < LONGEST_REST; ) {
    await turn();
    const next = performance.now();
    if (next - now > SHORT) quietSince = next;
    now = next;
  }
}
