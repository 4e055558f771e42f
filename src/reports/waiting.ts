import { type RawBuilder, sql } from 'kysely';
import { DAY, dayOf, later, startOfDay } from '../base/time.ts';
import type { Schema } from '../data/schema.ts';
import type { Column } from '../lists/listing.ts';
import type { Label } from '../texts.ts';
import { dateRanges } from './date-ranges.ts';
import { type Asked, daysInWords, type Figure, inTenths } from './report.ts';

/** What was asked for in a group, what of it is done or waits, and for how long, in days. */
export type Waiting = {
  value: string;
  asked: number;
  ended: number;
  waiting: number;
  median: number | null;
  longest: number | null;
  longest_waiting: number | null;
};

/** Where things that wait are found: by a column of the moments at which they were asked for. */
export type Source = {
  table: keyof Schema;
  column: string;
  /**
   * Of a range, rows of `value` (the group), `asked_at`, `ended_at` (null while it is not done), `waiting` (0 or 1), and
   * `over_at` (when it stopped waiting, whatever became of it; null while it waits).
   */
  rows(range: RawBuilder<boolean>): RawBuilder<unknown>;
};

type Sum = { asked: number; ended: number; waiting: number; oldest: string | null; took: Map<number, number> };
type Part = Omit<Sum, 'took'> & { value: string; took: number | null };

const MINUTES_A_DAY = 24 * 60;

/** How long things took and take, to the minute. What is asked for is narrowed by the days in the filters. */
export async function waitingTimes(
  { db, actor, query: { filters }, now }: Asked,
  sources: Source[],
): Promise<Waiting[]> {
  const sums = new Map<string, Sum>();
  for (const { table, column, rows } of sources)
    for await (const range of dateRanges({ db, actor, table, column, from: filters.from, to: filters.to })) {
      const { rows: parts } = await sql<Part>`
        select value, cast(round((julianday(ended_at) - julianday(asked_at)) * ${MINUTES_A_DAY}) as integer) as took,
          count(*) as asked, count(ended_at) as ended, sum(waiting) as waiting, min(iif(waiting, asked_at, null)) as oldest
        from (${rows(range)}) group by 1, 2`.execute(db);
      for (const part of parts) add(sums, part);
    }
  return [...sums].map(([value, sum]) => ({ value, ...timesOf(sum, now) }));
}

/** What waited at a moment, whenever it was asked for: how much, and since when the longest. */
async function waitingAt({ db, actor, query: { filters } }: Asked, sources: Source[], moment: Date) {
  let waiting = 0;
  let oldest: string | null = null;
  for (const { table, column, rows } of sources)
    for await (const range of dateRanges({ db, actor, table, column, from: undefined, to: filters.to })) {
      const { rows: found } = await sql<{ waiting: number; oldest: string | null }>`
        select count(*) as waiting, min(asked_at) as oldest from (${rows(range)})
        where over_at is null or over_at >= ${moment.toISOString()}`.execute(db);
      for (const part of found) {
        waiting += part.waiting;
        if (part.oldest !== null && (oldest === null || part.oldest < oldest)) oldest = part.oldest;
      }
    }
  return { waiting, longest: oldest === null ? null : (moment.getTime() - Date.parse(oldest)) / DAY };
}

/**
 * The figures of a month that is over: of what was asked for in it; and of all that waited at its end, also of what was
 * asked for long before.
 */
export async function figuresOfMonth(asked: Asked, sources: Source[]): Promise<Figure[]> {
  const inMonth = waitingFigures((await waitingTimes(asked, sources))[0]);
  const end = later(startOfDay(asked.query.filters.to ?? dayOf(asked.now)), DAY);
  const atEnd = await waitingAt(asked, sources, end);
  return [
    ...inMonth.filter(({ label }) => label !== 'report.waiting' && label !== 'report.longestWaiting'),
    { label: 'report.waitingAtEnd', value: atEnd.waiting },
    { label: 'report.longestWaitingAtEnd', value: atEnd.longest, days: true },
  ];
}

function add(sums: Map<string, Sum>, part: Part) {
  const sum = sums.get(part.value) ?? { asked: 0, ended: 0, waiting: 0, oldest: null, took: new Map() };
  for (const name of ['asked', 'ended', 'waiting'] as const) sum[name] += part[name];
  if (part.oldest !== null && (sum.oldest === null || part.oldest < sum.oldest)) sum.oldest = part.oldest;
  if (part.took !== null) sum.took.set(part.took, (sum.took.get(part.took) ?? 0) + part.asked);
  sums.set(part.value, sum);
}

function timesOf({ asked, ended, waiting, oldest, took }: Sum, now: Date) {
  const times = [...took].sort(([one], [other]) => one - other);
  const at = (place: number) => {
    let seen = 0;
    return times.find(([, count]) => {
      seen += count;
      return seen > place;
    })?.[0];
  };
  const inDays = (minutes: number | undefined) => (minutes === undefined ? null : minutes / MINUTES_A_DAY);
  const [one, other] = [at(Math.floor((ended - 1) / 2)), at(Math.floor(ended / 2))];
  return {
    asked,
    ended,
    waiting,
    median: one === undefined || other === undefined ? null : inDays((one + other) / 2),
    longest: inDays(times.at(-1)?.[0]),
    longest_waiting: oldest === null ? null : (now.getTime() - Date.parse(oldest)) / DAY,
  };
}

export const WAITING_COLUMNS: Column<Waiting>[] = [
  { label: 'report.asked', value: (row, say) => say.number(row.asked), sort: 'asked', numeric: true },
  { label: 'report.ended', value: (row, say) => say.number(row.ended), sort: 'ended', numeric: true },
  { label: 'report.waiting', value: (row, say) => say.number(row.waiting), sort: 'waiting', numeric: true },
  daysColumn('report.median', 'report.medianDays', 'median'),
  daysColumn('report.longest', 'report.longestDays', 'longest'),
  daysColumn('report.longestWaiting', 'report.longestWaitingDays', 'longest_waiting'),
];

function daysColumn(label: Label, inFile: Label, name: 'median' | 'longest' | 'longest_waiting'): Column<Waiting> {
  return {
    label,
    value: (row, say) => daysInWords(row[name], say),
    inFile: [{ label: inFile, value: (row) => String(inTenths(row[name]) ?? '') }],
    sort: name,
    numeric: true,
  };
}

/** The same of everything together. */
export function waitingFigures(all: Waiting | undefined): Figure[] {
  return [
    { label: 'report.asked', value: all?.asked ?? 0 },
    { label: 'report.ended', value: all?.ended ?? 0 },
    { label: 'report.waiting', value: all?.waiting ?? 0 },
    { label: 'report.median', value: all?.median ?? null, days: true },
    { label: 'report.longest', value: all?.longest ?? null, days: true },
    { label: 'report.longestWaiting', value: all?.longest_waiting ?? null, days: true },
  ];
}
