import { detailsFrom } from '../contacts/contact-form.ts';
import { readForm } from '../forms/form.ts';
import { page } from '../web/pages.ts';
import { type ContactProcedure, DetailsForm } from './contact-request-page.ts';

/** SOP 4.22 step 2: the helpdesk is asked to change what is known of a contact. */
export const contactChange: ContactProcedure = {
  show: (request, reply, shown) => page(request, reply, 'tickets/change-contact', { ...shown }),
  known: (contact) => (contact === null ? {} : detailsFrom(contact)),
  read(body, contactId) {
    const { note, ...details } = readForm(DetailsForm, body);
    return { asked: 'update', contactId, details: detailsFrom(details), note };
  },
};
