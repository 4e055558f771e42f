import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import type { Db } from '../data/database.ts';
import {
  ALL_KEYS,
  anyContains,
  type Found,
  foldedColumn,
  type ListQuery,
  MOST_COUNTED,
  onePage,
  oneStep,
} from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import type { Row } from '../data/schema.ts';
import { findIds } from './search.ts';
import { ALL, countWanted, type Kinds, type Order, type Wanted } from './search-rows.ts';
import { termsOf } from './search-words.ts';

const LISTED = [
  'id',
  'display_name',
  'primary_email',
  'login_id',
  'ic_number',
  'passport',
  'package',
  'status',
  'created_at',
  'to_complete',
] as const;
export type ListedMailbox = Pick<Row<'mailbox'>, (typeof LISTED)[number]> & { agency: string; ending: string | null };

const ALL_KINDS: Kinds = {
  status: ['active', 'disabled'],
  package: ['A', 'B', 'C'],
  service_type: ['ordinary', 'vip'],
  category: ['civil_servant', 'other'],
};
const SORTS: Record<string, Order['sort']> = {
  display_name: 'name',
  primary_email: 'email',
  created_at: 'created_at',
};

/**
 * SOP 4.7 step 1: mailboxes by any part of what they are searched by. The agency's for its administrators; all, or one
 * agency's, for the helpdesk. Deleted ones are not among them.
 */
export async function listMailboxes(db: Db, actor: Actor, query: ListQuery): Promise<Found<ListedMailbox>> {
  const { state } = query.filters;
  if (state === 'to-complete') return listToComplete(db, actor, query);
  const kinds = kindsIn({ ...query.filters, status: state === 'ending' ? undefined : state });
  const wanted: Wanted = {
    agencyId: agencyIn(actor, query),
    terms: termsOf(query.q, query.by),
    kinds,
    isNarrowed: Object.values(kinds).some((values) => values.length === 1),
    ending: state === 'ending' ? 'only' : state ? 'without' : 'too',
  };
  const order = { ...query, sort: SORTS[query.sort] ?? 'name' };
  const rowsOf = (ids: number[]) => mailboxesById(db, wanted.agencyId, ids);
  if (query.whole)
    return oneStep(query.whole, query, async () => (await findIds(db, wanted, { ...order, ...ALL })).ids, rowsOf);
  const { ids, ...count } = await findIds(db, wanted, order);
  return { rows: await rowsOf(ids), ...count };
}

/** Those that were taken over from the directory, and about which nobody has decided yet: an index has them, and no search. */
async function listToComplete(db: Db, actor: Actor, query: ListQuery): Promise<Found<ListedMailbox>> {
  const { agency, package: package_, service_type, category } = query.filters;
  let found = withinReach(db.selectFrom('mailbox'), actor, 'mailbox.agency_id')
    .innerJoin('agency', 'agency.id', 'mailbox.agency_id')
    .select(LISTED.map((column) => `mailbox.${column}` as const))
    .select(['agency.name as agency', sql<string | null>`null`.as('ending')])
    .where(sql<boolean>`mailbox.to_complete = 1`)
    .where('mailbox.status', '=', 'active')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('termination')
            .select('termination.id')
            .whereRef('termination.mailbox_id', '=', 'mailbox.id')
            .where('termination.status', '=', 'requested'),
        ),
      ),
    );
  if (agency) found = found.where('mailbox.agency_id', '=', Number(agency));
  if (package_) found = found.where('mailbox.package', '=', package_ as Row<'mailbox'>['package']);
  if (service_type) found = found.where('mailbox.service_type', '=', service_type as Row<'mailbox'>['service_type']);
  if (category) found = found.where('mailbox.category', '=', category as Row<'mailbox'>['category']);
  let rows = db.selectFrom(found.as('found')).selectAll();
  if (query.q !== '') rows = rows.where(anyContains(query.q, ['display_name', 'primary_email', 'login_id']));
  return onePage(db, rows, query);
}

