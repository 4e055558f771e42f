import type { App } from '../platform/app-types.ts';
import { calendar } from './calendar.ts';
import { account } from './commands.ts';
import { deletedMailboxes } from './deleted.ts';

export async function mailboxLife(app: App) {
  account(app); // SOP 4.9 to 4.12
  deletedMailboxes(app); // SOP 4.12
  calendar(app); // SOP 4.9, 4.11
}
