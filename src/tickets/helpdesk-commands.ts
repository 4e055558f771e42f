import { detailsFrom } from '../contacts/contact-form.ts';
import type { App, WithId } from '../platform/app-types.ts';
import { setFlash } from '../platform/flash.ts';
import { readForm } from '../platform/form.ts';
import { checkBox } from './boxes.ts';
import { AssignForm, CheckForm, CommentForm, OpenForm, RefuseForm, ResolveForm, ResolveOtherForm } from './forms.ts';
import type { Command } from './one.ts';
import { findTicket } from './queries.ts';
import { type Resolution, refuseTicket, resolveTicket } from './resolution.ts';
import { assignTicket, commentTicket, openTicket } from './ticket.ts';

/** What the helpdesk does with a ticket (SOP 4.11 step 4, 4.21 to 4.23 step 3). */
export function helpdeskCommands(app: App, command: Command) {
  command('open', OpenForm, async ({ actor, params }, reply) => {
    await openTicket(app.db, actor, params.id, app.clock());
    setFlash(reply, { key: 'ticket.opened' });
  });

  command('check', CheckForm, async ({ actor, params, body }, reply) => {
    const input = readForm(CheckForm, body);
    await checkBox(app.db, actor, params.id, input, app.clock());
    setFlash(reply, { key: input.undo ? 'ticket.unchecked' : 'ticket.checked' });
  });

  command('assign', AssignForm, async ({ actor, params, body }, reply) => {
    const { assigned_to } = readForm(AssignForm, body);
    const mailed = await assignTicket(app.db, actor, params.id, assigned_to, app.clock());
    setFlash(reply, { key: assigned_to === null ? 'ticket.givenBack' : 'ticket.assignedNow', mailed });
  });

  command('comment', CommentForm, async ({ actor, params, body }, reply) => {
    const { comment } = readForm(CommentForm, body);
    const mailed = await commentTicket(app.db, actor, params.id, comment, app.settings, app.clock());
    setFlash(reply, { key: 'ticket.commentedNow', mailed });
  });

  command('refuse', RefuseForm, async ({ actor, params, body }, reply) => {
    const { reason } = readForm(RefuseForm, body);
    const mailed = await refuseTicket(app.db, actor, params.id, reason, app.clock());
    setFlash(reply, { key: 'ticket.refusedNow', mailed });
  });

  command('resolve', ResolveForm, async (request, reply) => {
    const input = await readResolution(app, request);
    const mailed = await resolveTicket(app.db, request.actor, request.params.id, input, app.clock());
    setFlash(reply, { key: 'ticket.resolved', mailed, next: 'ticket.nextConfirm' });
  });
}

/** A contact is asked for where one is to be made or changed. */
async function readResolution(app: App, { actor, params, body }: WithId): Promise<Resolution> {
  const ticket = await findTicket(app.db, actor, params.id);
  if (ticket.kind !== 'contact-register' && ticket.kind !== 'contact-update')
    return { ...readForm(ResolveOtherForm, body), contact: null, version: null };
  const { version, resolution, ...details } = readForm(ResolveForm, body);
  return { resolution, contact: detailsFrom(details), version };
}
