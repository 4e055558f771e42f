import { email, named, password } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, type Values } from '../forms/form.ts';
import { readTogether } from '../forms/together.ts';
import { loginId } from '../officers/login-id.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { parameters } from '../web/parameters.ts';
import { looksAtPassword, newPassword, passwordRules } from './password.ts';
import { checkSetUpLink, createFirstHelpdesk } from './set-up.ts';

export const SetUpForm = defineForm('set-up', {
  full_name: named({ label: 'field.full_name', autocomplete: 'name' }),
  login_id: loginId({ autocomplete: 'username' }),
  email: email({ label: 'field.email' }),
  new_password: password({ label: 'field.new_password', autocomplete: 'new-password' }),
  confirm_password: password({ label: 'field.confirm_password', autocomplete: 'new-password' }),
});

/** The account, as far as it could be read: a password that names the person is told with all else. */
function accountOf({ login_id = '', full_name = '', email }: Partial<Values<typeof SetUpForm>>) {
  return { login_id, full_name, email: email ?? '', id: null, agency_id: null };
}

/** The first start of an installation: by the one-time link that it printed, the first helpdesk account is made. */
export function setUpPage(app: App) {
  type WithToken = Request & { params: { token: string } };
  const show = async (request: WithToken, reply: Reply, form: FormState) => {
    await checkSetUpLink(app.db, request.params.token, app.clock());
    return page(request, reply, 'sign-in/set-up', { form, rules: await passwordRules(app, { id: null }) });
  };
  const route = {
    schema: { params: parameters({ token: { type: 'string', maxLength: 100 } }, 'token') },
    config: { access: ['anyone'], form: SetUpForm, show },
  } as const;

  app.get('/set-up/:token', route, (request, reply) => show(request, reply, openForm(SetUpForm)));

  app.post('/set-up/:token', route, async (request, reply) => {
    await checkSetUpLink(app.db, request.params.token, app.clock());
    const [input] = await readTogether(SetUpForm, request.body, (typed, readable) =>
      looksAtPassword(app.db, typed, accountOf(readable)),
    );
    const account = accountOf(input);
    const chosen = await newPassword(app, request.actor, input, account);
    await app.act(request, (act) => createFirstHelpdesk(act, account, chosen));
    setFlash(reply, { key: 'set-up.made' });
    return reply.redirect('/login', 303);
  });
}
