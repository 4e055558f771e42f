import type { App } from '../platform/app-types.ts';
import { ticketLists } from './list.ts';
import { ticketPages } from './one.ts';

export async function tickets(app: App) {
  ticketLists(app); // SOP 4.11 step 4
  ticketPages(app); // SOP 4.11 step 4
}
