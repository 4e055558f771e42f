import { agencyOptions } from '../agencies/administrators.ts';
import { type FormState, openForm, readForm } from '../forms/form.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { withAttachments, withUploads } from '../web/uploads.ts';
import { AskForm, CallForm } from './forms.ts';
import { askHelpdesk, enterCall } from './general-request.ts';

/** A ticket that is no procedure's: asked for by an administrator, or written down by the helpdesk for whoever called. */
export function newTickets(app: App) {
  const showAsk = (request: Request, reply: Reply, form: FormState) =>
    page(request, reply, 'tickets/new-ticket', { form });
  const ask = { config: { access: ['admin'] as const, form: AskForm, show: showAsk } };

  app.get('/admin/tickets/new', ask, (request, reply) => showAsk(request, reply, openForm(AskForm)));

  const showCall = async (request: Request, reply: Reply, form: FormState) =>
    page(request, reply, 'tickets/new-call', {
      form: { ...form, options: { agency_id: await agencyOptions(app.db) } },
    });
  const call = { config: { access: ['helpdesk'] as const, form: CallForm, show: showCall } };

  app.get('/helpdesk/tickets/new', call, (request, reply) => showCall(request, reply, openForm(CallForm)));

  return withUploads(app, (part) => {
    part.post('/admin/tickets/new', { config: { ...ask.config, upload: 'attachments' } }, (request, reply) =>
      withAttachments(request, AskForm, async (files) => {
        const input = readForm(AskForm, request.body);
        const { id, mailed } = await app.act(request, (act) => askHelpdesk(act, input, files));
        setFlash(reply, { key: 'ticket.askedNow', params: { number: id }, mailed });
        return reply.redirect(`/admin/tickets/${id}`, 303);
      }),
    );

    part.post('/helpdesk/tickets/new', { config: { ...call.config, upload: 'attachments' } }, (request, reply) =>
      withAttachments(request, CallForm, async (files) => {
        const input = readForm(CallForm, request.body);
        const { id, mailed } = await app.act(request, (act) => enterCall(act, input, files));
        setFlash(reply, { key: 'ticket.enteredNow', params: { number: id }, mailed });
        return reply.redirect(`/helpdesk/tickets/${id}`, 303);
      }),
    );
  });
}
