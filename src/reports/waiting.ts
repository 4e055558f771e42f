import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/database.ts';
import type { Column } from '../platform/listing.ts';
import { daysInWords, type Figure } from './report.ts';

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

/**
 * How long things took and take.
 * @param source rows of `value` (the group), `asked_at`, `ended_at` (null while it is not done) and `waiting` (0 or 1)
 */
export async function waitingTimes(db: Db, source: RawBuilder<unknown>, now: Date): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    with asked as materialized (
      select value, waiting, ended_at, julianday(ended_at) - julianday(asked_at) as took,
        iif(waiting, julianday(${now.toISOString()}) - julianday(asked_at), null) as waits
      from (${source})
    ), ranked as materialized (
      select value, took, row_number() over (partition by value order by took) as place,
        count(*) over (partition by value) as number
      from asked where took is not null
    ), middle as materialized (
      select value, avg(took) as median from ranked where place in ((number + 1) / 2, (number + 2) / 2) group by value
    )
    select value, count(*) as asked, count(ended_at) as ended, coalesce(sum(waiting), 0) as waiting,
      (select median from middle where middle.value = asked.value) as median,
      max(took) as longest, max(waits) as longest_waiting
    from asked group by value`.execute(db);
  return rows;
}

export const WAITING_COLUMNS: Column<Waiting>[] = [
  { label: 'report.asked', value: (row, say) => say.number(row.asked), sort: 'asked', numeric: true },
  { label: 'report.ended', value: (row, say) => say.number(row.ended), sort: 'ended', numeric: true },
  { label: 'report.waiting', value: (row, say) => say.number(row.waiting), sort: 'waiting', numeric: true },
  { label: 'report.median', value: (row, say) => daysInWords(row.median, say), sort: 'median', numeric: true },
  { label: 'report.longest', value: (row, say) => daysInWords(row.longest, say), sort: 'longest', numeric: true },
  {
    label: 'report.longestWaiting',
    value: (row, say) => daysInWords(row.longest_waiting, say),
    sort: 'longest_waiting',
    numeric: true,
  },
];

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
