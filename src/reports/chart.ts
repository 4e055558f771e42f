import { type Bars, type ColumnChart, ends, sharesOf } from '../dashboard/figures.ts';
import type { Found, ListQuery } from '../data/paging.ts';
import type { Listing } from '../lists/listing.ts';
import { columnsOf } from '../paper/chart.ts';
import type { Sayers } from '../web/pages.ts';
import { type AnyReport, monthInWords } from './report.ts';

/** A report's chart: months as columns, other groups as bars beside their names. */
export type ReportChart =
  | { columns: ColumnChart; bars: null }
  | { columns: null; bars: Bars; title: string; note: string | null };

/** More bars than these cannot be taken in; the table has them all. */
const MOST_BARS = 12;

type Group = { name: string; href: string | null; count: number; shown: string };
type Cells = Record<string, string | number | null>;

/** Draws what a report counted; null where there are no two groups to compare. */
export function chartOf(
  report: AnyReport,
  { columns, filters = [] }: Listing<unknown>,
  query: ListQuery,
  found: Found<unknown>,
  say: Sayers,
): ReportChart | null {
  const [first] = columns;
  const numbers = columns.filter(({ numeric }) => numeric);
  const drawn = numbers.find(({ sort }) => sort === query.sort) ?? numbers.find(({ sort }) => sort === report.chart);
  if (report.chart === undefined || first?.sort === undefined || drawn?.sort === undefined) return null;
  const grouping = filters
    .find(({ name }) => name === 'group')
    ?.options.find(({ value }) => value === query.filters.group);
  const by = grouping?.label ?? first.label;
  const title = say.t('report.chart', {
    what: say.t(drawn.label),
    by: (typeof by === 'string' ? say.t(by) : by.text).toLocaleLowerCase(say.language),
  });
  const key = first.sort;
  const groups = new Map<string, Group>();
  for (const row of found.rows) {
    const cells = row as Cells;
    groups.set(String(cells[key]), {
      name: first.value(row, say),
      href: first.href?.(row) ?? null,
      count: Number(cells[drawn.sort] ?? 0),
      shown: drawn.value(row, say),
    });
  }
  if (groups.size < 2 || [...groups.values()].every(({ count }) => count === 0)) return null;
  if ((grouping?.value ?? key) === 'month') return { columns: ofMonths(groups, title, say), bars: null };
  return { columns: null, title, ...largest([...groups.values()], say) };
}

/** From the first month to the last, also those in which nothing was. */
function ofMonths(groups: Map<string, Group>, title: string, say: Sayers): ColumnChart {
  const known = [...groups.keys()].sort();
  const months = monthsBetween(known[0] ?? '', known.at(-1) ?? '');
  const drawn = columnsOf(months.map((month) => groups.get(month)?.count ?? 0));
  const mostIn = months[drawn.mostAt] ?? '';
  const most = groups.get(mostIn)?.shown ?? '';
  const [from, to, month] = [months[0] ?? '', months.at(-1) ?? '', mostIn].map((each) => monthInWords(each, say));
  return {
    name: 'report',
    title,
    most,
    places: ends(months).map((each) => say.date(`${each}-15`).replace(/^15 /, '')),
    text: say.t('report.chart.text', { from: from ?? '', to: to ?? '', most, month: month ?? '' }),
    drawn,
  };
}

/** Every month from one (YYYY-MM) to another. */
function monthsBetween(from: string, to: string) {
  const months: string[] = [];
  for (let month = from; month <= to; ) {
    months.push(month);
    const [year = 0, number = 0] = month.split('-').map(Number);
    month = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
  }
  return months;
}

function largest(groups: Group[], say: Sayers): { bars: Bars; note: string | null } {
  const shown = groups.toSorted((one, other) => other.count - one.count).slice(0, MOST_BARS);
  const shares = sharesOf(shown.map(({ count }) => count));
  const isCut = shown.length < groups.length;
  return {
    bars: shown.map(({ name, href, shown: count }, index) => ({ label: name, href, count, share: shares[index] ?? 0 })),
    note: isCut
      ? say.t('report.chart.largest', { shown: say.number(shown.length), total: say.number(groups.length) })
      : null,
  };
}
