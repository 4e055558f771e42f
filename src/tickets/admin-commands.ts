import { readForm } from '../forms/form.ts';
import type { App } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { withAttachments } from '../web/uploads.ts';
import { confirmTicket, reopenTicket } from './confirmation.ts';
import { CommentForm, ConfirmForm, ReopenForm } from './forms.ts';
import { commentTicket } from './ticket.ts';
import type { Command } from './ticket-page.ts';

/** What the administrator does with a ticket (SOP 4.21 to 4.23 step 4). */
export function adminCommands(app: App, command: Command) {
  command('confirm', ConfirmForm, async ({ actor, params }, reply) => {
    await app.act({ actor }, (act) => confirmTicket(act, params.id));
    setFlash(reply, { key: 'ticket.closedNow' });
  });

  command('reopen', ReopenForm, async ({ actor, params, body }, reply) => {
    const { note } = readForm(ReopenForm, body);
    const mailed = await app.act({ actor }, (act) => reopenTicket(act, params.id, note));
    setFlash(reply, { key: 'ticket.reopenedNow', mailed });
  });

  command('comment', CommentForm, (request, reply) =>
    withAttachments(request, CommentForm, async (files) => {
      const { comment } = readForm(CommentForm, request.body);
      const mailed = await app.act(request, (act) => commentTicket(act, request.params.id, comment, files));
      setFlash(reply, { key: 'ticket.commentedNow', mailed });
    }),
  );
}
