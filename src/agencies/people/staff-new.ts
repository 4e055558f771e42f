import { type FormState, openForm, readForm } from '../../forms/form.ts';
import type { App, Reply, Request } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { page } from '../../web/pages.ts';
import { StaffForm } from './forms.ts';
import { inviteStaff } from './invitation.ts';

/** A new member of the helpdesk, by an invitation. */
export function staffNew(app: App) {
  const show = (request: Request, reply: Reply, form: FormState) =>
    page(request, reply, 'agencies/staff-new', { form });
  const config = { access: ['helpdesk'], form: StaffForm, show, asksPassword: true } as const;

  app.get('/helpdesk/staff/new', { config }, (request, reply) => show(request, reply, openForm(StaffForm)));

  app.post('/helpdesk/staff/new', { config }, async (request, reply) => {
    const input = readForm(StaffForm, request.body);
    const newcomer = { ...input, email: input.email ?? '' };
    const { id, mailed } = await app.act(request, (act) => inviteStaff(act, newcomer));
    setFlash(reply, { key: 'person.invited', mailed, next: 'person.acceptStep' });
    return reply.redirect(`/helpdesk/staff/${id}`, 303);
  });
}
