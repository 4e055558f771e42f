import { both } from '../platform/language.ts';
import type { Mail, Recipient } from '../platform/outbox.ts';
import { ticketItem } from './item.ts';
import type { Ticket } from './queries.ts';

/** N17: the agency's administrators hear that the helpdesk has done what they asked for. */
export function ticketResolved(ticket: Ticket, by: string, administrators: Recipient[]): Mail[] {
  return administrators.map((to) => ({
    mail: 'N17',
    to,
    item: ticketItem(ticket),
    letter: {
      subject: both('mail.n17.subject', { number: ticket.id, name: ticket.subject }),
      greeting: to.name,
      paragraphs: [both('mail.n17.text')],
      facts: [
        { label: both('ticket.number'), value: String(ticket.id) },
        { label: both('ticket.subject'), value: ticket.subject },
        { label: both('ticket.by'), value: by },
      ],
      link: { label: both('mail.n17.link'), path: `/admin/tickets/${ticket.id}` },
    },
  }));
}
