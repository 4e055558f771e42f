import { sql } from 'kysely';
import { DAY, later } from '../base/time.ts';
import type { Db, Trx } from '../data/database.ts';
import { discard, ENDED, OPEN } from './bulk-run.ts';
import type { Run } from './queries.ts';

/** A file that nobody confirms holds people's data for nothing. */
export const UPLOADS_KEPT = 7 * DAY;
/** What each row of a finished run did can be looked up for so long; the audit trail keeps the changes themselves. */
export const ROWS_KEPT = 365 * DAY;

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

/** Forgets what each row of runs of long ago did; one whose rows are still to be copied, to be taken back, waits. Returns how many runs. */
export async function forgetRows(trx: Trx, now: Date) {
  const filling = await trx.selectFrom('bulk_run').select('undo_of').where('owed', '=', sql.lit('fill')).execute();
  let found = trx
    .updateTable('bulk_run')
    .set({ rows_kept: 0, owed: 'forget' })
    .where('state', 'in', ENDED)
    .where('rows_kept', '=', 1)
    .where('finished_at', '<=', later(now, -ROWS_KEPT).toISOString())
    .returning('id');
  for (const { undo_of } of filling) found = found.where('id', '!=', undo_of ?? 0);
  return (await found.execute()).length;
}

/** Rows that are changed in one transaction: it takes some milliseconds. */
const PIECE = 250;

/** Does the next piece of what an act has said of all rows of a run; what was cut off goes on. */
export async function payOwed(db: Db, id: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const run = await trx.selectFrom('bulk_run').selectAll().where('id', '=', id).executeTakeFirst();
    if (run === undefined || run.owed === null) return; // a command has done it meanwhile
    if (await PIECES[run.owed](trx, run)) return;
    // of a run that was cancelled before it had its rows, they are left out once they are there
    const hasEnded = ENDED.some((state) => state === run.state);
    const owed = run.owed === 'fill' && hasEnded ? 'leave' : null;
    await trx.updateTable('bulk_run').set({ owed }).where('id', '=', id).execute();
  });
}

/** Each does one piece, and says whether there was one. */
const PIECES: Record<NonNullable<Run['owed']>, (trx: Trx, run: Run) => Promise<boolean>> = {
  async forget(trx, { id }) {
    const { numAffectedRows } = await sql`
      delete from bulk_row where id in (select id from bulk_row where run_id = ${id} limit ${PIECE})`.execute(trx);
    return numAffectedRows !== 0n;
  },

  /** What was typed in rows that were not carried out is needed no more either. */
  async leave(trx, { id }) {
    const left = await sql`
      update bulk_row set state = 'left', input = '{}' where id in (
        select id from bulk_row where run_id = ${id} and state in ('waiting', 'unchecked') limit ${PIECE})`.execute(
      trx,
    );
    if (left.numAffectedRows !== 0n) return true;
    const emptied = await sql`
      update bulk_row set input = '{}' where id in (
        select id from bulk_row where run_id = ${id} and input <> '{}' limit ${PIECE})`.execute(trx);
    return emptied.numAffectedRows !== 0n;
  },

  /** The last row first, as they are taken back; none of them is, until all are there. */
  async fill(trx, { id, undo_of }) {
    const filled = await sql`
      insert into bulk_row (run_id, line, label, input, state, item_type, item_id, before, undoes)
      select ${id}, line, label, '{}', 'waiting', item_type, item_id, before, id
      from bulk_row where run_id = ${undo_of} and state = 'done' and before is not null
        and line < coalesce((select min(line) from bulk_row where run_id = ${id} and state = 'waiting'), ${Number.MAX_SAFE_INTEGER})
      order by line desc limit ${PIECE}`.execute(trx);
    return filled.numAffectedRows !== 0n;
  },
};
