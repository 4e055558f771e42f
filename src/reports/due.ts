import { SYSTEM } from '../base/actor.ts';
import { DAY, dayOf, later, startOfDay } from '../base/time.ts';
import { type Act, inAct } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { readListQuery } from '../lists/listing.ts';
import type { Reported } from './monthly/mails.ts';
import { sendMonthlyReport } from './monthly/monthly.ts';
import { agenciesWithout, monthlyReports } from './queries.ts';
import { listingOf, readerOf } from './report-listing.ts';
import { REPORTS } from './reports.ts';

/**
 * On the first day of a month, or as soon after it as IPMS runs: the figures of the month before, once for each agency.
 * Months that were missed altogether are not told.
 * @returns how many agencies got them
 * @throws AggregateError with what failed, after the rest was done
 */
export async function dueMonthlyReports(db: Db, now: Date, settings: Act['settings'], reader: Db) {
  const month = dayOf(now).slice(0, 7);
  const last = dayOf(later(startOfDay(`${month}-01`), -DAY));
  const told = last.slice(0, 7);
  const failures: unknown[] = [];
  let count = 0;
  for (const agencyId of await agenciesWithout(db, month))
    try {
      const reported = await read(reader, agencyId, { from: `${told}-01`, to: last }, now); // slow: before the act
      const acting = { actor: { ...SYSTEM, agencyId }, now, settings };
      if (await inAct(db, acting, (act) => sendMonthlyReport(act, month, told, reported))) count += 1;
    } catch (error) {
      failures.push(error);
    }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
  return count;
}

async function read(db: Db, agencyId: number, period: { from: string; to: string }, now: Date) {
  const actor = readerOf(SYSTEM, String(agencyId));
  const chosen = await monthlyReports(db, actor);
  const reported: Reported[] = [];
  for (const report of REPORTS.filter(({ name }) => chosen.includes(name))) {
    const listing = listingOf('admin', report, null);
    const query = readListQuery(listing, period);
    const asksPeriod = listing.days?.some(({ name }) => name === 'from') ?? false;
    reported.push({
      report,
      figures: await (report.monthly ?? report.figures)({ db, actor, query, now }),
      path: `/admin/reports/${report.name}${asksPeriod ? `?${new URLSearchParams(period)}` : ''}`,
    });
  }
  return reported;
}
