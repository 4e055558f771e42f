import { agencyAddress } from '../addresses/addresses.ts';
import { type FormState, readForm } from '../forms/form.ts';
import { meetChanges, newestChange } from '../forms/stale.ts';
import { identityOfMailbox, secondAccountsOf } from '../identities/queries.ts';
import { detailsOf } from '../officers/details.ts';
import { railOf } from '../sop/index.ts';
import { actsInHand } from '../trail/audit.ts';
import { mailboxItem } from '../trail/items.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { type General, generalOf, updateGeneral } from './details.ts';
import { mailboxFrame } from './frame.ts';
import { GeneralForm, presentForm, withPresent } from './general-form.ts';
import { plannedFor } from './planned.ts';
import { aliasesOf, findMailbox, hasOwnRequest, signInOf } from './queries.ts';

/** SOP 4.7: General, with everything that tables 3A and 3B hold. */
export function general(app: App) {
  const show = async (request: WithId, reply: Reply, refused?: FormState) => {
    const { db } = app;
    const mailbox = await findMailbox(db, request.actor, request.params.id);
    const item = mailboxItem(mailbox);
    const aliases = await aliasesOf(db, mailbox);
    const present = presentForm(generalOf(mailbox, aliases), await newestChange(db, item));
    const form = refused && { ...refused, typed: { ...present.typed, ...typedIn(request.body, refused) } };
    const isLate = refused?.problem?.key === 'shown.changed';
    const met = form && isLate ? await meetChanges(db, item, form) : null;
    return page(request, reply, 'mailboxes/general', {
      ...mailboxFrame(mailbox, 'general'),
      form: met?.form ?? form ?? present,
      isEdited: form !== undefined || 'edit' in (request.query as object),
      late: met?.changes ?? [],
      aliases,
      directory: await app.directoryStanding(item),
      services: JSON.parse(mailbox.services) as string[],
      signIn: await signInOf(db, mailbox),
      passportIsKey: mailbox.passport !== null && (await identityOfMailbox(db, mailbox)).kind === 'passport',
      secondAccounts: await secondAccountsOf(db, mailbox),
      withRequest: await hasOwnRequest(db, mailbox),
      ...(await plannedFor(db, mailbox.id)),
      rail: railOf('4.7', await actsInHand(db, request.actor, item, app.clock())),
    });
  };
  const route = {
    schema: { params: Id },
    config: { sop: '4.7', access: ['admin'], form: GeneralForm, show },
  } as const;

  app.get('/admin/mailboxes/:id', route, (request, reply) => show(request, reply));

  app.post('/admin/mailboxes/:id', route, async (request, reply) => {
    const { id } = request.params;
    const mailbox = await findMailbox(app.db, request.actor, id);
    const present = generalOf(mailbox, await aliasesOf(app.db, mailbox));
    const values = readForm(GeneralForm, withPresent(presentForm(present, null), request.body));
    const input: General = {
      ...detailsOf(values),
      display_name: values.display_name,
      full_name: values.full_name,
      primary_email: await agencyAddress(app.db, mailbox.agency_id, values.primary_email),
      aliases: values.aliases ?? present.aliases,
      passport: values.passport.toUpperCase() || null,
      supervisor_email: values.supervisor_email,
      package: values.package,
      grade: values.grade,
      storage_mb: Number(values.storage_mb),
      services: values.services,
      service_type: values.service_type,
    };
    const how = { keepAddress: values.keep_address, shown: values.shown, isComplete: true };
    const changed = await app.act(request, (act) => updateGeneral(act, id, input, how));
    const saved = { key: 'mailbox.saved', next: 'mailbox.savedNext', undo: `/admin/mailboxes/${id}/undo` } as const;
    setFlash(reply, changed ? saved : { key: 'shown.same' });
    return reply.redirect(`/admin/mailboxes/${id}`, 303);
  });
}

/** Of a refused form, the fields that were sent; a box that was not ticked is sent as 0. */
function typedIn(body: unknown, form: FormState) {
  const sent = Object.entries(form.typed).filter(([name]) => name in ((body ?? {}) as object));
  return Object.fromEntries(
    sent.map(([name, typed]) => [name, name === 'keep_address' ? typed.filter(isTicked) : typed]),
  );
}

const isTicked = (value: string) => value !== '0';
