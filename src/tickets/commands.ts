import { detailsFrom } from '../contacts/contact-form.ts';
import { readForm } from '../forms/form.ts';
import type { App, WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { withAttachments } from '../web/uploads.ts';
import { checkBox } from './checklist.ts';
import { confirmTicket, reopenTicket } from './confirmation.ts';
import {
  AssignForm,
  CheckForm,
  CommentForm,
  ConfirmForm,
  OpenForm,
  RefuseForm,
  ReopenForm,
  ResolveForm,
  ResolveOtherForm,
} from './forms.ts';
import { findTicket } from './queries.ts';
import { type Resolution, refuseTicket, resolveTicket } from './resolution.ts';
import { assignTicket, commentTicket, openTicket } from './ticket.ts';
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

  commentCommand(app, command);
}

/** What the helpdesk does with a ticket (SOP 4.11 step 4, 4.21 to 4.23 step 3). */
export function helpdeskCommands(app: App, command: Command) {
  command('open', OpenForm, async ({ actor, params }, reply) => {
    await app.act({ actor }, (act) => openTicket(act, params.id));
    setFlash(reply, { key: 'ticket.opened' });
  });

  command('check', CheckForm, async ({ actor, params, body }, reply) => {
    const input = readForm(CheckForm, body);
    await app.act({ actor }, (act) => checkBox(act, params.id, input));
    setFlash(reply, { key: input.undo ? 'ticket.unchecked' : 'ticket.checked' });
  });

  command('assign', AssignForm, async ({ actor, params, body }, reply) => {
    const { assigned_to } = readForm(AssignForm, body);
    const mailed = await app.act({ actor }, (act) => assignTicket(act, params.id, assigned_to));
    setFlash(reply, { key: assigned_to === null ? 'ticket.givenBack' : 'ticket.assignedNow', mailed });
  });

  commentCommand(app, command);

  command('refuse', RefuseForm, async ({ actor, params, body }, reply) => {
    const { reason } = readForm(RefuseForm, body);
    const mailed = await app.act({ actor }, (act) => refuseTicket(act, params.id, reason));
    setFlash(reply, { key: 'ticket.refusedNow', mailed });
  });

  command('resolve', ResolveForm, async (request, reply) => {
    const input = await readResolution(app, request);
    const mailed = await app.act(request, (act) => resolveTicket(act, request.params.id, input));
    setFlash(reply, { key: 'ticket.resolved', mailed, next: 'ticket.nextConfirm' });
  });
}

/** What both sides write about it, with files. */
function commentCommand(app: App, command: Command) {
  command('comment', CommentForm, (request, reply) =>
    withAttachments(request, CommentForm, async (files) => {
      const { comment } = readForm(CommentForm, request.body);
      const mailed = await app.act(request, (act) => commentTicket(act, request.params.id, comment, files));
      setFlash(reply, { key: 'ticket.commentedNow', mailed });
    }),
  );
}

/** A contact is asked for where one is to be made or changed. */
async function readResolution(app: App, { actor, params, body }: WithId): Promise<Resolution> {
  const ticket = await findTicket(app.db, actor, params.id);
  if (ticket.kind !== 'contact-register' && ticket.kind !== 'contact-update')
    return { ...readForm(ResolveOtherForm, body), contact: null, version: null };
  const { version, resolution, ...details } = readForm(ResolveForm, body);
  return { resolution, contact: detailsFrom(details), version };
}
