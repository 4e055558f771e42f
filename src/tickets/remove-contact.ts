import { groupsWith } from '../contacts/queries.ts';
import { readForm } from '../forms/form.ts';
import { page } from '../web/pages.ts';
import { type ContactProcedure, NoteForm } from './contact-request-page.ts';

/** SOP 4.23 step 2: the helpdesk is asked to delete a contact; first is told which lists lose it. */
export const contactRemoval: ContactProcedure = {
  async show(request, reply, shown) {
    const groups = shown.contact === null ? [] : await groupsWith(request.server.db, shown.contact);
    const own = groups.filter((group) => group.agency_id === request.actor.agencyId);
    return page(request, reply, 'tickets/remove-contact', { ...shown, own, others: groups.length - own.length });
  },
  known: () => ({}),
  read: (body, contactId) => ({ asked: 'delete', contactId, ...readForm(NoteForm, body) }),
};
