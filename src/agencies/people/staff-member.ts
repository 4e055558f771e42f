import { type Form, type FormState, openForm, readForm } from '../../forms/form.ts';
import { unlockSignIn } from '../../sign-in/sign-in.ts';
import { type App, Id, type Reply, type WithId } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { page } from '../../web/pages.ts';
import { STATE_TONES } from './columns.ts';
import { InviteForm, StatusForm, UnlockForm } from './forms.ts';
import { inviteAgain } from './invitation.ts';
import { personHistory, staffById, stateOf } from './queries.ts';
import { disableStaff, enableStaff } from './staff.ts';

type Command = 'invite' | 'unlock' | 'disable' | 'enable';
/** What gives somebody a sign-in. */
const ASKS_PASSWORD = new Set<Command>(['invite', 'enable']);

/** One member of the helpdesk, with what a colleague can do. */
export function staffMember(app: App) {
  const config = { access: ['helpdesk'] } as const;

  const show = async (request: WithId, reply: Reply, open?: Command, refused?: FormState) => {
    const person = await staffById(app.db, request.params.id, app.clock());
    const state = stateOf(person);
    return page(request, reply, 'agencies/staff-member', {
      person,
      state,
      tone: STATE_TONES[state],
      open,
      isSelf: person.id === request.actor.userId,
      history: await personHistory(app.db, person),
      forms: {
        invite: openForm(InviteForm, { email: person.email }),
        ...(open && refused ? { [open]: refused } : {}),
      },
    });
  };

  app.get('/helpdesk/staff/:id', { schema: { params: Id }, config }, (request, reply) => show(request, reply));

  const command = (name: Command, form: Form) => {
    const again = (request: WithId, reply: Reply, refused: FormState) => show(request, reply, name, refused);
    const route = {
      schema: { params: Id },
      config: { ...config, form, show: again, asksPassword: ASKS_PASSWORD.has(name) },
    };
    app.get(`/helpdesk/staff/:id/${name}`, route, (request, reply) => show(request, reply, name));
    return route;
  };

  app.post('/helpdesk/staff/:id/invite', command('invite', InviteForm), async (request, reply) => {
    const { email } = readForm(InviteForm, request.body);
    const { id } = await staffById(app.db, request.params.id, app.clock());
    const { mailed } = await app.act(request, (act) => inviteAgain(act, id, email));
    setFlash(reply, { key: 'person.invitedAgain', mailed });
    return reply.redirect(`/helpdesk/staff/${id}`, 303);
  });

  app.post('/helpdesk/staff/:id/unlock', command('unlock', UnlockForm), async (request, reply) => {
    const person = await staffById(app.db, request.params.id, app.clock());
    await app.act(request, (act) => unlockSignIn(act, person));
    setFlash(reply, { key: 'person.unlocked' });
    return reply.redirect(`/helpdesk/staff/${person.id}`, 303);
  });

  app.post('/helpdesk/staff/:id/disable', command('disable', StatusForm), async (request, reply) => {
    await app.act(request, (act) => disableStaff(act, request.params.id));
    setFlash(reply, { key: 'staff.disabled' });
    return reply.redirect(`/helpdesk/staff/${request.params.id}`, 303);
  });

  app.post('/helpdesk/staff/:id/enable', command('enable', StatusForm), async (request, reply) => {
    await app.act(request, (act) => enableStaff(act, request.params.id));
    setFlash(reply, { key: 'staff.enabled' });
    return reply.redirect(`/helpdesk/staff/${request.params.id}`, 303);
  });
}
