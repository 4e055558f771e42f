import { DAY, later } from '../../base/time.ts';
import type { Trx } from '../../data/database.ts';

/** By a report that nobody carries out, an agency puts its directory right for some weeks; then it is of another day. */
export const REPORTS_KEPT = 30 * DAY;
/** What became of each object can be looked up for so long, as of bulk runs; the audit trail keeps what was taken over. */
const OUTCOMES_KEPT = 365 * DAY;

/** Forgets what old reports found; who asked for them and how much it was stays. Returns of how many reports. */
export async function forgetFindings(trx: Trx, now: Date) {
  const old = await trx
    .updateTable('directory_adoption')
    .set({ rows_kept: 0 })
    .where('rows_kept', '=', 1)
    // none ends before it was asked for: the index is by that
    .where('asked_at', '<=', later(now, -REPORTS_KEPT).toISOString())
    .where(({ eb, and, or }) =>
      or([
        and([eb('state', '=', 'reported'), eb('reported_at', '<=', later(now, -REPORTS_KEPT).toISOString())]),
        and([eb('state', 'in', ['done', 'failed']), eb('ended_at', '<=', later(now, -OUTCOMES_KEPT).toISOString())]),
      ]),
    )
    .returning('id')
    .execute();
  for (const { id } of old) await trx.deleteFrom('directory_adoption_row').where('adoption_id', '=', id).execute();
  return old.length;
}
