import type { Actor } from '../platform/actor.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { Conflict } from '../platform/errors.ts';
import { enqueue } from '../platform/outbox.ts';
import { fileRecord } from '../platform/records.ts';
import { dueAt } from './due.ts';
import { ticketItem } from './item.ts';
import type { TicketKind } from './kinds.ts';
import { ticketReopened } from './mails.ts';
import { findTicket, type Ticket } from './queries.ts';
import { type Environment, handlersOf } from './recipients.ts';
import { move, note } from './ticket.ts';
import { recordOf } from './ticket-record.ts';

/** SOP 4.21 to 4.23 step 4: the administrator has checked the work; the ticket is closed and filed. @throws NotFound, Conflict */
export async function confirmTicket(db: Db, actor: Actor, id: number, now: Date) {
  return change(db, actor, now, async (trx) => {
    const ticket = await resolvedTicket(trx, actor, id);
    const ended = { status: 'closed' as const, ended_at: now.toISOString() };
    await move(trx, ticket, ended);
    await note(
      trx,
      actor,
      ticket,
      'ticket.closed',
      { before: { status: 'resolved' }, after: { status: 'closed' } },
      now,
    );
    await fileRecord(trx, actor, { ...recordOf({ ...ticket, ...ended }, actor), item: ticketItem(ticket) }, now);
  });
}

/**
 * The work is not done as it was asked for: back to step 3, with a note. It is due anew; the ending of an account keeps its day.
 * @returns the addresses mailed
 * @throws NotFound, Conflict; also when an equal request waits by now
 */
export async function reopenTicket(db: Db, actor: Actor, id: number, why: string, environment: Environment, now: Date) {
  return change(db, actor, now, async (trx) => {
    const ticket = await resolvedTicket(trx, actor, id);
    const kind = ticket.kind as TicketKind;
    const due_at = kind === 'termination' ? ticket.due_at : await dueAt(trx, ticket.agency_id, kind, now);
    await move(trx, ticket, { status: 'open', resolved_at: null, due_at });
    await note(trx, actor, ticket, 'ticket.reopened', { after: { status: 'open', note: why } }, now);
    const handlers = await handlersOf(trx, ticket, environment);
    return enqueue(trx, actor, ticketReopened(ticket, actor.name, why, handlers), now);
  });
}

async function resolvedTicket(trx: Trx, actor: Actor, id: number): Promise<Ticket> {
  const ticket = await findTicket(trx, actor, id);
  if (ticket.status === 'requested' || ticket.status === 'open') throw new Conflict('ticket.notResolved');
  if (ticket.status !== 'resolved') throw new Conflict(`ticket.is.${ticket.status}`);
  return ticket;
}
