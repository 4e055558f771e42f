import { sql } from 'kysely';
import { type Actor, userOf } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { actName, change } from '../platform/change.ts';
import { type Db, isTaken, type Trx } from '../platform/database.ts';
import { Conflict, RuleBroken } from '../platform/errors.ts';
import { ENDED, runItem } from './bulk-run.ts';
import { kindOf } from './kinds.ts';
import { findRun, type Run } from './queries.ts';
import { tallyOf } from './row-queries.ts';

/**
 * Takes back what a run did, row by row, the last row first, as a run of its own.
 * @returns the new run's id
 * @throws NotFound; RuleBroken when its kind cannot be taken back; Conflict when there is nothing to take back, or it is being done
 */
export async function undoRun(db: Db, actor: Actor, id: number, input: { reason: string }, now: Date): Promise<number> {
  return change(db, actor, now, async (trx) => {
    const run = await findRun(trx, actor, id);
    if (run.undo_of !== null) throw new RuleBroken('bulk.undoOfUndo');
    const kind = kindOf(run.kind);
    if (kind.undo === null) throw new RuleBroken(kind.undoText);
    const { undoable } = await tallyOf(trx, id);
    if (!ENDED.some((state) => state === run.state) || undoable === 0) throw new Conflict('bulk.nothingToUndo');
    const undoing = await insertUndoing(trx, actor, run, undoable, input.reason, now);
    await sql`
      insert into bulk_row (run_id, line, label, input, state, item_type, item_id, before, undoes)
      select ${undoing.id}, line, label, '{}', 'waiting', item_type, item_id, before, id
      from bulk_row where run_id = ${id} and state = 'done' and before is not null order by id desc`.execute(trx);
    const after = { count: undoable, reason: input.reason };
    await record(trx, actor, { action: 'bulk.undo-confirmed', item: runItem(undoing), after }, now);
    return undoing.id;
  });
}

async function insertUndoing(trx: Trx, actor: Actor, run: Run, total: number, reason: string, now: Date): Promise<Run> {
  const at = now.toISOString();
  try {
    return await trx
      .insertInto('bulk_run')
      .values({
        agency_id: run.agency_id,
        kind: run.kind,
        state: 'confirmed',
        file_name: run.file_name,
        file_hash: '',
        total,
        undo_of: run.id,
        reason,
        act: actName(actor),
        created_by: userOf(actor),
        created_by_name: actor.name,
        created_at: at,
        confirmed_by: userOf(actor),
        confirmed_by_name: actor.name,
        confirmed_from: actor.address,
        confirmed_at: at,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
  } catch (error) {
    if (isTaken(error, 'bulk_run.undo_of')) throw new Conflict('bulk.beingUndone');
    throw error;
  }
}
