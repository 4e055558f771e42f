import { type RawBuilder, sql } from 'kysely';
import { DAY, later, startOfDay } from '../base/time.ts';

/** The two days that a report can be asked for, from and to, both with their whole day. */
export const PERIOD = [
  { name: 'from', label: 'life.dayFrom' },
  { name: 'to', label: 'life.dayTo' },
] as const;

/** Is a column of moments within the days that are asked for, in Kuala Lumpur? */
export function within(column: string, from: string | undefined, to: string | undefined): RawBuilder<boolean> {
  const at = sql.ref(column);
  const begin = from ? sql<boolean>`${at} >= ${startOfDay(from).toISOString()}` : sql<boolean>`true`;
  const end = to ? sql<boolean>`${at} < ${later(startOfDay(to), DAY).toISOString()}` : sql<boolean>`true`;
  return sql<boolean>`(${begin} and ${end})`;
}
