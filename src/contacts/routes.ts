import type { App } from '../web/app-types.ts';
import { contactPages } from './contact-page.ts';
import { contactLists } from './list.ts';

export async function contacts(app: App) {
  contactLists(app); // SOP 4.21, 4.22, 4.23 step 1
  contactPages(app); // SOP 4.21, 4.22, 4.23 step 1
}
