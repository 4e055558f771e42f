import { type RawBuilder, sql } from 'kysely';
import { sharedBeginning } from '../base/folding.ts';
import type { Db } from '../data/database.ts';
import { PAGE_SIZE } from '../lists/listing.ts';
import { type Match, matchOf, rarestFirst } from './search-index.ts';
import { beginningOf, firstKey, lastKey, MAILBOX_BITS } from './search-keys.ts';
import {
  ALL,
  type Beginning,
  conditions,
  countWanted,
  keysOf,
  keysOfEnding,
  keysOfKinds,
  type Order,
  sorted,
  type Wanted,
  walk,
} from './search-rows.ts';
import type { Word } from './search-words.ts';

/** One page's mailboxes by their number, in order, and how many there are, or how many at least. */
export type FoundIds = { ids: number[]; total: number; capped?: boolean };

/** What holds a text is counted for ten pages, or up to the page that is asked for: each one costs a look into the index. */
const MOST_FOUND = 10 * PAGE_SIZE;

/** So many rows are sorted at once; of more, an index is read in the order of the page. */
const FEW = 5000;
/** The same in an order that is not the search index's own. */
const MANY = 20_000;

/**
 * SOP 4.7 step 1. Finds a page of mailboxes; across agencies, each agency's are together.
 * How long it takes depends on the page and hardly on the number of mailboxes: what is few is sorted, what is many comes
 * from an index in the page's own order, and nothing is counted beyond what the page says.
 */
export async function findIds(db: Db, wanted: Wanted, order: Order): Promise<FoundIds> {
  const { terms } = wanted;
  if (terms?.length === 0) return { ids: [], total: 0 };
  if (wanted.ending === 'only' || wanted.isNarrowed) {
    const few = wanted.ending === 'only' ? await keysOfEnding(db, wanted) : await keysOfKinds(db, wanted, FEW);
    if (few !== null) return { ids: await sorted(db, few, order, wanted), total: await countWanted(db, wanted, few) };
  }
  if (terms !== null) return findText(db, { ...wanted, terms }, order);
  return { ids: await walk(db, wanted, order), total: await countWanted(db, wanted) };
}

type Text = Wanted & { terms: Word[]; match: Match };

async function findText(db: Db, wanted: Wanted & { terms: Word[] }, order: Order): Promise<FoundIds> {
  const terms = await rarestFirst(db, wanted.terms);
  const text: Text = { ...wanted, terms, match: await matchOf(db, terms) };
  const byName = order.sort === 'name' && order.limit !== ALL.limit;
  const counted = Math.max(MOST_FOUND, order.offset + order.limit);
  const most = byName ? counted : MANY;
  const whole = { from: firstKey(wanted.agencyId), to: lastKey(wanted.agencyId) };
  const keys = await keysOfText(db, text, whole, byName && order.descending, most + 1);
  const isAll = keys.length <= most;
  const total = { total: Math.min(keys.length, counted), capped: keys.length > counted };
  if (isAll && (!byName || keys.length <= MOST_FOUND)) return { ids: await sorted(db, keys, order), ...total };
  if (!byName) return { ids: await walk(db, text, order), ...total };
  return { ids: await nearlySorted(db, text, keys, isAll, order), ...total };
}

type Range = { from: RawBuilder<unknown>; to: RawBuilder<unknown> };

/** What the search index finds between two keys: by agency, and nearly by name. */
function keysOfText(db: Db, text: Text, { from, to }: Range, descending: boolean, most: number) {
  const looked = text.isNarrowed || !text.match.isExact;
  const rows = looked
    ? sql`mailbox_fts cross join mailbox_search on mailbox_search.docid = mailbox_fts.rowid and ${conditions(text)}`
    : sql`mailbox_fts`;
  return keysOf(
    db,
    sql`select mailbox_fts.rowid as docid from ${rows}
      where mailbox_fts match ${text.match.expression} and mailbox_fts.rowid between ${from} and ${to}
      order by mailbox_fts.rowid ${sql.raw(descending ? 'desc' : 'asc')} limit ${most}`,
  );
}

/**
 * Names with one beginning are together among the keys, and beginnings are in order: only those that the page touches
 * are sorted.
 */
async function nearlySorted(db: Db, text: Text, keys: string[], isAll: boolean, order: Order) {
  const [begin, end] = [Math.min(order.offset, keys.length), Math.min(order.offset + order.limit, keys.length)];
  if (begin === end) return [];
  const beginning = (at: number) => beginningOf(keys[at]);
  const [first, last] = [beginning(begin), beginning(end - 1)];
  const from = lowerBound(0, begin, (at) => beginning(at) === first);
  const to = lowerBound(end, keys.length, (at) => beginning(at) !== last);
  const touched = keys.slice(from, to);
  const within = { ...order, offset: order.offset - from };
  if (isAll || to < keys.length) return sorted(db, touched, within);
  return withRest(db, text, touched, within);
}

/** The least number of some for which it is so, where it is so for all after it; `high` when it is so for none before that. */
function lowerBound(low: number, high: number, isSo: (at: number) => boolean): number {
  if (low >= high) return low;
  const middle = (low + high) >> 1;
  return isSo(middle) ? lowerBound(low, middle, isSo) : lowerBound(middle + 1, high, isSo);
}

/** The last of the beginnings has more names than were read. */
async function withRest(db: Db, text: Text, touched: string[], order: Order) {
  const first = await firstOf(db, touched[0] ?? '', order.descending);
  const page = await walk(db, text, order, first, 4 * (order.offset + order.limit) + 200); // names of one beginning are alike
  if (page.length === order.limit) return page;
  const last = touched.at(-1) ?? '';
  const least = sql`((${String(beginningOf(last))} + 0) << ${MAILBOX_BITS})`;
  const range = order.descending
    ? { from: least, to: sql`(${last} - 1)` }
    : { from: sql`(${last} + 1)`, to: sql`(${least} + (1 << ${MAILBOX_BITS}) - 1)` };
  const rest = await keysOfText(db, text, range, order.descending, FEW + 1);
  if (rest.length <= FEW) return sorted(db, [...touched, ...rest], order);
  return walk(db, text, order, first);
}

/** Where the names begin that have the same beginning as one of them. */
async function firstOf(db: Db, key: string, descending: boolean): Promise<Beginning> {
  const { rows } = await sql<{ agency_id: number; name: string }>`
    select agency_id, name from mailbox_search where docid = cast(${key} as integer)`.execute(db);
  const { agency_id = 0, name = '' } = rows[0] ?? {};
  const start = sql`((${String(beginningOf(key))} + 0) << ${MAILBOX_BITS})`;
  return {
    agencyId: agency_id,
    name: sharedBeginning(name),
    bound: descending ? sql`docid < ${start} + (1 << ${MAILBOX_BITS})` : sql`docid >= ${start}`,
  };
}
