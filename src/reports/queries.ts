import { type Actor, agencyOf } from '../base/actor.ts';
import type { Db, Trx } from '../data/database.ts';
import type { ReportName } from './report.ts';

/** The reports that an agency's administrators get by mail every month, in the order of all reports. */
export async function monthlyReports(db: Db | Trx, actor: Actor): Promise<ReportName[]> {
  const row = await db
    .selectFrom('monthly_report')
    .select('reports')
    .where('agency_id', '=', agencyOf(actor))
    .executeTakeFirst();
  return row === undefined ? [] : JSON.parse(row.reports);
}

/** The agencies that wanted figures before a month (YYYY-MM) began and have not got them in it. */
export async function agenciesWithout(db: Db, month: string) {
  const rows = await db
    .selectFrom('monthly_report')
    .select('agency_id')
    .where('since', '<', `${month}-01`)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('monthly_report_sent')
            .select('month')
            .whereRef('monthly_report_sent.agency_id', '=', 'monthly_report.agency_id')
            .where('month', '=', month),
        ),
      ),
    )
    .orderBy('agency_id')
    .execute();
  return rows.map((row) => row.agency_id);
}
