import type { Actor } from '../base/actor.ts';
import type { Label } from '../texts.ts';
import { checklistFacts, checklistOf } from './checklist.ts';
import { sopOf } from './kinds.ts';
import type { Ticket } from './queries.ts';

const TITLES: Record<string, Label> = {
  termination: 'record.ticket-termination',
  'contact-register': 'record.ticket-contact-register',
  'contact-update': 'record.ticket-contact-update',
  'contact-delete': 'record.ticket-contact-delete',
};

/** SOP 6.0: what is filed of a ticket that has ended: the request as it was made, and what became of it. */
export function recordOf(ticket: Ticket, actor: Actor) {
  const title = TITLES[ticket.kind] ?? 'record.ticket';
  const content = {
    ticket_number: ticket.id,
    kind: ticket.kind,
    subject: ticket.subject,
    description: ticket.description,
    source: ticket.source,
    caller_name: ticket.caller_name,
    caller_contact: ticket.caller_contact,
    asked_by: ticket.requester,
    created_at: ticket.created_at,
    ...contentOf(ticket),
    status: ticket.status,
    handled_by: ticket.assignee,
    resolution: ticket.resolution,
    refusal_reason: ticket.refusal_reason,
    resolved_at: ticket.resolved_at,
    decided_by: actor.name,
  };
  return { agencyId: ticket.agency_id, sop: sopOf(ticket.kind) ?? '6.0', title, content };
}

/** The ticked boxes of a termination go by the names of what was ended; any other content is a form. */
function contentOf(ticket: Ticket): Record<string, unknown> {
  if (ticket.kind === 'termination') return checklistFacts(checklistOf(ticket));
  return JSON.parse(ticket.content) as Record<string, unknown>;
}
