import { RuleBroken } from './errors.ts';
import { DAY, dayOf, later, showDate, startOfDay } from './time.ts';

/** The day some days after a day, both as YYYY-MM-DD in Kuala Lumpur. */
export function daysAfter(day: string, days: number) {
  return dayOf(later(startOfDay(day), days * DAY));
}

/** A day as people here type it: `24/11/2026`. */
export function typedDay(day: string | null) {
  return day === null ? null : day.split('-').reverse().join('/');
}

/** A day in both languages, for a text's `{…}`. */
export function dayInWords(day: string) {
  return { ms: showDate('ms', day), en: showDate('en', day) };
}

/** What takes effect may do so today or later. @throws RuleBroken beside `field` */
export function refusePast(day: string, now: Date, field: string) {
  if (day < dayOf(now)) throw new RuleBroken('life.past', { today: dayInWords(dayOf(now)) }, field);
}
