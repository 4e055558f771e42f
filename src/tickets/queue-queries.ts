import { type Actor, userOf } from '../base/actor.ts';
import type { Db } from '../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import { type Ticket, tickets, UNFINISHED } from './queries.ts';

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

/** How many tickets there are in each state, which has waited longest, and how many are late, within an actor's reach. */
export async function queueFigures(db: Db, actor: Actor, now: Date) {
  const states = await withinReach(db.selectFrom('ticket'), actor)
    .select((eb) => ['status', eb.fn.countAll<number>().as('count')])
    .groupBy('status')
    .execute();
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
  return { byState: new Map(states.map((row) => [row.status, row.count])), oldest: oldest as string | null, late };
}
