import { type FormState, openForm, readForm } from '../forms/form.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { createAgency, USUAL_STATE } from './agency.ts';
import { AgencyForm, detailsFrom } from './agency-form.ts';

const USUAL_CHOICES = { directory_mode: 'checklist', drift: 'show', must_change: '0' };

/** A new agency: with it its people can ask for access codes. */
export function agencyNew(app: App) {
  const show = (request: Request, reply: Reply, form: FormState) =>
    page(request, reply, 'agencies/agency-new', { form });
  const config = { access: ['helpdesk'], form: AgencyForm, show } as const;

  app.get('/helpdesk/agencies/new', { config }, (request, reply) =>
    show(request, reply, openForm(AgencyForm, { state: USUAL_STATE, ...USUAL_CHOICES })),
  );

  app.post('/helpdesk/agencies/new', { config }, async (request, reply) => {
    const details = detailsFrom(readForm(AgencyForm, request.body));
    const id = await app.act(request, (act) => createAgency(act, details));
    setFlash(reply, { key: 'agency.made', params: { name: details.name }, next: 'agency.inviteStep' });
    return reply.redirect(`/helpdesk/agencies/${id}`, 303);
  });
}
