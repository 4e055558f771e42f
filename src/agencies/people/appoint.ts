import { type FormState, openForm, readForm } from '../../forms/form.ts';
import { loginOf } from '../../sign-in/sign-in.ts';
import type { App, Reply, Request } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { page } from '../../web/pages.ts';
import { parameters } from '../../web/parameters.ts';
import { agencyOptions } from '../administrators.ts';
import { AppointForm, FindForm } from './forms.ts';
import { inviteAdministrator } from './invitation.ts';
import { personByLogin } from './queries.ts';

/** A new administrator: somebody new, by an invitation, or an officer who can sign in already. */
export function appoint(app: App) {
  const show = async (request: Request, reply: Reply, form: FormState, login?: string) => {
    const options = { agency_id: await agencyOptions(app.db) };
    return page(request, reply, 'agencies/appoint', {
      form: { ...form, options },
      find: openForm(FindForm, { login }),
      missing: login !== undefined,
    });
  };
  const config = { access: ['helpdesk'], form: AppointForm, show, asksPassword: true } as const;
  const querystring = parameters({
    agency: { type: 'integer', minimum: 1 },
    login: { type: 'string', maxLength: 254 },
  });

  app.get('/helpdesk/admins/new', { schema: { querystring }, config }, async (request, reply) => {
    const { agency, login } = request.query;
    const form = openForm(AppointForm, { agency_id: agency });
    if (login === undefined) return show(request, reply, form);
    const id = await personByLogin(app.db, loginOf(login));
    if (id !== null) return reply.redirect(`/helpdesk/admins/${id}/grant`, 303);
    return show(request, reply, form, login);
  });

  app.post('/helpdesk/admins/new', { config }, async (request, reply) => {
    const input = readForm(AppointForm, request.body);
    const newcomer = { ...input, email: input.email ?? '' };
    const { id, path, mailed } = await app.act(request, (act) => inviteAdministrator(act, newcomer));
    setFlash(reply, { key: 'person.invited', mailed, secret: app.baseUrl() + path, next: 'person.acceptStep' });
    return reply.redirect(`/helpdesk/admins/${id}`, 303);
  });
}
