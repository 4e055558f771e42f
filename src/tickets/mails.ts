import { both } from '../base/language.ts';
import type { Letter } from '../base/letter.ts';
import type { Bilingual, Label } from '../texts.ts';
import { ticketItem } from '../trail/items.ts';
import type { Mail, Recipient } from '../trail/outbox.ts';
import { isGeneralKind } from './kinds.ts';
import type { Ticket } from './queries.ts';

type About = Pick<Ticket, 'id' | 'subject' | 'agency_id' | 'kind'>;
type Facts = NonNullable<Letter['facts']>;
type Words = { text: Bilingual; facts?: Facts; closing?: Label };
type Subject =
  | 'mail.n16.subject'
  | 'mail.n17.subject'
  | `mail.ticket.${'requested' | 'entered' | 'refused' | 'commented' | 'reopened' | 'assigned'}.subject`;
type Side = 'admin' | 'helpdesk';

const fact = (label: Label, value: string | Bilingual | null): Facts =>
  value === null || value === '' ? [] : [{ label: both(label), value }];

/** One letter about a ticket to each of some people, who find it on their own side. */
function letters(mail: string, ticket: About, to: Recipient[], side: Side, subject: Subject, words: Words): Mail[] {
  return to.map((recipient) => ({
    mail,
    to: recipient,
    item: ticketItem(ticket),
    letter: {
      subject: both(subject, { number: ticket.id, name: ticket.subject }),
      greeting: recipient.name || 'Meja Bantuan 1GovUC',
      paragraphs: [words.text],
      facts: [
        ...fact('ticket.number', String(ticket.id)),
        ...fact('field.kind', both(`ticket.kind.${ticket.kind as 'other'}`)),
        ...fact('ticket.subject', ticket.subject),
        ...(words.facts ?? []),
      ],
      link: { label: both('mail.ticket.link'), path: `/${side}/tickets/${ticket.id}` },
      ...(words.closing ? { closing: [both(words.closing)] } : {}),
    },
  }));
}

/** N16: the helpdesk is asked to register, change or delete a contact (SOP 4.21 to 4.23 step 2); of a change, from what to what. */
export function contactAsked(
  ticket: About,
  asked: { agency: string; by: string; details: Record<string, string>; before: Record<string, string> | null },
  to: Recipient[],
): Mail[] {
  const { details, before } = asked;
  const detail = (name: string, label: Label): Facts => {
    const [is, was] = [details[name] ?? '', before?.[name] ?? ''];
    if (before === null || is === was) return fact(label, is);
    return fact(label, both('mail.n16.changed', { was: was || both('none'), is: is || both('none') }));
  };
  return letters('N16', ticket, to, 'helpdesk', 'mail.n16.subject', {
    text: both(`mail.n16.text.${ticket.kind as 'contact-register'}`, { agency: asked.agency }),
    facts: [
      ...fact('ticket.requester', asked.by),
      ...detail('full_name', 'field.contact_name'),
      ...detail('email', 'field.email'),
      ...detail('position', 'field.position'),
      ...detail('company', 'field.company'),
      ...detail('phone', 'field.phone'),
      ...detail('address', 'field.address'),
      ...fact('field.note', details.note ?? ''),
    ],
    closing: 'mail.n16.next',
  });
}

/** An administrator asks the helpdesk for something else. */
export function ticketRequested(ticket: Ticket, by: string, to: Recipient[]): Mail[] {
  return letters('ticket-requested', ticket, to, 'helpdesk', 'mail.ticket.requested.subject', {
    text: both('mail.ticket.requested.text', { agency: ticket.agency }),
    facts: [...fact('ticket.requester', by), ...fact('field.description', ticket.description)],
  });
}

/** The helpdesk was called about something of an agency: its administrators hear of it. */
export function ticketEntered(ticket: Ticket, to: Recipient[]): Mail[] {
  return letters('ticket-entered', ticket, to, 'admin', 'mail.ticket.entered.subject', {
    text: both('mail.ticket.entered.text'),
    facts: [
      ...fact('field.source', both(`ticket.source.${ticket.source}`)),
      ...fact('field.caller_name', ticket.caller_name),
      ...fact('field.caller_contact', ticket.caller_contact),
      ...fact('field.description', ticket.description),
    ],
  });
}

/** N17: the agency's administrators hear that the helpdesk has done what was asked for, and what is left to them. */
export function ticketResolved(ticket: Ticket, by: string, resolution: string, administrators: Recipient[]): Mail[] {
  const kind = isGeneralKind(ticket.kind) ? 'general' : (ticket.kind as 'termination');
  return letters('N17', ticket, administrators, 'admin', 'mail.n17.subject', {
    text: both(`mail.n17.text.${kind}`),
    facts: [...fact('ticket.by', by), ...fact('field.resolution', resolution)],
    closing: 'mail.n17.next',
  });
}

/** The agency's administrators hear that the helpdesk does not do it, and why. */
export function ticketRefused(ticket: Ticket, by: string, reason: string, administrators: Recipient[]): Mail[] {
  return letters('ticket-refused', ticket, administrators, 'admin', 'mail.ticket.refused.subject', {
    text: both('mail.ticket.refused.text'),
    facts: [...fact('ticket.refusedBy', by), ...fact('field.reason', reason)],
    closing: ticket.kind === 'termination' ? 'mail.ticket.refused.termination' : 'mail.ticket.refused.next',
  });
}

/** The other side hears a word about a ticket. */
export function ticketCommented(
  ticket: Ticket,
  by: string,
  comment: string,
  byHelpdesk: boolean,
  to: Recipient[],
): Mail[] {
  return letters('ticket-commented', ticket, to, byHelpdesk ? 'admin' : 'helpdesk', 'mail.ticket.commented.subject', {
    text: both('mail.ticket.commented.text', { name: by }),
    facts: fact('field.comment', comment),
  });
}

/** The helpdesk hears that the work was not what was asked for. */
export function ticketReopened(ticket: Ticket, by: string, why: string, to: Recipient[]): Mail[] {
  return letters('ticket-reopened', ticket, to, 'helpdesk', 'mail.ticket.reopened.subject', {
    text: both('mail.ticket.reopened.text', { agency: ticket.agency }),
    facts: [...fact('ticket.reopenedBy', by), ...fact('field.note', why)],
  });
}

/** Somebody of the helpdesk hears that a ticket was put into those hands. */
export function ticketAssigned(ticket: Ticket, by: string, to: Recipient): Mail {
  const [mail] = letters('ticket-assigned', ticket, [to], 'helpdesk', 'mail.ticket.assigned.subject', {
    text: both('mail.ticket.assigned.text', { name: by }),
    facts: fact('field.agency', ticket.agency),
  });
  if (mail === undefined) throw new Error('a letter to nobody');
  return mail;
}