/** Of each kind the value that is asked for, or all. */
function kindsIn(asked: Record<string, string | undefined>): Kinds {
  const all = Object.entries(ALL_KINDS).map(([kind, values]) => [kind, asked[kind] ? [asked[kind]] : values]);
  return Object.fromEntries(all) as Kinds;
}

/** The agency to look in; null for all, which only the helpdesk may see. */
function agencyIn(actor: Actor, { filters }: ListQuery) {
  if (actor.role !== 'helpdesk') return actor.agencyId ?? 0;
  return filters.agency ? Number(filters.agency) : null;
}

/** Those of them that are still there: a whole list's rows are read some time after they were found. */
async function mailboxesById(db: Db, agencyId: number | null, ids: number[]): Promise<ListedMailbox[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<ListedMailbox>`
    select ${sql.join(LISTED.map((column) => sql.ref(`mailbox.${column}`)))},
      agency.name as agency, termination.effective_on as ending
    from json_each(${JSON.stringify(ids)}) as found
    cross join mailbox on mailbox.id = found.value
    join agency on agency.id = mailbox.agency_id
    left join termination on termination.mailbox_id = mailbox.id and termination.status = 'requested'
    where mailbox.status <> 'deleted' and mailbox.agency_id = coalesce(${agencyId}, mailbox.agency_id)
    order by found.key`.execute(db);
  return rows;
}

export type AddressKind = 'mailbox' | 'group' | 'contact';
type InDirectory = 'none' | 'due' | 'password' | 'step' | 'differs' | 'refused' | 'held';
export type Entry = {
  kind: AddressKind;
  id: number;
  name: string;
  address: string;
  about: string;
  phone: string;
  /** How it stood in the directory when that was last seen. */
  in_directory: InDirectory;
};

/** When the directory of an agency that is written to was last seen, and whether it cannot be now; null for all others. */
export async function directorySeen(db: Db, actor: Actor): Promise<{ at: string | null; isAway: boolean } | null> {
  const row = await db
    .selectFrom('agency')
    .innerJoin('directory_work as work', (join) => join.onTrue())
    .select(['work.last_seen_at', 'work.next_at'])
    .where('agency.id', '=', actor.agencyId ?? 0)
    .where('directory_mode', '=', 'live')
    .where('directory_agreed_at', 'is not', null)
    .executeTakeFirst();
  return row === undefined ? null : { at: row.last_seen_at, isAway: row.next_at !== null };
}

type Key = `${AddressKind}:${number}`;
type Source = { source: RawBuilder<unknown>; total: number; capped?: boolean };

/**
 * What an Outlook Web App user sees in the address list: the agency's active mailboxes and lists, and the contacts, by
 * name. Whoever is disabled is not there.
 */
export async function listAddresses(db: Db, actor: Actor, query: ListQuery): Promise<Found<Entry>> {
  const agencyId = actor.agencyId ?? 0;
  const rowsOf = (keys: Key[]) => entriesOf(db, agencyId, keys);
  if (query.whole)
    return oneStep(query.whole, query, async () => (await keysIn(db, agencyId, { ...query, ...ALL })).keys, rowsOf);
  const { keys, ...count } = await keysIn(db, agencyId, query);
  return { rows: await rowsOf(keys), ...count };
}

/** Kind and number of each entry of a page, and how many there are. */
async function keysIn(
  db: Db,
  agencyId: number,
  query: ListQuery,
): Promise<{ keys: Key[]; total: number; capped: boolean }> {
  const kinds = query.filters.kind ? [query.filters.kind] : ['mailbox', 'group', 'contact'];
  const way = sql.raw(query.descending ? 'desc' : 'asc');
  const most = query.limit === ALL.limit ? query.limit : query.offset + query.limit;
  const sources: RawBuilder<unknown>[] = [];
  let total = 0;
  let capped = false;
  for (const kind of ['mailbox', 'group', 'contact'] as const) {
    if (!kinds.includes(kind)) continue;
    const found: Source =
      kind === 'mailbox' ? await mailboxesIn(db, agencyId, query, most) : await named(db, kind, agencyId, query.q);
    total += found.total;
    capped ||= found.capped ?? found.total >= MOST_COUNTED;
    sources.push(sql`
      select * from (${found.source} order by name ${way}, key ${way} limit ${most})`);
  }
  const { rows } = await sql<{ keys: string }>`select json_group_array(kind || ':' || id) as keys from (
      select kind, id from (${sql.join(sources, sql` union all `)})
      order by name ${way}, key ${way} limit ${query.limit} offset ${query.offset})`.execute(db);
  return { keys: JSON.parse(rows[0]?.keys ?? '[]'), total, capped };
}

