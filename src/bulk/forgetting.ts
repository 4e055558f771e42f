import { DAY, later } from '../base/time.ts';
import type { Trx } from '../data/database.ts';
import { discard, ENDED, OPEN } from './bulk-run.ts';

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
