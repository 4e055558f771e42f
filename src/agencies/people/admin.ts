import { type Form, type FormState, openForm, readForm } from '../../forms/form.ts';
import { unlockSignIn } from '../../sign-in/sign-in.ts';
import { type App, Id, type Reply, type WithId } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { page } from '../../web/pages.ts';
import { administratorsWithout } from '../administrators.ts';
import { STATE_TONES } from './columns.ts';
import { GrantForm, InviteForm, UnlockForm, WithdrawForm } from './forms.ts';
import { inviteAgain } from './invitation.ts';
import { officerById, personById, personHistory, stateOf } from './queries.ts';
import { grantRole, withdrawRole } from './role.ts';

type Command = 'invite' | 'unlock' | 'grant' | 'withdraw';
/** What gives somebody a sign-in, or the role that lets it give others theirs. */
const ASKS_PASSWORD = new Set<Command>(['invite', 'grant']);

/** One administrator, or an officer who may become one, with what the helpdesk can do. */
export function admin(app: App) {
  const config = { access: ['helpdesk'] } as const;

  const show = async (request: WithId, reply: Reply, open?: Command, refused?: FormState) => {
    const { id } = request.params;
    const { role } = await personById(app.db, id, app.clock());
    if (role === 'helpdesk') return reply.redirect(`/helpdesk/staff/${id}`, 303);
    const person = await officerById(app.db, id, app.clock());
    const state = stateOf(person);
    return page(request, reply, 'agencies/admin', {
      person,
      state,
      tone: STATE_TONES[state],
      open,
      isLast: (await administratorsWithout(app.db, person.agency_id, id)) === 0,
      history: await personHistory(app.db, person),
      forms: {
        invite: openForm(InviteForm, { email: person.email }),
        withdraw: openForm(WithdrawForm),
        ...(open && refused ? { [open]: refused } : {}),
      },
    });
  };

  app.get('/helpdesk/admins/:id', { schema: { params: Id }, config }, (request, reply) => show(request, reply));

  const command = (name: Command, form: Form) => {
    const again = (request: WithId, reply: Reply, refused: FormState) => show(request, reply, name, refused);
    const route = {
      schema: { params: Id },
      config: { ...config, form, show: again, asksPassword: ASKS_PASSWORD.has(name) },
    };
    app.get(`/helpdesk/admins/:id/${name}`, route, (request, reply) => show(request, reply, name));
    return route;
  };

  app.post('/helpdesk/admins/:id/invite', command('invite', InviteForm), async (request, reply) => {
    const { email } = readForm(InviteForm, request.body);
    const { id } = await officerById(app.db, request.params.id, app.clock());
    const { path, mailed } = await app.act(request, (act) => inviteAgain(act, id, email));
    setFlash(reply, { key: 'person.invitedAgain', mailed, secret: app.baseUrl() + path });
    return reply.redirect(`/helpdesk/admins/${id}`, 303);
  });

  app.post('/helpdesk/admins/:id/unlock', command('unlock', UnlockForm), async (request, reply) => {
    const person = await officerById(app.db, request.params.id, app.clock());
    await app.act(request, (act) => unlockSignIn(act, person));
    setFlash(reply, { key: 'person.unlocked' });
    return reply.redirect(`/helpdesk/admins/${person.id}`, 303);
  });

  app.post('/helpdesk/admins/:id/grant', command('grant', GrantForm), async (request, reply) => {
    const { id } = request.params;
    const mailed = await app.act(request, (act) => grantRole(act, id));
    setFlash(reply, { key: 'administrator.granted', mailed });
    return reply.redirect(`/helpdesk/admins/${id}`, 303);
  });

  app.post('/helpdesk/admins/:id/withdraw', command('withdraw', WithdrawForm), async (request, reply) => {
    const { id } = request.params;
    const { leave_without } = readForm(WithdrawForm, request.body);
    const mailed = await app.act(request, (act) => withdrawRole(act, id, leave_without));
    setFlash(reply, { key: 'administrator.withdrawn', mailed });
    return reply.redirect(`/helpdesk/admins/${id}`, 303);
  });
}
