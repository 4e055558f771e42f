import { administratorsOf } from '../agencies/administrators.ts';
import { userOf } from '../base/actor.ts';
import { RuleBroken } from '../base/errors.ts';
import { dayOf } from '../base/time.ts';
import { addContact, type ContactDetails, changeContact, removeContact } from '../contacts/contact.ts';
import { contactById } from '../contacts/queries.ts';
import type { Act } from '../data/act.ts';
import { ticketItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { fileRecord } from '../trail/records.ts';
import { CHECKLIST, checklistOf } from './checklist.ts';
import { CONTACT_SOP, type ContactKind, isContactKind, isGeneralKind } from './kinds.ts';
import { ticketRefused, ticketResolved } from './mails.ts';
import { findTicket, type Ticket } from './queries.ts';
import { move, note, refuseEnded, take } from './ticket.ts';
import { recordOf } from './ticket-record.ts';

/** What the helpdesk did: in words, and for a contact what it is to be, with the version of it that was shown. */
export type Resolution = { resolution: string; contact: ContactDetails | null; version: number | null };

/**
 * The work is done; acting on a contact and resolving is one step (SOP 4.21 to 4.23 step 3). The agency's administrators
 * hear of it (N17). Whoever resolves what nobody has opened opens it.
 * @returns the addresses mailed
 * @throws NotFound; Conflict when the ticket has ended or the contact was changed; RuleBroken while something is missing
 */
export async function resolveTicket(act: Act, id: number, input: Resolution) {
  const found = await findTicket(act.trx, act.actor, id);
  refuseEnded(found);
  refuseUndone(found, input);
  const ticket = found.status === 'requested' ? await take(act, found) : found;
  const { resolution } = input;
  await move(act.trx, ticket, {
    status: 'resolved',
    assigned_to: ticket.assigned_to ?? userOf(act.actor),
    resolution,
    resolved_at: act.now.toISOString(),
  });
  const facts = { after: { status: 'resolved', ...(resolution === '' ? {} : { resolution }) } };
  await note(act, ticket, 'ticket.resolved', facts);
  if (isContactKind(ticket.kind)) await actOnContact(act, ticket, ticket.kind, input);
  const administrators = await administratorsOf(act.trx, ticket.agency_id);
  return enqueue(act, ticketResolved(ticket, act.actor.name, resolution, administrators));
}

function refuseUndone(ticket: Ticket, { resolution }: Resolution) {
  if (ticket.kind === 'termination') {
    const ticked = checklistOf(ticket);
    if (!CHECKLIST.every((box) => ticked[box])) throw new RuleBroken('ticket.boxesLeft');
  }
  if (isGeneralKind(ticket.kind) && resolution === '') throw new RuleBroken('form.required', {}, 'resolution');
}

/** A registration that was reopened changes the contact that it made. A contact that is deleted already needs no more. */
async function actOnContact(act: Act, ticket: Ticket, kind: ContactKind, { contact: details, version }: Resolution) {
  const sop = CONTACT_SOP[kind];
  const contact = ticket.item_id === null ? null : await contactById(act.trx, ticket.item_id);
  if (kind === 'contact-delete') {
    if (contact?.status === 'active') await removeContact(act, contact.id, sop);
    return;
  }
  if (details === null) throw new Error('there is nothing to make a contact of');
  if (contact !== null && (kind === 'contact-update' || contact.status === 'active'))
    return changeContact(act, contact.id, version, details, sop);
  const { id } = await addContact(act, details, sop);
  await act.trx.updateTable('ticket').set({ item_type: 'contact', item_id: id }).where('id', '=', ticket.id).execute();
}

/**
 * The helpdesk cannot or must not do it; the agency's administrators hear why. A refused ending of an account leaves the
 * order as it is: the administrators withdraw it or ask again.
 * @returns the addresses mailed
 * @throws NotFound; Conflict when the ticket has ended; RuleBroken when the account that it is about has ended
 */
export async function refuseTicket(act: Act, id: number, reason: string) {
  const ticket = await findTicket(act.trx, act.actor, id);
  refuseEnded(ticket);
  if (ticket.due_on !== null && ticket.due_on <= dayOf(act.now)) throw new RuleBroken('ticket.tooLateToRefuse');
  const ended = { status: 'refused' as const, refusal_reason: reason, ended_at: act.now.toISOString() };
  await move(act.trx, ticket, ended);
  const facts = { after: { status: 'refused', refusal_reason: reason } };
  await note(act, ticket, 'ticket.refused', facts);
  await fileRecord(act, { ...recordOf({ ...ticket, ...ended }, act.actor), item: ticketItem(ticket) });
  const administrators = await administratorsOf(act.trx, ticket.agency_id);
  return enqueue(act, ticketRefused(ticket, act.actor.name, reason, administrators));
}
