import type { App } from '../web/app-types.ts';
import { contactChange } from './change-contact.ts';
import { contactRequests } from './contact-request-page.ts';
import { newTickets } from './new-ticket.ts';
import { ticketQueue } from './queue.ts';
import { contactRegistration } from './register-contact.ts';
import { contactRemoval } from './remove-contact.ts';
import { ticketPages } from './ticket-page.ts';
import { holidays } from './working-days/holidays.ts';
import { ticketHours } from './working-days/hours-page.ts';
import { weekends } from './working-days/weekends.ts';

export async function tickets(app: App) {
  ticketQueue(app); // SOP 4.11 step 4, 4.21, 4.22, 4.23 steps 3 and 4
  await newTickets(app);
  contactRequests(app, {
    register: contactRegistration, // SOP 4.21 step 2
    update: contactChange, // SOP 4.22 step 2
    delete: contactRemoval, // SOP 4.23 step 2
  });
  await ticketPages(app); // SOP 4.11 step 4, 4.21, 4.22, 4.23 steps 3 and 4
  holidays(app);
  weekends(app);
  ticketHours(app);
}
