import { type Actor, agencyOf } from '../base/actor.ts';
import { Conflict, RuleBroken } from '../base/errors.ts';
import { type ContactDetails, contactFacts } from '../contacts/contact.ts';
import { type Contact, contactAt, contactById, holderOf } from '../contacts/queries.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { enqueue } from '../trail/outbox.ts';
import { agencyNameOf } from '../trail/sender-queries.ts';
import { dueAt } from './due.ts';
import type { ContactKind } from './kinds.ts';
import { contactAsked } from './mails.ts';
import { helpdeskRecipients } from './recipients.ts';
import { requestWork } from './ticket.ts';

/** What may be asked for, as the page's address says it. */
export const ASKED = ['register', 'update', 'delete'] as const;
export type Asked = (typeof ASKED)[number];
export const kindOf = (asked: Asked): ContactKind => `contact-${asked}`;

/** Table 22 and a note; of a contact that is to be deleted nothing but the note. */
export type ContactRequest =
  | { asked: 'register'; details: ContactDetails; note: string }
  | { asked: 'update'; contactId: number; details: ContactDetails; note: string }
  | { asked: 'delete'; contactId: number; note: string };

/**
 * SOP 4.21 to 4.23 step 2: the administrator asks the helpdesk to register, change or delete a contact (N16). Nothing
 * changes before the helpdesk acts.
 * @returns the ticket's number and the addresses mailed
 * @throws NotFound, or Conflict when the contact was deleted; RuleBroken beside `email` when the address is somebody's, or
 *   when an equal request waits
 */
export async function askForContact(act: Act, request: ContactRequest): Promise<{ id: number; mailed: string[] }> {
  const contact = request.asked === 'register' ? null : await activeContact(act.trx, request.contactId);
  const details = request.asked === 'delete' ? contactFacts(contact as Contact) : request.details;
  await refuseNeedless(act.trx, request, contact);
  const kind = kindOf(request.asked);
  const { note } = request;
  const due_at = await dueAt(act.trx, agencyOf(act.actor), kind, act.now);
  const ticket = await requestWork(
    act,
    {
      kind,
      agency_id: agencyOf(act.actor),
      subject: `${details.full_name} (${details.email})`,
      item_type: contact === null ? null : 'contact',
      item_id: contact?.id ?? null,
      content: JSON.stringify({ ...details, note }),
      wish: wishOf(act.actor, request),
      due_at,
    },
    { kind, ...details, note, due_at },
  );
  const asked = {
    agency: await agencyNameOf(act.trx, ticket),
    by: act.actor.name,
    details: { ...details, note },
    before: request.asked === 'update' && contact !== null ? contactFacts(contact) : null,
  };
  const helpdesk = await helpdeskRecipients(act.trx, act.settings);
  return { id: ticket.id, mailed: await enqueue(act, contactAsked(ticket, asked, helpdesk)) };
}

/** What may wait only once: an address in all agencies, a change or an end of a contact in each. */
export function wishOf(actor: Actor, request: Pick<ContactRequest, 'asked'> & Partial<WishParts>) {
  if (request.asked === 'register') return `contact-register ${request.details?.email}`;
  return `contact-${request.asked} ${agencyOf(actor)} ${request.contactId}`;
}
type WishParts = { details: Pick<ContactDetails, 'email'>; contactId: number };

async function activeContact(trx: Trx, id: number) {
  const contact = await contactById(trx, id);
  if (contact.status === 'deleted') throw new Conflict('contact.isDeleted', { name: contact.full_name });
  return contact;
}

/** SOP step 1: what is there already needs no request. */
async function refuseNeedless(trx: Trx, request: ContactRequest, contact: Contact | null) {
  if (request.asked === 'delete') return;
  const { details } = request;
  if (contact !== null && JSON.stringify(contactFacts(contact)) === JSON.stringify(details) && request.note === '')
    throw new RuleBroken('contact.nothingAsked');
  if (details.email === contact?.email) return;
  const other = await contactAt(trx, details.email);
  if (other !== undefined) throw new RuleBroken('contact.exists', { name: other.full_name }, 'email');
  if ((await holderOf(trx, details.email)) !== undefined)
    throw new RuleBroken('contact.addressTaken', { address: details.email }, 'email');
}
