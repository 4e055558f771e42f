import type { Actor } from '../platform/actor.ts';
import type { Db } from '../platform/database.ts';
import { NotFound } from '../platform/errors.ts';
import { anyContains, countUpTo, type Found, type ListQuery } from '../platform/listing.ts';
import { withinReach } from '../platform/reach.ts';
import type { Row } from '../platform/schema.ts';
import { DAY, later, startOfDay } from '../platform/time.ts';

export type AuditRow = Row<'audit'>;

/** Rows within reach, up to one: what is written while a list is read or exported shifts nothing in it. */
export async function listAudit(db: Db, actor: Actor, query: ListQuery, upTo: number): Promise<Found<AuditRow>> {
  let found = withinReach(db.selectFrom('audit'), actor).where('id', '<=', upTo);
  const { agency, sop, action, role, from, to } = query.filters;
  if (agency) found = found.where('agency_id', '=', Number(agency));
  if (sop) found = found.where('sop', '=', sop);
  if (action) found = found.where('action', '=', action);
  if (role) found = found.where('actor_role', '=', role);
  if (from) found = found.where('at', '>=', startOfDay(from).toISOString());
  if (to) found = found.where('at', '<', later(startOfDay(to), DAY).toISOString());
  if (query.q !== '') found = found.where(anyContains(query.q, ['actor_name', 'item_name']));
  const rows = await found
    .selectAll()
    .orderBy('id', query.descending ? 'desc' : 'asc')
    .limit(query.limit)
    .offset(query.offset)
    .execute();
  return { rows, total: await countUpTo(db, found.select('id')) };
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
