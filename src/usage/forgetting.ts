import { DAY, later } from '../base/time.ts';
import type { Trx } from '../data/database.ts';
import { discardUsage, ENDED, UNCONFIRMED } from './usage-file.ts';

/** Figures that nobody confirms are soon those of another day. */
export const UNCONFIRMED_KEPT = 7 * DAY;
/** The rows that were refused can be looked up for so long. */
const REFUSED_KEPT = 90 * DAY;

/** Forgets files that nobody confirmed. Returns how many. */
export async function forgetUsageFiles(trx: Trx, now: Date) {
  const old = await trx
    .selectFrom('usage_file')
    .select('id')
    .where('state', 'in', UNCONFIRMED)
    .where('created_at', '<=', later(now, -UNCONFIRMED_KEPT).toISOString())
    .execute();
  await discardUsage(
    trx,
    old.map((file) => file.id),
    now,
  );
  return old.length;
}

/** Forgets what was refused long ago. Returns of how many files. */
export async function forgetRefusedRows(trx: Trx, now: Date) {
  const old = await trx
    .updateTable('usage_file')
    .set({ rows_kept: 0 })
    .where('state', 'in', ENDED)
    .where('rows_kept', '=', 1)
    .where('finished_at', '<=', later(now, -REFUSED_KEPT).toISOString())
    .returning('id')
    .execute();
  for (const { id } of old) await trx.deleteFrom('usage_row').where('file_id', '=', id).execute();
  return old.length;
}
