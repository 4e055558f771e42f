import { DAY, dayOf, later, MINUTE, startOfDay } from '../../base/time.ts';

type Step = { at: number; take(now: Date): void };

export type Calendar = ReturnType<typeof openCalendar>;

const OPENS = 8 * 60;
/** Minutes in which an office is open. */
export const OFFICE_HOURS = 9 * 60;

/** Nothing is planned for a day that lies further ahead. */
const DAYS_AHEAD = 200;

/** The working days of some years up to the day before `now`: what is written down for each is done in the order of time. */
export function openCalendar(now: Date, years: number) {
  const today = startOfDay(dayOf(now));
  const workingDays = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => later(today, (from + at) * DAY)).filter(
      (day) => ![0, 6].includes(later(day, DAY / 2).getUTCDay()),
    );
  const days = workingDays(-Math.round(years * 365), 0);
  const named = [...days, ...workingDays(0, DAYS_AHEAD)];
  const plans: Step[][] = days.map(() => []);
  const moment = (day: number, minutes: number) =>
    later(named[day] as Date, (OPENS + Math.min(minutes, OFFICE_HOURS - 1)) * MINUTE);
  return {
    days: days.length,
    /** Also of a day that is yet to come: what is planned for it is open. */
    moment,
    /** What would come after the last day is left undone, as it is in life. */
    add(day: number, minutes: number, take: Step['take']) {
      plans[day]?.push({ at: moment(day, minutes).getTime(), take });
    },
    /** Does what stands on a day, and forgets it. */
    live(day: number) {
      for (const { at, take } of (plans[day] ?? []).toSorted((one, other) => one.at - other.at)) take(new Date(at));
      plans[day] = [];
    },
  };
}
