import { sql } from 'kysely';
import type { Actor } from '../platform/actor.ts';
import type { Db } from '../platform/database.ts';
import { NotFound } from '../platform/errors.ts';
import { anyContains, type Found, type ListQuery, MOST_COUNTED, PAGE_SIZE } from '../platform/listing.ts';
import { withinReach } from '../platform/reach.ts';
import type { Row } from '../platform/schema.ts';
import { DAY, later, startOfDay } from '../platform/time.ts';

export type AuditRow = Row<'audit'>;

/** Rows looked at in one go. A search that finds nothing looks at all of them: other pages are answered between. */
const WINDOW = 20_000;

/**
 * Reads the trail within reach, page by page, up to one row: what is written while it is read or exported shifts nothing.
 * It goes through the trail in its own order and needs no index but that; each index would cost at every change.
 */
export function auditReader(db: Db, actor: Actor, upTo: number) {
  let reached = { offset: 0, after: null as number | null };
  return async (query: ListQuery): Promise<Found<AuditRow>> => {
    // an export asks for one step after the other: each goes on where the last one ended
    const { offset, after } = query.offset === reached.offset ? reached : { offset: 0, after: null };
    const needed = query.offset - offset + query.limit;
    const counted = query.limit <= PAGE_SIZE ? MOST_COUNTED : 0;
    const ids = await idsOf(db, actor, query, { upTo, after, most: Math.max(needed, counted) });
    const wanted = ids.slice(query.offset - offset, needed);
    reached = { offset: query.offset + wanted.length, after: wanted.at(-1) ?? after };
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where(sql<boolean>`id in (select value from json_each(${JSON.stringify(wanted)}))`)
      .orderBy('id', query.descending ? 'desc' : 'asc')
      .execute();
    return { rows, total: Math.min(offset + ids.length, MOST_COUNTED) };
  };
}

type Stretch = { upTo: number; after: number | null; most: number };

async function idsOf(db: Db, actor: Actor, query: ListQuery, { upTo, after, most }: Stretch) {
  const narrowed = narrowedBy(db, actor, query);
  const ids: number[] = [];
  const down = query.descending;
  let edge = after ?? (down ? upTo + 1 : 0);
  while (ids.length < most && (down ? edge > 1 : edge < upTo)) {
    const [least, largest] = down ? [edge - WINDOW, edge - 1] : [edge + 1, Math.min(edge + WINDOW, upTo)];
    const found = await narrowed
      .select('id')
      .where('id', '>=', least)
      .where('id', '<=', largest)
      .orderBy('id', down ? 'desc' : 'asc')
      .limit(most - ids.length)
      .execute();
    ids.push(...found.map((row) => row.id));
    edge = down ? least : largest;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return ids;
}

/** Where a search by `by` looks; without a choice, in all of them. */
const SEARCHED: Record<string, string[]> = { actor: ['actor_name'], item: ['item_name'] };

function narrowedBy(db: Db, actor: Actor, query: ListQuery) {
  let found = withinReach(db.selectFrom('audit'), actor);
  const { agency, sop, action, role, kind, from, to } = query.filters;
  if (agency) found = found.where('agency_id', '=', Number(agency));
  if (sop) found = found.where('sop', '=', sop);
  if (action) found = found.where('action', '=', action);
  if (role) found = found.where('actor_role', '=', role);
  if (kind) found = found.where('item_type', '=', kind);
  if (from) found = found.where('at', '>=', startOfDay(from).toISOString());
  if (to) found = found.where('at', '<', later(startOfDay(to), DAY).toISOString());
  if (query.q === '') return found;
  return found.where(anyContains(query.q, SEARCHED[query.by] ?? Object.values(SEARCHED).flat()));
}

/** The newest row's number, 0 when there is none. */
export async function newestAuditRow(db: Db) {
  const row = await db.selectFrom('audit').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row?.id ?? 0;
}

/** @throws NotFound also for another agency's */
export async function findAuditRow(db: Db, actor: Actor, id: number): Promise<AuditRow> {
  const row = await withinReach(db.selectFrom('audit').selectAll(), actor).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** How many of an act's other rows a page names. */
const MOST_BESIDE = 100;

/** What else the same act changed, within reach, in the order that it was written. */
export async function restOfAct(db: Db, actor: Actor, row: AuditRow): Promise<AuditRow[]> {
  return withinReach(db.selectFrom('audit').selectAll(), actor)
    .where('act', '=', row.act)
    .where('id', '!=', row.id)
    .orderBy('id')
    .limit(MOST_BESIDE)
    .execute();
}
