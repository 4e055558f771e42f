import type { Contact } from '../contacts/queries.ts';
import { type FormState, openForm } from '../forms/form.ts';
import { ResolveForm } from './forms.ts';
import type { Ticket } from './queries.ts';

/** Resolving, filled in from the request; a registration that was reopened begins with what its contact is now. */
export function resolveForm(ticket: Ticket, contact: Contact | null): FormState {
  const { full_name, email, position, company, phone, address } =
    ticket.kind === 'contact-register' && contact?.status === 'active'
      ? contact
      : (JSON.parse(ticket.content) as Record<string, string>);
  const details = { full_name, email, position, company, phone, address };
  const isContact = ticket.kind === 'contact-register' || ticket.kind === 'contact-update';
  return openForm(ResolveForm, {
    ...(isContact ? details : {}),
    version: contact?.version,
    resolution: ticket.resolution,
  });
}
