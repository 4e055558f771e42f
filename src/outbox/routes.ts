import type { App } from '../web/app-types.ts';
import { list } from './list.ts';
import { mail } from './mail.ts';

export async function outbox(app: App) {
  list(app); // the mails of every procedure, and the failed ones to be sent again
  mail(app); // one of them
}
