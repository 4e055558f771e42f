import { setImmediate as turn } from 'node:timers/promises';
import type { SelectQueryBuilder } from 'kysely';
import { type Found, type ListQuery, MOST_COUNTED, oneStep, rowsByKey } from './paging.ts';

/** Rows looked at in one go. A search that finds nothing looks at all of them: other pages are answered between. */
const WINDOW = 20_000;

// biome-ignore lint/suspicious/noExplicitAny: any select of any table will do
type Query<Row> = SelectQueryBuilder<any, any, Row>;

/**
 * One page, or one step through all, of rows that are only ever added, in the order of their numbers. It goes through the
 * table itself and needs no index.
 * @param upTo the newest row to look at
 */
export async function pageById<Row>(found: Query<Row>, query: ListQuery, upTo: number): Promise<Found<Row>> {
  const { whole, offset, limit } = query;
  const rowsOf = (ids: number[]) => rowsByKey(found, 'id', ids);
  const idsUpTo = (most: number) => idsByWindows(found, query.descending, upTo, most);
  if (whole) return oneStep(whole, query, () => idsUpTo(Number.POSITIVE_INFINITY), rowsOf);
  const ids = await idsUpTo(Math.max(offset + limit, MOST_COUNTED));
  return { rows: await rowsOf(ids.slice(offset, offset + limit)), total: Math.min(ids.length, MOST_COUNTED) };
}

async function idsByWindows(found: Query<unknown>, descending: boolean, upTo: number, most: number) {
  const ids: number[] = [];
  let edge = descending ? upTo + 1 : 0;
  while (ids.length < most && (descending ? edge > 1 : edge < upTo)) {
    const [least, largest] = descending ? [edge - WINDOW, edge - 1] : [edge + 1, Math.min(edge + WINDOW, upTo)];
    const rows = await found
      .clearSelect()
      .select('id')
      .where('id', '>=', least)
      .where('id', '<=', largest)
      .orderBy('id', descending ? 'desc' : 'asc')
      .limit(Math.min(most - ids.length, WINDOW))
      .execute();
    for (const { id } of rows) ids.push(id);
    edge = descending ? least : largest;
    await turn();
  }
  return ids;
}
