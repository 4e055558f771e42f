import { listsWith } from '../contacts/queries.ts';
import { readForm } from '../forms/form.ts';
import { type ContactProcedure, NoteForm } from './contact-request-page.ts';

/** SOP 4.23 step 2: the helpdesk is asked to delete a contact; first is told which lists lose it. */
export const contactRemoval: ContactProcedure = {
  view: 'tickets/remove-contact',
  known: () => ({}),
  read: (body, contactId) => ({ asked: 'delete', contactId, ...readForm(NoteForm, body) }),
  async told(db, actor, contact) {
    const all = await listsWith(db, contact.id);
    const own = all.filter((list) => list.agency_id === actor.agencyId);
    return { own, others: all.length - own.length };
  },
};
