import { password } from '../forms/fields.ts';
import { defineForm, type FormState, openForm } from '../forms/form.ts';
import { readTogether } from '../forms/together.ts';
import { looksAtPassword, mailboxTakesIt, newPassword, passwordRules } from '../sign-in/password.ts';
import { railOf } from '../sop/index.ts';
import { actsInHand } from '../trail/audit.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { mailboxFrame } from './frame.ts';
import { passwordHindrance, setPassword, whosePassword } from './new-password.ts';
import { findMailbox, signInOf } from './queries.ts';

const PasswordForm = defineForm('password', {
  new_password: password({ label: 'field.new_password', autocomplete: 'new-password' }),
  confirm_password: password({ label: 'field.confirm_password', autocomplete: 'new-password' }),
});

/** SOP 4.8: Password Mgmt, Change Password. */
export function passwordMgmt(app: App) {
  const show = async (request: WithId, reply: Reply, form: FormState) => {
    const mailbox = await findMailbox(app.db, request.actor, request.params.id);
    const user = await signInOf(app.db, mailbox);
    const acts = await actsInHand(app.db, request.actor, { type: 'user', id: user.id }, app.clock());
    return page(request, reply, 'mailboxes/password', {
      ...mailboxFrame(mailbox, 'password'),
      form,
      user,
      hindrance: passwordHindrance(request.actor, mailbox, user),
      rules: await passwordRules(app, user, true),
      rail: railOf(
        '4.8',
        acts.filter((row) => row.sop === '4.8'), // what people do with their own password is 4.20
      ),
    });
  };
  const route = {
    schema: { params: Id },
    config: { sop: '4.8', access: ['admin'], form: PasswordForm, show, asksPassword: true },
  } as const;

  app.get('/admin/mailboxes/:id/password', route, (request, reply) => show(request, reply, openForm(PasswordForm)));

  app.post('/admin/mailboxes/:id/password', route, async (request, reply) => {
    const { id } = request.params;
    await findMailbox(app.db, request.actor, id);
    const user = await whosePassword(app.db, request.actor, id);
    const [input] = await readTogether(PasswordForm, request.body, (typed) => looksAtPassword(app.db, typed, user));
    const chosen = await newPassword(app, request.actor, input, user, true);
    const mailed = await app.act(request, (act) => setPassword(act, id, user, chosen));
    const more = await mailboxTakesIt(app.db, user.id, chosen);
    setFlash(reply, { key: 'mailbox.password.done', more, mailed, next: 'mailbox.password.next' });
    return reply.redirect(`/admin/mailboxes/${id}/password`, 303);
  });
}
