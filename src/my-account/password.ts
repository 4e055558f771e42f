import { refuseRepeat } from '../data/act.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import { password as passwordField } from '../forms/fields.ts';
import { defineForm, type FormState, openForm } from '../forms/form.ts';
import { readTogether } from '../forms/together.ts';
import { confirmPassword } from '../sign-in/confirm-password.ts';
import { NewPasswordForm } from '../sign-in/forgotten.ts';
import { renewSession } from '../sign-in/login.ts';
import { looksAtPassword, mailboxTakesIt, newPassword, passwordRules } from '../sign-in/password.ts';
import { notePassword } from '../sign-in/present-password.ts';
import { railOf } from '../sop/index.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { changeOwnPassword } from './own-password.ts';
import { findOwn, sinceSignIn } from './queries.ts';
import { whomToAsk } from './whom-to-ask.ts';

const OwnPasswordForm = defineForm('own-password', {
  current_password: passwordField({ label: 'field.current_password', autocomplete: 'current-password' }),
  ...NewPasswordForm.fields,
});

/** SOP 4.20 step 4: where the new password can be tested, once the mailbox has it. */
const NEXT_STEPS = {
  'password.mailbox.taken': 'my-password.nextStep',
  'password.mailbox.waits': 'my-password.nextStepLater',
  'password.mailbox.notCarried': 'my-password.nextStepByHand',
  none: 'my-password.nextStepNoMailbox',
} as const;

/** SOP 4.20 steps 2 to 6: tab Pengurusan Katalaluan, button Tukar Katalaluan. */
export function passwordPage(app: App) {
  const show = async (request: Request, reply: Reply, form: FormState) => {
    const { owaUrl } = await readSystemSettings(app.db, app.settings);
    const { user, mailbox } = await findOwn(app.db, request.actor);
    return page(request, reply, 'my-account/password', {
      form,
      user,
      mailbox,
      owaUrl,
      rules: await passwordRules(app, user),
      rail: railOf('4.20', await sinceSignIn(app.db, request.actor)),
      forced: request.mustFirst === '/me/password',
      whom: await whomToAsk(app, request.actor),
    });
  };
  const config = {
    sop: '4.20',
    access: ['user', 'helpdesk'],
    form: OwnPasswordForm,
    show,
    first: '/me/password',
  } as const;

  app.get('/me/password', { config }, (request, reply) => show(request, reply, openForm(OwnPasswordForm)));

  app.post('/me/password', { config }, async (request, reply) => {
    const { actor } = request;
    await refuseRepeat(app.db, actor);
    const { user: own } = await findOwn(app.db, actor);
    const [input, user] = await readTogether(OwnPasswordForm, request.body, (typed) => [
      () => confirmPassword(app.db, actor, typed('current_password'), app.settings.bcryptCost, app.clock()),
      ...looksAtPassword(app.db, typed, own),
    ]);
    // only now is the new one compared with those of the past: of one that is the present one, too, this would tell
    const password = await newPassword(app, actor, input, user);
    const mailed = await app.act(request, (act) => changeOwnPassword(act, user, password, request.session.sessionId));
    notePassword(request);
    await renewSession(request);
    const more = await mailboxTakesIt(app.db, user.id, password);
    setFlash(reply, { key: 'my-password.done', more, mailed, next: NEXT_STEPS[more ?? 'none'] });
    return reply.redirect('/me/password', 303);
  });
}
