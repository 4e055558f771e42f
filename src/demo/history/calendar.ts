import { DAY, dayOf, later, MINUTE, startOfDay } from '../../base/time.ts';

type Step = { at: number; take(now: Date): void };

export type Calendar = ReturnType<typeof openCalendar>;

const OPENS = 8 * 60;
/** Minutes in which an office is open. */
export const OFFICE_HOURS = 9 * 60;

/** The working days of some years up to the day before `now`: what is written down for each is done in the order of time. */
export function openCalendar(now: Date, years: number) {
  const days: Date[] = [];
  const today = startOfDay(dayOf(now));
  for (let back = Math.round(years * 365); back > 0; back -= 1) {
    const day = later(today, -back * DAY);
    if (![0, 6].includes(later(day, DAY / 2).getUTCDay())) days.push(day);
  }
  const plans: Step[][] = days.map(() => []);
  const moment = (day: number, minutes: number) =>
    later(days[day] ?? today, (OPENS + Math.min(minutes, OFFICE_HOURS - 1)) * MINUTE);
  return {
    days: days.length,
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
