import type { App } from '../platform/app-types.ts';
import { setFlash } from '../platform/flash.ts';
import { readForm } from '../platform/form.ts';
import { confirmTicket, reopenTicket } from './confirmation.ts';
import { CommentForm, ConfirmForm, ReopenForm } from './forms.ts';
import type { Command } from './one.ts';
import { commentTicket } from './ticket.ts';

/** What the administrator does with a ticket (SOP 4.21 to 4.23 step 4). */
export function adminCommands(app: App, command: Command) {
  command('confirm', ConfirmForm, async ({ actor, params }, reply) => {
    await confirmTicket(app.db, actor, params.id, app.clock());
    setFlash(reply, { key: 'ticket.closedNow' });
  });

  command('reopen', ReopenForm, async ({ actor, params, body }, reply) => {
    const { note } = readForm(ReopenForm, body);
    const mailed = await reopenTicket(app.db, actor, params.id, note, app.settings, app.clock());
    setFlash(reply, { key: 'ticket.reopenedNow', mailed });
  });

  command('comment', CommentForm, async ({ actor, params, body }, reply) => {
    const { comment } = readForm(CommentForm, body);
    const mailed = await commentTicket(app.db, actor, params.id, comment, app.settings, app.clock());
    setFlash(reply, { key: 'ticket.commentedNow', mailed });
  });
}
