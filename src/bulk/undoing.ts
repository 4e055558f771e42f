import { userOf } from '../base/actor.ts';
import { Conflict, RuleBroken } from '../base/errors.ts';
import { type Act, actName } from '../data/act.ts';
import { isTaken } from '../data/database.ts';
import { audit } from '../trail/audit.ts';
import { bulkRunItem } from '../trail/items.ts';
import { ENDED } from './bulk-run.ts';
import { kindOf } from './kinds.ts';
import { findRun, type Run } from './queries.ts';
import { tallyOf } from './row-queries.ts';

/**
 * Takes back what a run did, row by row, the last row first, as a run of its own: `payOwed` gives it its rows.
 * @returns the new run's id
 * @throws NotFound; RuleBroken when its kind cannot be taken back; Conflict when there is nothing to take back, or it is being done
 */
export async function undoRun(act: Act, id: number, input: { reason: string }): Promise<number> {
  const run = await findRun(act.trx, act.actor, id);
  if (run.undo_of !== null) throw new RuleBroken('bulk.undoOfUndo');
  const kind = kindOf(run.kind);
  if (kind.undo === null) throw new RuleBroken(kind.undoText);
  const { undoable } = await tallyOf(act.trx, run);
  if (!ENDED.some((state) => state === run.state) || undoable === 0) throw new Conflict('bulk.nothingToUndo');
  const undoing = await insertUndoing(act, run, undoable, input.reason);
  const after = { count: undoable, reason: input.reason };
  await audit(act, { action: 'bulk.undo-confirmed', item: bulkRunItem(undoing), after });
  return undoing.id;
}

async function insertUndoing(act: Act, run: Run, total: number, reason: string): Promise<Run> {
  const at = act.now.toISOString();
  try {
    return await act.trx
      .insertInto('bulk_run')
      .values({
        agency_id: run.agency_id,
        kind: run.kind,
        state: 'confirmed',
        file_name: run.file_name,
        file_hash: '',
        total,
        undo_of: run.id,
        owed: 'fill',
        reason,
        act: actName(act.actor),
        created_by: userOf(act.actor),
        created_by_name: act.actor.name,
        created_at: at,
        confirmed_by: userOf(act.actor),
        confirmed_by_name: act.actor.name,
        confirmed_from: act.actor.address,
        confirmed_at: at,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
  } catch (error) {
    if (isTaken(error, 'bulk_run.undo_of')) throw new Conflict('bulk.beingUndone');
    throw error;
  }
}
