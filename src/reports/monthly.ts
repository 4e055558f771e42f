import { administratorsOf } from '../agencies/administrators.ts';
import { type Actor, agencyOf, SYSTEM } from '../base/actor.ts';
import { DAY, dayOf, later, startOfDay } from '../base/time.ts';
import { type Act, type Acting, inAct } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import { newestChange, refuseStale } from '../forms/stale.ts';
import { readListQuery } from '../lists/listing.ts';
import { audit } from '../trail/audit.ts';
import { monthlyReportItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { monthlyMails, type Reported } from './mails.ts';
import { agenciesWithout, agencyNameOf, monthlyReports } from './queries.ts';
import type { ReportName } from './report.ts';
import { listingOf, readerOf } from './report-listing.ts';
import { REPORTS } from './reports.ts';

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
  const item = monthlyReportItem(agencyId, await agencyNameOf(act.trx, agencyId));
  await refuseStale(act.trx, item, shown);
  const before = await monthlyReports(act.trx, agencyId);
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
 * On the first day of a month, or as soon after it as IPMS runs: the figures of the month before, once for each agency.
 * Months that were missed altogether are not told.
 * @returns how many agencies got them
 * @throws AggregateError with what failed, after the rest was done
 */
export async function dueMonthlyReports(db: Db, now: Date, settings: Act['settings']) {
  const month = dayOf(now).slice(0, 7);
  const failures: unknown[] = [];
  let count = 0;
  for (const agencyId of await agenciesWithout(db, month))
    try {
      if (await sendMonthlyReport(db, { now, settings }, agencyId, month)) count += 1;
    } catch (error) {
      failures.push(error);
    }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
  return count;
}

/** The figures are read before the transaction; the key of `monthly_report_sent` decides who of several sends. */
async function sendMonthlyReport(db: Db, acting: Omit<Acting, 'actor'>, agencyId: number, month: string) {
  const { now } = acting;
  const last = dayOf(later(startOfDay(`${month}-01`), -DAY));
  const told = last.slice(0, 7);
  const reported = await read(db, agencyId, { from: `${told}-01`, to: last }, now);
  return inAct(db, { ...acting, actor: { ...SYSTEM, agencyId } }, async (act) => {
    const { numInsertedOrUpdatedRows } = await act.trx
      .insertInto('monthly_report_sent')
      .values({ agency_id: agencyId, month, at: now.toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n) return false;
    const item = monthlyReportItem(agencyId, await agencyNameOf(act.trx, agencyId));
    await audit(act, { action: 'monthly-report.sent', item, after: { month: told } });
    await enqueue(act, monthlyMails(item, told, reported, await administratorsOf(act.trx, agencyId)));
    return true;
  });
}

async function read(db: Db, agencyId: number, period: { from: string; to: string }, now: Date) {
  const chosen = await monthlyReports(db, agencyId);
  const reported: Reported[] = [];
  for (const report of REPORTS.filter(({ name }) => chosen.includes(name))) {
    const listing = listingOf('admin', report, null);
    const query = readListQuery(listing, period);
    const actor = readerOf(SYSTEM, String(agencyId));
    const asksPeriod = listing.days?.some(({ name }) => name === 'from') ?? false;
    reported.push({
      report,
      figures: await (report.monthly ?? report.figures)({ db, actor, query, now }),
      path: `/admin/reports/${report.name}${asksPeriod ? `?${new URLSearchParams(period)}` : ''}`,
    });
  }
  return reported;
}
