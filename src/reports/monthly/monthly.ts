import { administratorsOf } from '../../agencies/administrators.ts';
import { type Actor, agencyOf } from '../../base/actor.ts';
import { dayOf } from '../../base/time.ts';
import type { Act } from '../../data/act.ts';
import type { Db, Trx } from '../../data/database.ts';
import { newestChange, refuseStale } from '../../forms/stale.ts';
import { audit } from '../../trail/audit.ts';
import { monthlyReportItem } from '../../trail/items.ts';
import { enqueue } from '../../trail/outbox.ts';
import { agencyNameOf } from '../../trail/sender-queries.ts';
import { monthlyReports } from '../queries.ts';
import type { ReportName } from '../report.ts';
import { monthlyMails, type Reported } from './mails.ts';

/** The newest change of the agency's choice, for its form. */
export function newestChoice(db: Db, actor: Actor) {
  return newestChange(db, monthlyReportItem(agencyOf(actor), ''));
}

/**
 * An administrator chooses which reports the agency's administrators get by mail on the first day of every month; none
 * switches it off. What is switched on begins with the next month.
 * @param shown the newest change that the form was shown with
 * @returns whether anything was different
 * @throws Conflict when somebody changed it meanwhile
 */
export async function setMonthlyReports(act: Act, chosen: ReportName[], shown: number | null) {
  const agencyId = agencyOf(act.actor);
  const item = monthlyReportItem(agencyId, await agencyNameOf(act.trx, { agency_id: agencyId }));
  await refuseStale(act.trx, item, shown);
  const before = await monthlyReports(act.trx, act.actor);
  if (JSON.stringify(before) === JSON.stringify(chosen)) return false;
  await writeChoice(act.trx, agencyId, chosen, act.now);
  const facts = { before: { reports: before }, after: { reports: chosen } };
  await audit(act, { action: 'monthly-report.updated', item, ...facts });
  return true;
}

async function writeChoice(trx: Trx, agencyId: number, chosen: ReportName[], now: Date) {
  if (chosen.length === 0) {
    await trx.deleteFrom('monthly_report').where('agency_id', '=', agencyId).execute();
    return;
  }
  const reports = JSON.stringify(chosen);
  await trx
    .insertInto('monthly_report')
    .values({ agency_id: agencyId, reports, since: dayOf(now) })
    .onConflict((conflict) => conflict.column('agency_id').doUpdateSet({ reports }))
    .execute();
}

/**
 * The figures of a month go to an agency's administrators, once: the key of `monthly_report_sent` decides who of several sends.
 * @param month in which they go out @param told the month before, which they are of
 * @returns whether they were sent
 */
export async function sendMonthlyReport(act: Act, month: string, told: string, reported: Reported[]) {
  const agencyId = agencyOf(act.actor);
  const { numInsertedOrUpdatedRows } = await act.trx
    .insertInto('monthly_report_sent')
    .values({ agency_id: agencyId, month, at: act.now.toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n) return false;
  const item = monthlyReportItem(agencyId, await agencyNameOf(act.trx, { agency_id: agencyId }));
  await audit(act, { action: 'monthly-report.sent', item, after: { month: told } });
  await enqueue(act, monthlyMails(item, told, reported, await administratorsOf(act.trx, agencyId)));
  return true;
}
