import type { Actor } from '../platform/actor.ts';
import type { Db, Trx } from '../platform/database.ts';
import { NotFound } from '../platform/errors.ts';
import { anyContains, countUpTo, type Found, type ListQuery } from '../platform/listing.ts';
import type { Recipient } from '../platform/outbox.ts';
import { withinReach } from '../platform/reach.ts';
import type { Row } from '../platform/schema.ts';

export type Ticket = Row<'ticket'> & { agency: string; requester: string | null; assignee: string | null };

/** What is still to be done: nobody has ended it. */
export const UNFINISHED = ['requested', 'open'] as const;

function tickets(db: Db | Trx, actor: Actor) {
  return withinReach(db.selectFrom('ticket'), actor, 'ticket.agency_id')
    .innerJoin('agency', 'agency.id', 'ticket.agency_id')
    .leftJoin('user as requester', 'requester.id', 'ticket.requested_by')
    .leftJoin('user as assignee', 'assignee.id', 'ticket.assigned_to');
}

/** @throws NotFound also for another agency's */
export async function findTicket(db: Db | Trx, actor: Actor, id: number): Promise<Ticket> {
  const row = await tickets(db, actor)
    .selectAll('ticket')
    .select(['agency.name as agency', 'requester.full_name as requester', 'assignee.full_name as assignee'])
    .where('ticket.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** `waiting` is what is still to be done. */
export async function listTickets(db: Db, actor: Actor, query: ListQuery): Promise<Found<Ticket>> {
  let found = tickets(db, actor);
  const { status, kind, agency } = query.filters;
  if (status === 'waiting') found = found.where('ticket.status', 'in', UNFINISHED);
  else if (status) found = found.where('ticket.status', '=', status as Ticket['status']);
  if (kind) found = found.where('ticket.kind', '=', kind);
  if (agency) found = found.where('ticket.agency_id', '=', Number(agency));
  if (query.q !== '') found = found.where(anyContains(query.q, ['ticket.subject', 'agency.name'], ['ticket.id']));
  const rows = await found
    .selectAll('ticket')
    .select(['agency.name as agency', 'requester.full_name as requester', 'assignee.full_name as assignee'])
    .orderBy(query.sort as 'ticket.id', (order) => (query.descending ? order.desc() : order.asc()).nullsLast())
    .orderBy('ticket.id')
    .limit(query.limit)
    .offset(query.offset)
    .execute();
  return { rows, total: await countUpTo(db, found.select('ticket.id')) };
}

/** How many tickets wait for the helpdesk. */
export async function countWaiting(db: Db) {
  const { count } = await db
    .selectFrom('ticket')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('status', 'in', UNFINISHED)
    .executeTakeFirstOrThrow();
  return count;
}

/** Everybody of the helpdesk who can sign in. */
export async function activeStaff(db: Db | Trx): Promise<Recipient[]> {
  return db
    .selectFrom('user')
    .select(['full_name as name', 'email as address'])
    .where('agency_id', 'is', null)
    .where('role', '=', 'helpdesk')
    .where('status', '=', 'active')
    .orderBy('full_name')
    .execute();
}
