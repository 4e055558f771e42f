import { sql } from 'kysely';
import type { Actor, Role } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import { DAY, later, startOfDay } from '../base/time.ts';
import type { Db } from '../data/database.ts';
import { anyContains, type Found, type ListQuery } from '../data/paging.ts';
import { pageById } from '../data/paging-by-id.ts';
import { withinReach } from '../data/reach.ts';
import type { Row } from '../data/schema.ts';
import type { AuditAction } from '../texts.ts';
import type { ItemType } from '../trail/items.ts';

export type AuditRow = Row<'audit'>;

/** What a list of the trail shows: five million rows of a file need not carry their seals. */
const LISTED = [
  'id',
  'at',
  'act',
  'actor_name',
  'actor_role',
  'address',
  'agency_id',
  'action',
  'sop',
  'item_type',
  'item_name',
  'before',
  'after',
] as const satisfies (keyof AuditRow)[];
export type ListedRow = Pick<AuditRow, (typeof LISTED)[number]>;

/** A page of the trail within reach, up to one row: what is written while it is read or exported shifts nothing. */
export function listAudit(db: Db, actor: Actor, query: ListQuery, upTo: number): Promise<Found<ListedRow>> {
  return pageById(narrowedBy(db, actor, query).select(LISTED), query, async () => upTo);
}

/** Where a search by `by` looks; without a choice, in all of them. */
const SEARCHED: Record<string, string[]> = { actor: ['actor_name'], item: ['item_name'] };

function narrowedBy(db: Db, actor: Actor, query: ListQuery) {
  let found = withinReach(db.selectFrom('audit'), actor);
  const { agency, sop, action, role, kind, from, to } = query.filters;
  if (agency) found = found.where('agency_id', '=', Number(agency));
  if (sop) found = found.where('sop', '=', sop);
  if (action) found = found.where('action', '=', action as AuditAction);
  if (role) found = found.where('actor_role', '=', role as Role);
  // the plus: a step of a file goes by number, and does not sort all of a kind to have the next 200
  if (kind && query.whole) found = found.where(sql<boolean>`+item_type = ${kind}`);
  else if (kind) found = found.where('item_type', '=', kind as ItemType);
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
