import { setImmediate as turn } from 'node:timers/promises';
import type { SelectQueryBuilder } from 'kysely';
import { type Found, type ListQuery, MOST_COUNTED, rowsByKey } from './paging.ts';

/** Rows looked at in one go. A search that finds nothing looks at all of them: other pages are answered between. */
const WINDOW = 20_000;

// biome-ignore lint/suspicious/noExplicitAny: any select of any table will do
type Query<Row> = SelectQueryBuilder<any, any, Row>;

/**
 * One page, or one step through all, of rows whose numbers only grow, in the order of their numbers. It goes through the
 * table itself and needs no index.
 * @param newest tells the newest row to look at: of all steps, the first asks
 */
export async function pageById<Row extends { id: number }>(
  found: Query<Row>,
  query: ListQuery,
  newest: () => Promise<number>,
): Promise<Found<Row>> {
  const { whole, offset, limit, descending } = query;
  const upTo = whole?.upTo ?? (await newest());
  const start = descending ? upTo + 1 : 0;
  if (whole) {
    // the next step begins where this one ends: no row comes twice, and one that changes is looked at as it is then
    const after = whole.after ?? start;
    const rows = await byWindows(found, descending, after, upTo, limit);
    Object.assign(whole, { upTo, after: rows.at(-1)?.id ?? after });
    return { rows, total: rows.length };
  }
  const numbers = found.clearSelect().select('id') as Query<{ id: number }>;
  const ids = await byWindows(numbers, descending, start, upTo, Math.max(offset + limit, MOST_COUNTED));
  const onPage = ids.slice(offset, offset + limit).map(({ id }) => id);
  return { rows: await rowsByKey(found, 'id', onPage), total: Math.min(ids.length, MOST_COUNTED) };
}

/** So many rows behind one, or as many as there are. */
async function byWindows<Row extends { id: number }>(
  found: Query<Row>,
  descending: boolean,
  after: number,
  upTo: number,
  most: number,
) {
  const rows: Row[] = [];
  let edge = after;
  while (rows.length < most && (descending ? edge > 1 : edge < upTo)) {
    const [least, largest] = descending ? [edge - WINDOW, edge - 1] : [edge + 1, Math.min(edge + WINDOW, upTo)];
    const here = await found
      .where('id', '>=', least)
      .where('id', '<=', largest)
      .orderBy('id', descending ? 'desc' : 'asc')
      .limit(Math.min(most - rows.length, WINDOW))
      .execute();
    for (const row of here) rows.push(row);
    edge = descending ? least : largest;
    await turn();
  }
  return rows;
}
