import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../data/database.ts';
import { type ListQuery, MOST_COUNTED } from '../data/paging.ts';
import { MAILBOX_BITS } from './search-keys.ts';
import { holds, type Word } from './search-words.ts';

/** The kinds of mailboxes to look among; all of a kind's values where it is not narrowed. */
export type Kinds = Record<'status' | 'package' | 'service_type' | 'category', string[]>;

export type Wanted = {
  /** Null for all agencies. */
  agencyId: number | null;
  terms: Word[] | null;
  kinds: Kinds;
  isNarrowed: boolean;
  /** Only mailboxes whose termination is asked for (SOP 4.11), only the others, or all. */
  ending: 'only' | 'without' | 'too';
};

/** Limit and offset of all mailboxes in order. */
export const ALL = { limit: -1, offset: 0 } as const;

/** What a page is sorted by, and which part of it is shown. */
export type Order = Pick<ListQuery, 'descending' | 'limit' | 'offset'> & { sort: 'name' | 'email' | 'created_at' };

const INDEXES = { name: 'name', email: 'email', created_at: 'created' };

const column = (name: string) => sql.ref(`mailbox_search.${name}`);
const oneOf = (name: string, values: string[]) => sql`${column(name)} in (${sql.join(values)})`;
const all = (tests: RawBuilder<unknown>[]) => (tests.length === 0 ? sql`true` : sql.join(tests, sql` and `));

function ofAgency({ agencyId }: Wanted) {
  return agencyId === null ? [] : [sql`${column('agency_id')} = ${agencyId}`];
}

/** Everything that is asked of a row of `mailbox_search`. */
export function conditions(wanted: Wanted) {
  const kinds = wanted.isNarrowed ? Object.entries(wanted.kinds).map(([name, values]) => oneOf(name, values)) : [];
  const text = wanted.terms === null ? [] : [holds(wanted.terms)];
  // the number is in the key: no row is read for it
  const staying =
    wanted.ending === 'without'
      ? [
          sql`${column('docid')} & ((1 << ${MAILBOX_BITS}) - 1)
            not in (select mailbox_id from termination where status = 'requested')`,
        ]
      : [];
  return all([...ofAgency(wanted), ...kinds, ...text, ...staying]);
}

function inOrder({ sort, descending }: Order) {
  const way = sql.raw(descending ? 'desc' : 'asc');
  return sql`order by ${column('agency_id')} ${way}, ${column(sort)} ${way}, ${column('docid')} ${way}`;
}

/** The keys that a query finds. */
export async function keysOf(db: Db, query: RawBuilder<unknown>) {
  const { rows } = await sql<{ keys: string }>`select json_group_array(docid) as keys from (${query})`.execute(db);
  const list = rows[0]?.keys.slice(1, -1) ?? '';
  return list === '' ? [] : list.split(',');
}

/** The keys of all that is of the wanted kinds; null when it is more than some. */
export async function keysOfKinds(db: Db, { agencyId, kinds }: Wanted, most: number) {
  const agencies = agencyId === null ? sql`(select id from agency)` : sql`(${agencyId})`;
  const tests = Object.entries(kinds).map(([name, values]) => oneOf(name, values));
  const found = sql`select docid from mailbox_search indexed by mailbox_search_kind
    where agency_id in ${agencies} and ${all(tests)} limit ${most + 1}`;
  const { rows } = await sql<{ total: number }>`select count(*) as total from (${found})`.execute(db);
  return (rows[0]?.total ?? 0) > most ? null : keysOf(db, found);
}

/** The keys of the mailboxes whose termination is asked for. */
export function keysOfEnding(db: Db, { agencyId }: Wanted) {
  const agency = agencyId === null ? sql`true` : sql`termination.agency_id = ${agencyId}`;
  return keysOf(
    db,
    sql`select docid from termination join mailbox_to_search using (mailbox_id)
      where termination.status = 'requested' and ${agency}`,
  );
}

const among = (keys: string[]) =>
  sql`json_each(${`[${keys.join(',')}]`}) as found cross join mailbox_search on mailbox_search.docid = found.value`;

/** A page of some rows, of which those count that are wanted. */
export async function sorted(db: Db, keys: string[], order: Order, wanted?: Wanted) {
  return idsOf(
    db,
    sql`select mailbox_id from ${among(keys)} where ${wanted ? conditions(wanted) : sql`true`}
      ${inOrder(order)} limit ${order.limit} offset ${order.offset}`,
  );
}

/** The mailboxes that a query finds, as one text: those of a whole list may be a million. */
async function idsOf(db: Db, query: RawBuilder<unknown>): Promise<number[]> {
  const { rows } = await sql<{ ids: string }>`select json_group_array(mailbox_id) as ids from (${query})`.execute(db);
  return JSON.parse(rows[0]?.ids ?? '[]');
}

/** How many of some rows, or of all, are wanted, counted no further than a list needs. */
export async function countWanted(db: Db, wanted: Wanted, keys?: string[]) {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from (
      select 1 from ${keys ? among(keys) : sql`mailbox_search`} where ${conditions(wanted)} limit ${MOST_COUNTED}
    )`.execute(db);
  return rows[0]?.total ?? 0;
}

/** Where in the order of names a walk begins. */
export type Beginning = { agencyId: number; bound: RawBuilder<unknown>; name: string };

/**
 * Reads an index in the order of the page until the page is full. The number comes from the key: a row is looked at only
 * where the index does not tell whether it is wanted.
 * @param from begins there, and not at the start of the list
 * @param most gives up after so many rows, and those of the same name
 */
export async function walk(db: Db, wanted: Wanted, order: Order, from?: Beginning, most?: number) {
  const index = sql.raw(`mailbox_search_${INDEXES[order.sort]}`);
  const place = [...ofAgency(wanted), ...(from ? [startOf(wanted, order, from)] : [])];
  const rows = (tests: RawBuilder<unknown>[]) =>
    sql`from mailbox_search indexed by ${index} where ${all([...place, ...tests])} ${inOrder(order)}`;
  const end = most === undefined ? [] : await endOf(db, wanted, order, sql`${rows([])} limit 1 offset ${most}`);
  const tests = [...end, ...(from ? [from.bound] : []), conditions(wanted)];
  return idsOf(
    db,
    sql`select docid & ((1 << ${MAILBOX_BITS}) - 1) as mailbox_id
      ${rows(tests)} limit ${order.limit} offset ${order.offset}`,
  );
}

/** Not beyond the place of a row, if there is that row. */
async function endOf(db: Db, wanted: Wanted, order: Order, row: RawBuilder<unknown>) {
  const { rows } = await sql<{ agency_id: number; place: string }>`
    select agency_id, ${column(order.sort)} as place ${row}`.execute(db);
  return rows.map(({ agency_id, place }) =>
    onSide(wanted, order.sort, order.descending ? '>=' : '<=', agency_id, place),
  );
}

function startOf(wanted: Wanted, { descending }: Order, { agencyId, name }: Beginning) {
  return onSide(wanted, 'name', descending ? '<=' : '>=', agencyId, descending ? `${name}\u{10ffff}` : name);
}

/** On one side of a place in the order; within one agency the agency itself need not be compared. */
function onSide(wanted: Wanted, sort: Order['sort'], way: '<=' | '>=', agencyId: number, place: string) {
  return wanted.agencyId === null
    ? sql`(${column('agency_id')}, ${column(sort)}) ${sql.raw(way)} (${agencyId}, ${place})`
    : sql`${column(sort)} ${sql.raw(way)} ${place}`;
}
