import type { Language } from '../texts.ts';

export const ZONE = 'Asia/Kuala_Lumpur';
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export type Clock = () => Date;

/** `now` and some milliseconds more. */
export function later(now: Date, milliseconds: number) {
  return new Date(now.getTime() + milliseconds);
}

const isoDay = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE });

/** The day it is in Kuala Lumpur, as YYYY-MM-DD. */
export function dayOf(moment: Date) {
  return isoDay.format(moment);
}

/** The first moment of a Kuala Lumpur day (YYYY-MM-DD); Malaysia keeps UTC+8 all year. */
export function startOfDay(day: string) {
  return new Date(`${day}T00:00:00+08:00`);
}

const LOCALES: Record<Language, string> = { ms: 'ms-MY', en: 'en-GB' };
const FROM_UTC = 8 * HOUR;
const MONTHS: Record<Language, string[]> = { ms: monthNames('ms'), en: monthNames('en') };

function monthNames(language: Language) {
  const names = new Intl.DateTimeFormat(LOCALES[language], { month: 'short', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) =>
    names
      .format(Date.UTC(2026, month, 15))
      .replace('.', '')
      // Unicode cuts every name to three letters; nobody here writes this one so
      .replace('Ogo', 'Ogos'),
  );
}

/** `24 Nov 2026`, in Kuala Lumpur; takes an ISO time, a YYYY-MM-DD day, or a Date. Long lists show two a row: no Intl here. */
export function showDate(language: Language, moment: string | Date) {
  const date = typeof moment === 'string' && moment.length === 10 ? startOfDay(moment) : new Date(moment);
  const there = new Date(date.getTime() + FROM_UTC);
  return `${there.getUTCDate()} ${MONTHS[language][there.getUTCMonth()]} ${there.getUTCFullYear()}`;
}

/** `24 Nov`: the day where the year stands beside it. */
export function showDayOfYear(language: Language, moment: string | Date) {
  return showDate(language, moment).replace(/ \d{4}$/, '');
}

/** `24 Nov 2026, 14:05`, in Kuala Lumpur. */
export function showTime(language: Language, moment: string | Date) {
  const there = later(new Date(moment), FROM_UTC).toISOString();
  return `${showDate(language, moment)}, ${there.slice(11, 16)}`;
}

const ISO_MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * `2026-11-24 14:05`, in Kuala Lumpur: what a spreadsheet sorts and calculates with. A file says it of a million rows: a moment whose day is
 * the same there is not made a Date for it.
 */
export function isoTime(moment: string | Date) {
  if (typeof moment === 'string' && ISO_MOMENT.test(moment)) {
    const hour = Number(moment.slice(11, 13)) + FROM_UTC / HOUR;
    if (hour < 24) return `${moment.slice(0, 10)} ${hour < 10 ? '0' : ''}${hour}${moment.slice(13, 16)}`;
  }
  return later(new Date(moment), FROM_UTC).toISOString().slice(0, 16).replace('T', ' ');
}

/** `2026-11-24`, in Kuala Lumpur; takes what `showDate` takes. */
export function isoDate(moment: string | Date) {
  return typeof moment === 'string' && moment.length === 10 ? moment : isoTime(moment).slice(0, 10);
}

/** A moment in both languages, for a text's `{…}`. */
export function timeInWords(moment: string | Date) {
  return { ms: showTime('ms', moment), en: showTime('en', moment) };
}

/** Whole days between two moments, as days in Kuala Lumpur. */
export function daysBetween(from: string | Date, to: Date) {
  return Math.round((startOfDay(dayOf(to)).getTime() - startOfDay(dayOf(new Date(from))).getTime()) / DAY);
}

/** What months are called, in full and in short, in both languages: `dis`, `disember`, `dec`, `december`. */
const MONTH_NUMBERS = new Map(
  (['ms', 'en'] as const).flatMap((language) =>
    (['short', 'long'] as const).flatMap((month) => {
      const names = new Intl.DateTimeFormat(LOCALES[language], { month, timeZone: 'UTC' });
      return Array.from({ length: 12 }, (_, index) => {
        const name = names
          .format(Date.UTC(2026, index, 15))
          .replace('.', '')
          .toLowerCase();
        return [name, index + 1] as const;
      });
    }),
  ),
)
  .set('sep', 9)
  .set('ogos', 8);

/**
 * A time of zero behind a day, as spreadsheets and other programs add it: it says nothing more than the day does. Windows in
 * Malay writes `12:00 PG` (pagi).
 */
const NO_TIME =
  /(?:,?\s+|T)0{1,2}:00(?::00(?:\.0+)?)?(?:\s*(?:Z|\+00:?00|\+08:?00))?$|,?\s+12:00(?::00)?\s*(?:AM|PG)$/i;

/**
 * A day as people type it and as IPMS, spreadsheets and date pickers write it: `24/11/2026`, `24-11-2026`, `24.11.2026`,
 * `24112026`, `24 Nov 2026`, `2026-11-24`, each also with a time of zero behind it.
 * @returns it as YYYY-MM-DD; null when it is no day that exists
 */
export function readDay(text: string): string | null {
  const plain = text.trim().replace(/\s+/g, ' ').replace(NO_TIME, '');
  const [year, month, day] = partsOfDay(plain);
  if (year === undefined || month === undefined || day === undefined) return null;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${written}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== written ? null : written;
}

/** Year, month and day of a text that has the form of one. */
function partsOfDay(text: string): (string | undefined)[] {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (iso) return iso.slice(1);
  const local = /^(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  if (local) return local.slice(1).reverse();
  const [, day, name, year] = /^(\d{1,2})[ -]?(\p{L}+)\.?[ -]?,? ?(\d{4})$/u.exec(text) ?? [];
  return [year, MONTH_NUMBERS.get((name ?? '').toLowerCase())?.toString(), day];
}
