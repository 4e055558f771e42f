import { userOf } from '../../base/actor.ts';
import { NotFound } from '../../base/errors.ts';
import { refuseRepeat } from '../../data/act.ts';
import { text } from '../../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../../forms/form.ts';
import { type App, Id, type Reply, type Request, type WithId } from '../../web/app-types.ts';
import { setFlash } from '../../web/flash.ts';
import { page } from '../../web/pages.ts';
import { renewSession } from '../login.ts';
import { AddPasskeyForm, OWN, PLACE, showOwn } from '../second-factor/own-page.ts';
import { activeUserOf } from '../second-factor/queries.ts';
import { isRecent, noteSecondFactor, refuseUnlessRecent } from '../second-factor/recent.ts';
import { askToAdd, verifyNew } from './ceremony.ts';
import { addPasskey, removePasskey, renamePasskey } from './passkey.ts';
import { findOwnPasskey, passkeysOf } from './queries.ts';

const RenameForm = defineForm('rename', { name: text({ label: 'passkey.name', max: 60 }) });
const PASSKEYS = `${PLACE}/passkeys`;

/** SOP 4.20 step 1, added by IPMS: a person adds, renames and removes the own passkeys. */
export function ownPasskeys(app: App) {
  add(app);
  change(app);
}

function add(app: App) {
  const show = (request: Request, reply: Reply, { form, typed, problem, problems }: FormState) => {
    const { credential, ...rest } = problems;
    // what a device answered is good once
    const again = {
      ...openForm(form, { name: typed.name ?? [] }),
      problems: rest,
      problem: problem ?? credential ?? null,
    };
    return showOwn(request, reply, { addPasskey: again });
  };
  const config = { ...OWN, form: AddPasskeyForm, show, asksPassword: true } as const;

  // the page that asks for the password stands here
  app.get(PASSKEYS, { config }, (_request, reply) => reply.redirect(PLACE, 303));

  // what the page's script asks: it goes on to the device as it is
  app.get(`${PASSKEYS}/new`, { config: OWN }, async (request) => {
    const user = await activeUserOf(app.db, { id: userOf(request.actor) });
    if (user === undefined) throw new NotFound();
    return askToAdd(request, user, await passkeysOf(app.db, user));
  });

  app.post(PASSKEYS, { config }, async (request, reply) => {
    const { name, credential } = readForm(AddPasskeyForm, request.body);
    await refuseRepeat(app.db, request.actor);
    await refuseUnlessRecent(request);
    const made = await verifyNew(request, credential);
    const { sessionId } = request.session;
    const { codes, mailed } = await app.act(request, (act) => addPasskey(act, sessionId, name, made));
    noteSecondFactor(request);
    await renewSession(request);
    const shown = codes.length > 0 ? { next: 'second-factor.keepCodes' as const, secret: codes.join(' ') } : {};
    setFlash(reply, { key: 'passkey.added', mailed, ...shown });
    return reply.redirect(PLACE, 303);
  });
}

function change(app: App) {
  const show = async (request: WithId, reply: Reply, form: FormState) => {
    const passkey = await findOwnPasskey(app.db, request.actor, request.params.id);
    const known = openForm(RenameForm, { name: passkey.name });
    return page(request, reply, 'passkeys/passkey', {
      passkey,
      isRecent: await isRecent(request),
      form: form.form === RenameForm ? form : { ...known, problem: form.problem },
    });
  };
  const renaming = { schema: { params: Id }, config: { ...OWN, form: RenameForm, show } } as const;

  app.get(`${PASSKEYS}/:id`, renaming, async (request, reply) => {
    const { name } = await findOwnPasskey(app.db, request.actor, request.params.id);
    return show(request, reply, openForm(RenameForm, { name }));
  });

  app.post(`${PASSKEYS}/:id`, renaming, async (request, reply) => {
    const { name } = readForm(RenameForm, request.body);
    const changed = await app.act(request, (act) => renamePasskey(act, request.params.id, name));
    setFlash(reply, { key: changed ? 'passkey.renamed' : 'shown.same' });
    return reply.redirect(PLACE, 303);
  });

  const RemoveForm = defineForm('remove', {});
  const removing = {
    schema: { params: Id },
    config: { ...OWN, form: RemoveForm, show, asksPassword: true },
  } as const;

  app.get(`${PASSKEYS}/:id/remove`, removing, (request, reply) =>
    reply.redirect(`${PASSKEYS}/${request.params.id}`, 303),
  );

  app.post(`${PASSKEYS}/:id/remove`, removing, async (request, reply) => {
    await findOwnPasskey(app.db, request.actor, request.params.id);
    await refuseUnlessRecent(request);
    const { sessionId } = request.session;
    const mailed = await app.act(request, (act) => removePasskey(act, sessionId, request.params.id));
    await renewSession(request);
    setFlash(reply, { key: 'passkey.removed', mailed });
    return reply.redirect(PLACE, 303);
  });
}
