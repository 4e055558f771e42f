import type { App } from '../web/app-types.ts';
import { account } from './account.ts';
import { calendar } from './calendar.ts';
import { deletedMailboxes } from './deleted.ts';
import { mailFlows } from './mail-flows.ts';

export async function mailboxLife(app: App) {
  await account(app); // SOP 4.9 to 4.12
  mailFlows(app); // SOP 4.9 steps 7 and 8, SOP 4.10 step 4
  deletedMailboxes(app); // SOP 4.12
  calendar(app); // SOP 4.9, 4.11
}
