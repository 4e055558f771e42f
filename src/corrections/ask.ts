import { type FormState, openForm, readForm } from '../forms/form.ts';
import { mailboxFrame } from '../mailboxes/frame.ts';
import { openCorrection } from '../mailboxes/planned.ts';
import { findMailbox, type Mailbox } from '../mailboxes/queries.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { requestCorrection } from './correction.ts';
import { AskForm } from './forms.ts';
import { keyOfMailbox, type PersonKey } from './person-key.ts';

/** What can be corrected: who is no civil servant has no identity card here, and is known by an address or a passport. */
function namesOf({ category }: Pick<Mailbox, 'category'>, { email }: PersonKey) {
  if (category === 'civil_servant') return ['ic_number', 'passport'] as const;
  return email === null ? (['passport'] as const) : (['email', 'passport'] as const);
}

/** SOP 4.7: on the mailbox's page, an administrator asks for a wrong identity number or login ID to be corrected. */
export function askForCorrection(app: App) {
  const show = async (request: WithId, reply: Reply, form?: FormState) => {
    const mailbox = await findMailbox(app.db, request.actor, request.params.id);
    const known = await keyOfMailbox(app.db, mailbox);
    return page(request, reply, 'corrections/ask', {
      ...mailboxFrame(mailbox, 'general'),
      form: form ?? openForm(AskForm, known),
      names: namesOf(mailbox, known),
      correction: await openCorrection(app.db, mailbox.id),
    });
  };
  const route = { schema: { params: Id }, config: { sop: '4.7', access: ['admin'], form: AskForm, show } } as const;

  app.get('/admin/mailboxes/:id/correction', route, (request, reply) => show(request, reply));

  app.post('/admin/mailboxes/:id/correction', route, async (request, reply) => {
    const mailbox = await findMailbox(app.db, request.actor, request.params.id);
    const { reason, ...typed } = readForm(AskForm, request.body);
    const known = await keyOfMailbox(app.db, mailbox);
    const names: readonly (keyof PersonKey)[] = namesOf(mailbox, known);
    const input = {
      ic_number: names.includes('ic_number') ? typed.ic_number : known.ic_number,
      email: names.includes('email') ? typed.email : known.email,
      passport: typed.passport || null,
      login_id: typed.login_id,
      reason,
    };
    const { id, mailed } = await app.act(request, (act) => requestCorrection(act, mailbox.id, input));
    setFlash(reply, { key: 'correction.asked', mailed, next: 'correction.askedNext' });
    return reply.redirect(`/admin/corrections/${id}`, 303);
  });
}
