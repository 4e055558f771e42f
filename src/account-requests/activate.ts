import { type FormState, openForm } from '../forms/form.ts';
import { readTogether } from '../forms/together.ts';
import { NewPasswordForm } from '../sign-in/forgotten.ts';
import { looksAtPassword, mailboxTakesIt, newPassword, passwordRules } from '../sign-in/password.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { activateAccount, awaitingActivation } from './activation.ts';

/** The end of SOP 4.6: the applicant sets the first password. No password is ever mailed. */
export function activate(app: App) {
  const show = async (request: Request, reply: Reply, form: FormState) => {
    const user = await awaitingActivation(app.db, request.actor);
    return page(request, reply, 'account-requests/activate', { form, user, rules: await passwordRules(app, user) });
  };
  const config = { sop: '4.6', access: ['applicant'], form: NewPasswordForm, show } as const;

  app.get('/register/activate', { config }, (request, reply) => show(request, reply, openForm(NewPasswordForm)));

  app.post('/register/activate', { config }, async (request, reply) => {
    const user = await awaitingActivation(app.db, request.actor);
    const [input] = await readTogether(NewPasswordForm, request.body, (typed) => looksAtPassword(app.db, typed, user));
    // a password that breaks a rule does not spend the code
    const password = await newPassword(app, request.actor, input, user);
    const login = await app.act(request, (act) => activateAccount(act, password));
    await request.session.destroy();
    const more = await mailboxTakesIt(app.db, user.id, password);
    setFlash(reply, { key: 'activate.done', params: { login }, more });
    return reply.redirect('/login', 303);
  });
}
