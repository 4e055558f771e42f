import type { App } from '../web/app-types.ts';
import { contactRequests } from './ask-for-contact.ts';
import { holidays } from './holidays.ts';
import { ticketHours } from './hours-page.ts';
import { ticketLists } from './list.ts';
import { newTickets } from './new.ts';
import { ticketPages } from './one.ts';
import { weekends } from './weekends.ts';

export async function tickets(app: App) {
  ticketLists(app); // SOP 4.11 step 4, 4.21, 4.22, 4.23 steps 3 and 4
  newTickets(app);
  contactRequests(app); // SOP 4.21, 4.22, 4.23 step 2
  ticketPages(app); // SOP 4.11 step 4, 4.21, 4.22, 4.23 steps 3 and 4
  holidays(app);
  weekends(app);
  ticketHours(app);
}