/** The mailboxes among the entries; of those that a search finds, no more than the page can need. */
async function mailboxesIn(db: Db, agencyId: number, { q, by, descending }: ListQuery, most: number) {
  const wanted: Wanted = {
    agencyId,
    terms: termsOf(q, by),
    kinds: { ...ALL_KINDS, status: ['active'] },
    isNarrowed: true,
    ending: 'too',
  };
  const order: Order = { sort: 'name', descending, limit: most, offset: 0 };
  const columns = sql`select 'mailbox' as kind, mailbox_id as id, name, docid as key`;
  if (wanted.terms === null)
    return {
      source: sql`${columns} from mailbox_search indexed by mailbox_search_name
        where agency_id = ${agencyId} and status = 'active'`,
      total: await countWanted(db, wanted),
    };
  const { ids, ...count } = await findIds(db, wanted, order);
  return { source: sql`${columns} from mailbox_to_search where mailbox_id in ${inJson(ids)}`, ...count };
}

const inJson = (ids: number[]) => sql`(select value from json_each(${JSON.stringify(ids)}))`;

/** The lists of the agency, or contacts, of which a part of the name or address is asked for. */
async function named(db: Db, kind: 'group' | 'contact', agencyId: number, q: string) {
  const [name, address] =
    kind === 'group' ? (['display_name', 'primary_email'] as const) : (['full_name', 'email'] as const);
  const within = kind === 'group' ? sql`agency_id = ${agencyId} and ` : sql``;
  const text = termsOf(q, ALL_KEYS) === null ? sql`true` : anyContains(q, [name, address]);
  const source = sql`select ${kind} as kind, id, ${foldedColumn(name)} as name, id as key
    from ${sql.table(kind)} where ${within} status = 'active' and ${text}`;
  return { source, total: await countOf(db, source) };
}

async function countOf(db: Db, source: RawBuilder<unknown>) {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from (select 1 from (${source}) limit ${MOST_COUNTED})`.execute(db);
  return rows[0]?.total ?? 0;
}

async function entriesOf(db: Db, agencyId: number, keys: Key[]): Promise<Entry[]> {
  const ids = (kind: AddressKind) =>
    inJson(keys.filter((key) => key.startsWith(kind)).map((key) => Number(key.slice(kind.length + 1))));
  const listed = sql`+status = 'active'`; // the pluses: found by number, not by walking the agency's
  const own = sql`+agency_id = ${agencyId} and ${listed}`;
  const { rows } = await sql<Entry>`
    select entry.*, case
      when object.id is null or (object.state = 'step' and object.guid is null) then 'none'
      when object.state in ('under-way', 'listed') then 'due'
      when object.state = 'step' and entry.kind = 'mailbox' and object.password_at is null then 'password'
      else object.state end as in_directory
    from (
      select 'mailbox' as kind, id, display_name as name, primary_email as address,
        position || iif(position = '' or division = '', '', ', ') || division as about, office_phone as phone
      from mailbox where id in ${ids('mailbox')} and ${own}
      union all
      select 'group', id, display_name, primary_email, '', '' from "group" where id in ${ids('group')} and ${own}
      union all
      select 'contact', id, full_name, email, position || iif(position = '' or company = '', '', ', ') || company, phone
      from contact where id in ${ids('contact')} and ${listed}) as entry
    left join directory_object as object on object.item_type = +entry.kind and object.item_id = +entry.id`.execute(db);
  const byKey = new Map(rows.map((row) => [`${row.kind}:${row.id}`, row]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}
