import { DAY, dayOf, HOUR, later, startOfDay } from '../../base/time.ts';

/** Offices work from 08:00 to 17:00, Kuala Lumpur's time, without a break in the count. */
const OPENS = 8 * HOUR;
const CLOSES = 17 * HOUR;
/** Nobody rests longer than that: a calendar without a working day is a mistake, and not waited for. */
const LONGEST_REST = 370;

/** What a state's working days come from. */
export type WorkCalendar = {
  /** Since which day the state rests on which days of the week (0 is Sunday). */
  weekends: { since: string; days: readonly number[] }[];
  /** Public holidays, each as YYYY-MM-DD. */
  holidays: ReadonlySet<string>;
};

/** Is that day (YYYY-MM-DD) worked? A day before the first known weekend rests as the first one says. */
export function isWorkingDay(day: string, { weekends, holidays }: WorkCalendar) {
  if (holidays.has(day)) return false;
  const known = weekends.toSorted((one, other) => one.since.localeCompare(other.since));
  const weekend = known.findLast((each) => each.since <= day) ?? known[0];
  const ofWeek = new Date(`${day}T00:00:00Z`).getUTCDay();
  return !(weekend?.days ?? []).includes(ofWeek);
}

/**
 * The moment at which so many working hours have passed. What begins outside of them begins when the office opens next.
 * @throws Error for a calendar in which nobody ever works
 */
export function addWorkingHours(from: Date, hours: number, calendar: WorkCalendar): Date {
  let left = hours * HOUR;
  let rested = 0;
  for (let day = dayOf(from); rested < LONGEST_REST; day = dayAfter(day)) {
    if (!isWorkingDay(day, calendar)) {
      rested += 1;
      continue;
    }
    rested = 0;
    const midnight = startOfDay(day);
    const begins = Math.max(from.getTime(), later(midnight, OPENS).getTime());
    const open = later(midnight, CLOSES).getTime() - begins;
    if (open <= 0) continue;
    if (left <= open) return new Date(begins + left);
    left -= open;
  }
  throw new Error('the calendar has no working days');
}

/** The working day so many after a day, which need not be one itself. @throws Error for a calendar in which nobody ever works */
export function workingDayAfter(day: string, count: number, calendar: WorkCalendar): string {
  let [at, left, rested] = [day, count, 0];
  while (left > 0) {
    at = dayAfter(at);
    const isWorked = isWorkingDay(at, calendar);
    rested = isWorked ? 0 : rested + 1;
    if (isWorked) left -= 1;
    if (rested > LONGEST_REST) throw new Error('the calendar has no working days');
  }
  return at;
}

/** The day after; Malaysia's days all have 24 hours. */
export function dayAfter(day: string) {
  return dayOf(later(startOfDay(day), DAY));
}
