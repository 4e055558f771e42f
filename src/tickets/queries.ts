import { type Actor, userOf } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import type { Db, Trx } from '../data/database.ts';
import { anyContains, countUpTo, type Found, type ListQuery, MOST_COUNTED, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import type { Row } from '../data/schema.ts';

export type Ticket = Row<'ticket'> & { agency: string; requester: string | null; assignee: string | null };

/** What is still to be done: nobody has ended it. */
export const UNFINISHED = ['requested', 'open'] as const;
export const isUnfinished = ({ status }: Pick<Row<'ticket'>, 'status'>) => status === 'requested' || status === 'open';

/** The tickets within an actor's reach, with who asked and who has each in hand. */
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

/** Filters: `status` (`waiting` is what is still to be done), `kind`, `agency`, `assignee` (`mine`, `nobody`, a number), `overdue`. */
export async function listTickets(db: Db, actor: Actor, query: ListQuery, now: Date): Promise<Found<Ticket>> {
  let found = tickets(db, actor);
  const { status, kind, agency, assignee, overdue } = query.filters;
  if (status === 'waiting') found = found.where('ticket.status', 'in', UNFINISHED);
  else if (status) found = found.where('ticket.status', '=', status as Ticket['status']);
  if (kind) found = found.where('ticket.kind', '=', kind);
  if (agency) found = found.where('ticket.agency_id', '=', Number(agency));
  if (assignee === 'nobody') found = found.where('ticket.assigned_to', 'is', null);
  else if (assignee)
    found = found.where('ticket.assigned_to', '=', assignee === 'mine' ? userOf(actor) : Number(assignee));
  if (overdue) found = found.where('ticket.due_at', '<=', now.toISOString()).where('ticket.status', 'in', UNFINISHED);
  if (query.q !== '')
    found = found.where(
      anyContains(
        query.q,
        ['ticket.subject', 'ticket.caller_name', 'requester.full_name', 'agency.name'],
        ['ticket.id'],
      ),
    );
  const listed = found
    .selectAll('ticket')
    .select(['agency.name as agency', 'requester.full_name as requester', 'assignee.full_name as assignee']);
  return onePage(db, listed, query, 'ticket.id', 'last');
}

/** How many tickets each state has, counted as far as a list does, when the oldest unfinished one came, how many are late. */
export async function queueFigures(db: Db, actor: Actor, states: Ticket['status'][], now: Date) {
  const byState = await Promise.all(
    states.map(async (state) => {
      const found = withinReach(db.selectFrom('ticket'), actor).select('id').where('status', '=', state);
      const count = await countUpTo(db, found);
      return { state, count, capped: count >= MOST_COUNTED };
    }),
  );
  const { oldest, late } = await withinReach(db.selectFrom('ticket'), actor)
    .select(({ fn, eb }) => [
      fn.min('created_at').as('oldest'),
      fn
        .countAll<number>()
        .filterWhere(eb('due_at', '<=', now.toISOString()))
        .as('late'),
    ])
    .where('status', 'in', UNFINISHED)
    .executeTakeFirstOrThrow();
  return { byState, oldest: oldest as string | null, late };
}

/** The unfinished ticket that asks for a thing already. */
export async function waitingFor(db: Db | Trx, wish: string) {
  return db
    .selectFrom('ticket')
    .select(['id', 'agency_id'])
    .where('wish', '=', wish)
    .where('status', 'in', UNFINISHED)
    .executeTakeFirst();
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

/** How many resolved tickets of an agency wait to be confirmed. */
export async function countToConfirm(db: Db, actor: Actor) {
  const { count } = await db
    .selectFrom('ticket')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('agency_id', '=', actor.agencyId ?? 0)
    .where('status', '=', 'resolved')
    .executeTakeFirstOrThrow();
  return count;
}

/** Everybody of the helpdesk who can sign in. */
export async function activeStaff(db: Db | Trx) {
  return db
    .selectFrom('user')
    .select(['id', 'full_name as name', 'email as address'])
    .where('agency_id', 'is', null)
    .where('role', '=', 'helpdesk')
    .where('status', '=', 'active')
    .orderBy('full_name')
    .execute();
}

/** The mailbox of an agency that has an address, deleted ones left out. */
export async function mailboxAt(db: Db | Trx, { agency_id }: Pick<Row<'ticket'>, 'agency_id'>, address: string) {
  return db
    .selectFrom('address')
    .innerJoin('mailbox', 'mailbox.id', 'address.item_id')
    .select(['mailbox.id', 'mailbox.display_name', 'mailbox.primary_email'])
    .where('address.address', '=', address)
    .where('address.kind', 'in', ['mailbox', 'alias'])
    .where('mailbox.agency_id', '=', agency_id)
    .where('mailbox.status', '!=', 'deleted')
    .executeTakeFirst();
}
