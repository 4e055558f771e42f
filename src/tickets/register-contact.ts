import { detailsFrom } from '../contacts/contact-form.ts';
import { readForm } from '../forms/form.ts';
import { page } from '../web/pages.ts';
import { type ContactProcedure, DetailsForm } from './contact-request-page.ts';

/** SOP 4.21 step 2: the helpdesk is asked to register whom a search for an address or a name has not found. */
export const contactRegistration: ContactProcedure = {
  show: (request, reply, shown) => page(request, reply, 'tickets/register-contact', { ...shown }),
  known: (_contact, q) => (q.includes('@') ? { email: q } : { full_name: q }),
  read(body) {
    const { note, ...details } = readForm(DetailsForm, body);
    return { asked: 'register', details: detailsFrom(details), note };
  },
};
