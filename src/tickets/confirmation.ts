import type { Actor } from '../base/actor.ts';
import { Conflict } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { ticketItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { fileRecord } from '../trail/records.ts';
import { dueAt } from './due.ts';
import type { TicketKind } from './kinds.ts';
import { ticketReopened } from './mails.ts';
import { findTicket, type Ticket } from './queries.ts';
import { handlersOf } from './recipients.ts';
import { move, note } from './ticket.ts';
import { recordOf } from './ticket-record.ts';

/** SOP 4.21 to 4.23 step 4: the administrator has checked the work; the ticket is closed and filed. @throws NotFound, Conflict */
export async function confirmTicket(act: Act, id: number) {
  const ticket = await resolvedTicket(act.trx, act.actor, id);
  const ended = { status: 'closed' as const, ended_at: act.now.toISOString() };
  await move(act.trx, ticket, ended);
  await note(act, ticket, 'ticket.closed', { before: { status: 'resolved' }, after: { status: 'closed' } });
  await fileRecord(act, { ...recordOf({ ...ticket, ...ended }, act.actor), item: ticketItem(ticket) });
}

/**
 * The work is not done as it was asked for: back to step 3, with a note. It is due anew; the ending of an account keeps its day.
 * @returns the addresses mailed
 * @throws NotFound, Conflict; also when an equal request waits by now
 */
export async function reopenTicket(act: Act, id: number, why: string) {
  const ticket = await resolvedTicket(act.trx, act.actor, id);
  const kind = ticket.kind as TicketKind;
  const due_at = kind === 'termination' ? ticket.due_at : await dueAt(act.trx, ticket.agency_id, kind, act.now);
  await move(act.trx, ticket, { status: 'open', resolved_at: null, due_at });
  await note(act, ticket, 'ticket.reopened', { after: { status: 'open', note: why } });
  const handlers = await handlersOf(act.trx, ticket, act.settings);
  return enqueue(act, ticketReopened(ticket, act.actor.name, why, handlers));
}

async function resolvedTicket(trx: Trx, actor: Actor, id: number): Promise<Ticket> {
  const ticket = await findTicket(trx, actor, id);
  if (ticket.status === 'requested' || ticket.status === 'open') throw new Conflict('ticket.notResolved');
  if (ticket.status !== 'resolved') throw new Conflict(`ticket.is.${ticket.status}`);
  return ticket;
}
