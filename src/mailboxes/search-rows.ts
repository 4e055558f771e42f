import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/database.ts';
import { type ListQuery, MOST_COUNTED } from '../platform/listing.ts';
import { MAILBOX_BITS } from './search-keys.ts';
import { holds, type Part } from './search-words.ts';

/** The kinds of mailboxes to look among; all of a kind's values where it is not narrowed. */
export type Kinds = Record<'status' | 'package' | 'service_type' | 'category', string[]>;

export type Wanted = {
  /** Null for all agencies. */
  agencyId: number | null;
  parts: Part[] | null;
  kinds: Kinds;
  isNarrowed: boolean;
  /** Only mailboxes whose termination is asked for (SOP 4.11). */
  ending: boolean;
};

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
  const text = wanted.parts === null ? [] : [holds(wanted.parts)];
  return all([...ofAgency(wanted), ...kinds, ...text]);
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
  const { rows } = await sql<{ mailbox_id: number }>`
    select mailbox_id from ${among(keys)} where ${wanted ? conditions(wanted) : sql`true`}
    ${inOrder(order)} limit ${order.limit} offset ${order.offset}`.execute(db);
  return rows.map((row) => row.mailbox_id);
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
 * Reads an index in the order of the page until the page is full.
 * @param from begins there, and not at the start of the list
 * @param most gives up after so many rows
 */
export async function walk(db: Db, wanted: Wanted, order: Order, from?: Beginning, most = -1) {
  const index = sql.raw(`mailbox_search_${INDEXES[order.sort]}`);
  const place = all([...ofAgency(wanted), ...(from ? beyond(wanted, order, from) : [])]);
  const page = sql`limit ${order.limit} offset ${order.offset}`;
  // what skips many rows for a late page reads the index alone, as long as no row has to be looked at
  const query =
    wanted.parts === null && !wanted.isNarrowed
      ? sql<{ mailbox_id: number }>`
        select docid & ((1 << ${MAILBOX_BITS}) - 1) as mailbox_id from mailbox_search indexed by ${index}
        where ${place} ${inOrder(order)} ${page}`
      : sql<{ mailbox_id: number }>`
        select mailbox_id from (
          select * from mailbox_search indexed by ${index} where ${place} ${inOrder(order)} limit ${most}
        ) as mailbox_search
        where ${conditions(wanted)} ${page}`;
  const { rows } = await query.execute(db);
  return rows.map((row) => row.mailbox_id);
}

function beyond(wanted: Wanted, { descending }: Order, { agencyId, bound, name }: Beginning) {
  const than = sql.raw(descending ? '<=' : '>=');
  const place = descending ? `${name}\u{10ffff}` : name;
  return wanted.agencyId === null
    ? [sql`(agency_id, name) ${than} (${agencyId}, ${place})`, bound]
    : [sql`name ${than} ${place}`, bound];
}
