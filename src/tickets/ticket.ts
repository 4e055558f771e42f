import { administratorsOf } from '../agencies/administrators.ts';
import { userOf } from '../base/actor.ts';
import { Conflict, RuleBroken } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import { isTaken, type Trx } from '../data/database.ts';
import type { NewRow, Row } from '../data/schema.ts';
import type { AuditAction } from '../texts.ts';
import { type AttachedFile, attachFiles } from '../trail/attachments.ts';
import { audit } from '../trail/audit.ts';
import { ticketItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { sopOf, type TicketKind } from './kinds.ts';
import { ticketAssigned, ticketCommented } from './mails.ts';
import { activeStaff, findTicket, isUnfinished, type Ticket } from './queries.ts';
import { handlersOf } from './recipients.ts';

type Facts = Record<string, unknown>;

/** Writes what happened to a ticket into the audit trail, which is also its timeline. */
export async function note(act: Act, ticket: Ticket, action: AuditAction, facts: { before?: Facts; after?: Facts }) {
  const sop = sopOf(ticket.kind);
  await audit(act, { action, ...(sop ? { sop } : {}), item: ticketItem(ticket), ...facts });
}

export type TicketEntry = Omit<NewRow<'ticket'>, 'kind' | 'requested_by' | 'created_at'> & { kind: TicketKind };

/**
 * Work for the helpdesk, as a part of the change that asks for it. What is wished for waits only once: the index decides.
 * @param facts what the audit trail keeps beside the state
 * @returns the ticket
 * @throws RuleBroken when an equal wish is waiting
 */
export async function requestWork(act: Act, entry: TicketEntry, facts: Record<string, unknown>) {
  const ticket = await act.trx
    .insertInto('ticket')
    .values({ ...entry, requested_by: userOf(act.actor), created_at: act.now.toISOString() })
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      if (isTaken(error, 'ticket.wish')) throw new RuleBroken('ticket.sameWaits');
      throw error;
    });
  const after = { status: ticket.status, ...facts };
  const sop = sopOf(ticket.kind);
  await audit(act, { action: 'ticket.requested', ...(sop ? { sop } : {}), item: ticketItem(ticket), after });
  return ticket;
}

/** The version that was read decides who is first. @throws Conflict; also when an equal wish waits by now */
export async function move(
  trx: Trx,
  before: Pick<Ticket, 'id' | 'version' | 'status'>,
  changes: Partial<Omit<Row<'ticket'>, 'id' | 'agency_id' | 'version'>>,
) {
  const { numUpdatedRows } = await trx
    .updateTable('ticket')
    .set({ ...changes, version: before.version + 1 })
    .where('id', '=', before.id)
    .where('version', '=', before.version)
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      if (isTaken(error, 'ticket.wish')) throw new Conflict('ticket.sameWaits');
      throw error;
    });
  if (numUpdatedRows === 0n) throw new Conflict(`ticket.is.${before.status}`);
}

/** @throws Conflict that says how it ended */
export function refuseEnded(ticket: Ticket) {
  if (!isUnfinished(ticket)) throw new Conflict(`ticket.is.${ticket.status}`);
}

/** The helpdesk takes a ticket into its hands (SOP 4.21 to 4.23 step 3). @throws NotFound, Conflict */
export async function openTicket(act: Act, id: number) {
  const ticket = await findTicket(act.trx, act.actor, id);
  if (ticket.status !== 'requested') throw new Conflict(`ticket.is.${ticket.status}`);
  await take(act, ticket);
}

/** Opens a ticket as a part of a change. Returns it as it is then. */
export async function take(act: Act, before: Ticket): Promise<Ticket> {
  await move(act.trx, before, { status: 'open', assigned_to: userOf(act.actor) });
  await note(act, before, 'ticket.opened', { before: { status: before.status }, after: { status: 'open' } });
  return findTicket(act.trx, act.actor, before.id);
}

/**
 * Gives a ticket to somebody of the helpdesk, or, with null, back to all of it. Whoever gets it from another hears of it.
 * @returns the addresses mailed
 * @throws NotFound; Conflict when it has ended; RuleBroken beside `assigned_to`
 */
export async function assignTicket(act: Act, id: number, assignee: number | null) {
  const ticket = await findTicket(act.trx, act.actor, id);
  refuseEnded(ticket);
  const staff = (await activeStaff(act.trx)).find((each) => each.id === assignee);
  if (assignee !== null && staff === undefined) throw new RuleBroken('ticket.notStaff', {}, 'assigned_to');
  if (assignee === ticket.assigned_to) throw new Conflict('ticket.sameHands');
  await move(act.trx, ticket, { assigned_to: assignee });
  const facts = { before: { assigned_to: ticket.assignee }, after: { assigned_to: staff?.name ?? null } };
  await note(act, ticket, 'ticket.assigned', facts);
  if (staff === undefined || staff.id === act.actor.userId) return [];
  return enqueue(act, [ticketAssigned(ticket, act.actor.name, staff)]);
}

/**
 * A word on the timeline, and letters that belong to it; the other side hears it.
 * @returns the addresses mailed
 * @throws NotFound; Conflict when the ticket is closed, refused or withdrawn; RuleBroken when it would hold too many files
 */
export async function commentTicket(act: Act, id: number, comment: string, files: readonly AttachedFile[] = []) {
  const ticket = await findTicket(act.trx, act.actor, id);
  if (ticket.status !== 'resolved') refuseEnded(ticket);
  await note(act, ticket, 'ticket.commented', { after: { comment } });
  await attachFiles(act, { kind: 'ticket', id: ticket.id }, ticketItem(ticket), files, sopOf(ticket.kind));
  const isHelpdesk = act.actor.role === 'helpdesk';
  const others = isHelpdesk
    ? await administratorsOf(act.trx, ticket.agency_id)
    : await handlersOf(act.trx, ticket, act.settings);
  return enqueue(act, ticketCommented(ticket, act.actor.name, comment, isHelpdesk, others));
}
