import { asPerson } from '../base/actor.ts';
import { password, text } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../forms/form.ts';
import { readTogether } from '../forms/together.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { parameters } from '../web/parameters.ts';
import { forgotPassword, linkOwner, resetPassword } from './forgotten-password.ts';
import { looksAtPassword, mailboxTakesIt, newPassword, passwordRules } from './password.ts';

const ForgotForm = defineForm('forgot', {
  login: text({ label: 'field.login', max: 254, autocomplete: 'username' }),
});

export const NewPasswordForm = defineForm('new-password', {
  new_password: password({ label: 'field.new_password', autocomplete: 'new-password' }),
  confirm_password: password({ label: 'field.confirm_password', autocomplete: 'new-password' }),
});

/**
 * More is done for somebody than for nobody: a link, a mail, a row of the audit trail. Each answer is given so long after the
 * form came, in milliseconds, so that it does not tell which it was.
 */
const ANSWERED_AFTER = 250;

/** SOP 4.20: Lupa katalaluan. */
export function forgotten(app: App) {
  const show = (request: Request, reply: Reply, form: FormState) => page(request, reply, 'sign-in/forgot', { form });
  const config = { sop: '4.20', access: ['anyone'], form: ForgotForm, show } as const;

  app.get('/password/forgot', { config }, (request, reply) => show(request, reply, openForm(ForgotForm)));

  app.post('/password/forgot', { config }, async (request, reply) => {
    const moment = app.answerAfter(ANSWERED_AFTER); // begun before the act: what that takes is within it
    try {
      await app.act(request, (act) => forgotPassword(act, readForm(ForgotForm, request.body)));
    } finally {
      await moment;
    }
    setFlash(reply, { key: 'forgot.done' });
    return reply.redirect('/login', 303);
  });
}

/** The page that a one-time link leads to. */
export function reset(app: App) {
  const Token = parameters({ token: { type: 'string', maxLength: 100 } }, 'token');
  type WithToken = Request & { params: { token: string } };
  const show = async (request: WithToken, reply: Reply, form: FormState) => {
    const owner = await linkOwner(app.db, request.params.token, app.clock());
    return page(request, reply, 'sign-in/reset', { form, owner, rules: await passwordRules(app, owner) });
  };
  const route = {
    schema: { params: Token },
    config: { sop: '4.20', access: ['anyone'], form: NewPasswordForm, show },
  } as const;

  app.get('/password/reset/:token', route, (request, reply) => show(request, reply, openForm(NewPasswordForm)));

  app.post('/password/reset/:token', route, async (request, reply) => {
    const { actor, params } = request;
    const user = await linkOwner(app.db, params.token, app.clock());
    const [input] = await readTogether(NewPasswordForm, request.body, (typed) => looksAtPassword(app.db, typed, user));
    // a password that breaks a rule does not use up the link
    const chosen = await newPassword(app, actor, input, user);
    await app.act({ actor: asPerson(actor, user) }, (act) => resetPassword(act, params.token, user, chosen));
    setFlash(reply, { key: 'reset.done', more: await mailboxTakesIt(app.db, user.id, chosen) });
    return reply.redirect('/login', 303);
  });
}
