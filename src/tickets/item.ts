import type { Ticket } from './queries.ts';

/** A ticket as mails and the audit trail name it. */
export function ticketItem(ticket: Pick<Ticket, 'id' | 'subject' | 'agency_id'>) {
  return { type: 'ticket' as const, id: ticket.id, name: ticket.subject, agencyId: ticket.agency_id };
}
