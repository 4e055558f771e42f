import { addresses, choice } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm, refusedForm } from '../forms/form.ts';
import { meetChanges, newestChange, shownField } from '../forms/stale.ts';
import { fillPicker, isSearch, searched } from '../groups/members/picker.ts';
import { mailboxFrame } from '../mailboxes/frame.ts';
import { acceptedSenders, findMailbox, type Mailbox } from '../mailboxes/queries.ts';
import type { Sop } from '../sop/index.ts';
import { mailboxItem } from '../trail/items.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { postmasterOf } from './queries.ts';
import { changeAcceptFrom } from './senders.ts';

const FlowsForm = defineForm('flows', {
  accept_from: choice({
    label: 'field.accept_from',
    as: 'radio',
    options: [
      { value: 'all', label: 'mailbox.accept.all' },
      { value: 'listed', label: 'mailbox.accept.listed' },
    ],
  }),
  senders: addresses({ label: 'mailbox.flows.typed', hint: 'mailbox.flows.hint', optional: true, max: 15_000 }),
  shown: shownField(),
});

/** Whom an account takes mail from is a step of disabling it, and, while senders are kept out of one that is enabled, of enabling it. */
function procedureOf({ status, accept_from }: Mailbox): Sop | undefined {
  if (status !== 'active') return '4.9';
  return accept_from === 'listed' ? '4.10' : undefined;
}

/** SOP 4.9 steps 7 and 8, SOP 4.10 step 4: Mail Flows, Accept Message From. */
export function mailFlows(app: App) {
  const show = async (request: WithId, reply: Reply, refused?: FormState) => {
    const { db } = app;
    const mailbox = await findMailbox(db, request.actor, request.params.id);
    const item = mailboxItem(mailbox);
    const isLate = refused?.problem?.key === 'shown.changed';
    const met = isLate ? await meetChanges(db, item, refused) : null;
    const senders = await acceptedSenders(db, mailbox);
    const shown = await newestChange(db, item);
    const form = met?.form ?? refused ?? openForm(FlowsForm, { accept_from: mailbox.accept_from, senders, shown });
    const { postmaster } = await postmasterOf(db, mailbox);
    const typed = form.typed.senders ?? [];
    const others = { ...form, typed: { ...form.typed, senders: typed.filter((each) => each !== postmaster) } };
    return page(request, reply, 'mailboxes/mail-flows', {
      ...mailboxFrame(mailbox, 'mail-flows'),
      sop: procedureOf(mailbox),
      form,
      senders,
      late: met?.changes ?? [],
      postmaster,
      withPostmaster: typed.includes(postmaster),
      picker: await fillPicker(db, mailbox, others, 'senders', {
        q: searched(request),
        types: ['mailbox', 'group'],
        offer: true,
      }),
    });
  };
  const route = {
    schema: { params: Id },
    config: { sop: ['4.9', '4.10'], access: ['admin'], form: FlowsForm, show },
  } as const;

  app.get('/admin/mailboxes/:id/mail-flows', route, (request, reply) => show(request, reply));

  app.post('/admin/mailboxes/:id/mail-flows', route, async (request, reply) => {
    if (isSearch(request)) return show(request, reply, refusedForm(FlowsForm, request.body, {}, null));
    const { id } = request.params;
    await findMailbox(app.db, request.actor, id);
    const { accept_from, senders, shown } = readForm(FlowsForm, request.body);
    const input = { accept_from, senders: senders ?? [] };
    const changed = await app.act(request, (act) => changeAcceptFrom(act, id, input, shown));
    const saved = { key: `mailbox.flows.saved.${accept_from}`, undo: `/admin/mailboxes/${id}/undo` } as const;
    setFlash(reply, changed ? saved : { key: 'shown.same' });
    return reply.redirect(`/admin/mailboxes/${id}/mail-flows`, 303);
  });
}
