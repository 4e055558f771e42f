import { sql } from 'kysely';
import { type Actor, agencyOf, userOf } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { actName, change } from '../platform/change.ts';
import { insertAll } from '../platform/chunks.ts';
import { type Db, isTaken, type Trx } from '../platform/database.ts';
import { Conflict, RuleBroken } from '../platform/errors.ts';
import { DAY, later, timeInWords } from '../platform/time.ts';
import { kindOf } from './kinds.ts';
import { findRun, type Run, tallyOf } from './queries.ts';
import type { CheckedRow } from './rows.ts';

export type { Run } from './queries.ts';
export { countRunning } from './queries.ts';

/** A file that nobody confirms holds people's data for nothing. */
export const UPLOADS_KEPT = 7 * DAY;
/** What each row of a finished run did can be looked up for so long; the audit trail keeps the changes themselves. */
export const ROWS_KEPT = 365 * DAY;

export function runItem(run: Pick<Run, 'id' | 'file_name' | 'agency_id'>) {
  return { type: 'bulk_run' as const, id: run.id, name: run.file_name, agencyId: run.agency_id };
}

export type Upload = { kind: string; fileName: string; hash: string; rows: CheckedRow[] };

/** Keeps a file that was read, to be tried against the database and confirmed. Returns the run's id. */
export async function uploadRun(db: Db, actor: Actor, upload: Upload, now: Date): Promise<number> {
  return change(db, actor, now, async (trx) => {
    const run = await trx
      .insertInto('bulk_run')
      .values({
        agency_id: agencyOf(actor),
        kind: upload.kind,
        file_name: upload.fileName,
        file_hash: upload.hash,
        total: upload.rows.length,
        act: actName(actor),
        created_by: userOf(actor),
        created_by_name: actor.name,
        created_at: now.toISOString(),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const rows = upload.rows.map(({ line, label, typed, problems }) => ({
      run_id: run.id,
      line,
      label,
      input: JSON.stringify(typed),
      state: problems.length > 0 ? ('bad' as const) : ('unchecked' as const),
      said: JSON.stringify(problems),
    }));
    await insertAll(trx, 'bulk_row', rows);
    const after = { count: run.total };
    await record(trx, actor, { action: 'bulk.uploaded', item: runItem(run), after }, now);
    return run.id;
  });
}

/** The one confirmation: from now on the rows are carried out. @throws NotFound, or Conflict when it is not open (any more) */
export async function confirmRun(db: Db, actor: Actor, id: number, now: Date) {
  return change(db, actor, now, async (trx) => {
    const before = await findRun(trx, actor, id);
    const run = await trx
      .updateTable('bulk_run')
      .set({
        state: 'confirmed',
        act: actName(actor),
        confirmed_by: userOf(actor),
        confirmed_by_name: actor.name,
        confirmed_from: actor.address,
        confirmed_at: now.toISOString(),
      })
      .where('id', '=', id)
      .where('state', '=', 'checked')
      .returningAll()
      .executeTakeFirst();
    if (run === undefined) throw notNow(before);
    const after = { count: run.total };
    await record(trx, actor, { action: 'bulk.confirmed', item: runItem(run), after }, now);
  });
}

function notNow(run: Run) {
  if (run.confirmed_at === null) return new Conflict('bulk.notOpen');
  return new Conflict('bulk.confirmedAlready', {
    name: run.confirmed_by_name ?? '',
    time: timeInWords(run.confirmed_at),
  });
}

/**
 * Before it is confirmed: the file is forgotten. After: what is left of it is left out; what was done stays.
 * @throws NotFound, or Conflict when it has ended
 */
export async function cancelRun(db: Db, actor: Actor, id: number, now: Date) {
  return change(db, actor, now, async (trx) => {
    const run = await findRun(trx, actor, id);
    const isUnderWay = run.state === 'confirmed' || run.state === 'running';
    if (!isUnderWay && !OPEN.some((state) => state === run.state)) throw new Conflict('bulk.hasEnded');
    const before = { state: run.state };
    if (!isUnderWay) {
      await discard(trx, [run.id], now);
      await record(
        trx,
        actor,
        { action: 'bulk.discarded', item: runItem(run), before, after: { state: 'discarded' } },
        now,
      );
      return;
    }
    await endRun(trx, run, 'cancelled', now);
    const after = { state: 'cancelled', done: run.done };
    await record(trx, actor, { action: 'bulk.cancelled', item: runItem(run), before, after }, now);
  });
}

/** Nothing was confirmed yet. */
const OPEN = ['uploaded', 'refused', 'checked'] as const;

async function discard(trx: Trx, ids: number[], now: Date) {
  if (ids.length === 0) return;
  await trx.deleteFrom('bulk_row').where('run_id', 'in', ids).execute();
  await trx
    .updateTable('bulk_run')
    .set({ state: 'discarded', finished_at: now.toISOString(), rows_kept: 0 })
    .where('id', 'in', ids)
    .execute();
}

/** A run comes to its end, whatever is left of it; what was typed in its rows is needed no more. */
export async function endRun(trx: Trx, run: Pick<Run, 'id'>, state: 'done' | 'cancelled' | 'stopped', now: Date) {
  await trx
    .updateTable('bulk_row')
    .set({ state: sql`iif(state in ('waiting', 'unchecked'), 'left', state)`, input: '{}' })
    .where('run_id', '=', run.id)
    .execute();
  await trx.updateTable('bulk_run').set({ state, finished_at: now.toISOString() }).where('id', '=', run.id).execute();
}

const ENDED = ['done', 'cancelled', 'stopped'] as const;

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

/** Forgets files that nobody confirmed. Returns how many. */
export async function forgetUploads(trx: Trx, now: Date) {
  const old = await trx
    .selectFrom('bulk_run')
    .select('id')
    .where('state', 'in', OPEN)
    .where('created_at', '<=', later(now, -UPLOADS_KEPT).toISOString())
    .execute();
  await discard(
    trx,
    old.map((run) => run.id),
    now,
  );
  return old.length;
}

/** Forgets what each row of runs of long ago did. Returns how many runs. */
export async function forgetRows(trx: Trx, now: Date) {
  const old = await trx
    .updateTable('bulk_run')
    .set({ rows_kept: 0 })
    .where('state', 'in', ENDED)
    .where('rows_kept', '=', 1)
    .where('finished_at', '<=', later(now, -ROWS_KEPT).toISOString())
    .returning('id')
    .execute();
  for (const { id } of old) await trx.deleteFrom('bulk_row').where('run_id', '=', id).execute();
  return old.length;
}
