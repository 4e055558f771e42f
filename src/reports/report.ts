import type { Actor } from '../base/actor.ts';
import type { Db } from '../data/database.ts';
import type { Found, ListQuery } from '../data/paging.ts';
import type { Listing } from '../lists/listing.ts';
import type { Label } from '../texts.ts';
import type { Sayers } from '../web/pages.ts';

export type ReportName =
  | 'accounts'
  | 'account-list'
  | 'movements'
  | 'requests'
  | 'tickets'
  | 'lists'
  | 'disabled-long'
  | 'dormant'
  | 'expiring'
  | 'administrators'
  | 'second-accounts';

export type Area = 'admin' | 'helpdesk';

/** One number over everything that a report is asked for; `days` are a length of time. */
export type Figure = { label: Label; value: number | null; days?: boolean };

/** Who asks, for what, and when. */
export type Asked = { db: Db; actor: Actor; query: Pick<ListQuery, 'filters'> & ListQuery; now: Date };

/**
 * What a report is: its words are `report.NAME` and `report.NAME.intro`; page, export and PDF come from here. The next
 * report is one file like this one's neighbours, and a line in `reports.ts`.
 */
export type Report<Row> = {
  name: ReportName;
  /** What it shows and what it can be narrowed by; the helpdesk's choice of an agency comes by itself. */
  listing(area: Area): Pick<Listing<Row>, 'columns' | 'filters' | 'days' | 'keys' | 'sort' | 'descending' | 'isBrief'>;
  find(asked: Asked): Promise<Found<Row>>;
  figures(asked: Asked): Promise<Figure[]>;
  /** The figures of a month that is over, for its mail, where they are not the same. */
  monthly?(asked: Asked): Promise<Figure[]>;
  /**
   * Its rows are groups or months that are counted together and can be compared: the number that a chart shows of each, unless
   * the table is sorted by another.
   */
  chart?: keyof Row & string;
  /** The agency that a row belongs to: the helpdesk sees its name. */
  agencyOf?(row: Row): number;
};

// biome-ignore lint/suspicious/noExplicitAny: reports of all kinds of rows stand side by side
export type AnyReport = Report<any>;

/** A figure in words. */
export function figureInWords({ value, days }: Figure, say: Pick<Sayers, 't' | 'number'>) {
  if (value === null) return say.t('none');
  return days ? daysInWords(value, say) : say.number(value);
}

/** A length of time, to a tenth of a day. */
export function daysInWords(days: number | null, say: Pick<Sayers, 't' | 'number'>) {
  const tenths = inTenths(days);
  if (tenths === null) return '';
  return say.t('report.days', { days: say.number(tenths), count: tenths });
}

/** A length of time in days as a number, to a tenth. */
export const inTenths = (days: number | null) => (days === null ? null : Math.round(days * 10) / 10);

/** Choices of a number of days. */
export function daysFilter(label: Label, choices: number[], usual: number) {
  return {
    name: 'days',
    label,
    options: choices.map((days) => ({ value: String(days), label: { text: String(days) } })),
    usual: String(usual),
  };
}

/** One page of rows that were counted together: sorted as asked, those without a value last. */
export function pageOfRows<Row extends object>(
  rows: Row[],
  { sort, descending, limit, offset }: ListQuery,
): Found<Row> {
  const key = sort as keyof Row;
  const way = descending ? -1 : 1;
  const sorted = [...rows].sort((one, other) => {
    const [a, b] = [one[key], other[key]];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (typeof a === 'number' && typeof b === 'number') return way * (a - b);
    return way * String(a).localeCompare(String(b), 'ms', { numeric: true });
  });
  return { rows: sorted.slice(offset, offset + limit), total: rows.length };
}

/** The month (YYYY-MM) in Kuala Lumpur of a column of moments, as SQL. */
export const monthOf = (column: string) => `strftime('%Y-%m', ${column}, '+8 hours')`;

const MONTHS = {
  ms: new Intl.DateTimeFormat('ms-MY', { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }),
};

/** `2026-11` as `November 2026`. */
export function monthInWords(month: string, { language }: Pick<Sayers, 'language'>) {
  return MONTHS[language].format(new Date(`${month}-15T00:00:00Z`));
}
