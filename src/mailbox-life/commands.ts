import type { Actor } from '../base/actor.ts';
import { Conflict } from '../base/errors.ts';
import { refuseRepeat } from '../data/act.ts';
import { type Form, type FormState, readForm } from '../forms/form.ts';
import { listsOwnedAlone } from '../groups/group.ts';
import { findMailbox } from '../mailboxes/mailbox.ts';
import { plannedFor } from '../mailboxes/planned.ts';
import type { Sop } from '../sop/index.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { type Flash, setFlash } from '../web/flash.ts';
import { type Command, showAccount } from './account.ts';
import { disableMailbox } from './disabling.ts';
import { cancelDisabling, changeDisabling } from './disabling-changes.ts';
import { enableMailbox } from './enabling.ts';
import {
  CancelForm,
  ChangeForm,
  DeleteForm,
  DisableForm,
  deleteFormFor,
  EnableForm,
  PostponeDeletionForm,
  RestoreForm,
  WithdrawForm,
} from './forms.ts';
import { heirField, namesOf } from './handing-over.ts';
import { restoreMailbox } from './restoring.ts';
import { requestDeletion } from './termination.ts';
import { postponeDeletion, withdrawDeletion } from './termination-changes.ts';

type Do = (request: WithId) => Promise<Flash>;

/** Manage Account and each of its commands as a page of its own, which is the same page with that command open. */
export function account(app: App) {
  app.get(
    '/admin/mailboxes/:id/account',
    { schema: { params: Id }, config: { sop: '4.9', access: ['admin'] } },
    (request, reply) => showAccount(app, request, reply),
  );
  disabling(app);
  enabling(app);
  ending(app);
  restoring(app);
}

function command(app: App, sop: Sop, name: Command, form: Form, act: Do) {
  const again = (request: WithId, reply: Reply, refused: FormState) =>
    showAccount(app, request, reply, { [name]: refused }, name);
  const route = { schema: { params: Id }, config: { sop, access: ['admin'] as const, form, show: again } };
  app.get(`/admin/mailboxes/:id/${name}`, route, (request, reply) => showAccount(app, request, reply, {}, name));
  app.post(`/admin/mailboxes/:id/${name}`, route, async (request, reply) => {
    setFlash(reply, await act(request));
    return reply.redirect(`/admin/mailboxes/${request.params.id}/account`, 303);
  });
}

/** SOP 4.9: Disable Account, and what is planned or in force put on another day. */
function disabling(app: App) {
  command(app, '4.9', 'disable', DisableForm, async ({ actor, params, body }) => {
    const order = readForm(DisableForm, body);
    const { carriedOut, mailed } = await app.act({ actor }, (act) => disableMailbox(act, params.id, order));
    if (!carriedOut) return { key: 'life.disablingPlanned', next: 'life.disablingNext' };
    return { key: 'life.disabled', mailed, next: 'life.enableNext' };
  });

  command(app, '4.9', 'change-disable', ChangeForm, async (request) => {
    const { id } = await openOf(request);
    const { disabled_from, ...rest } = readForm(ChangeForm, request.body);
    const changes = { ...rest, ...(disabled_from === null ? {} : { disabled_from }) };
    const { carriedOut, mailed } = await app.act(request, (act) => changeDisabling(act, id, changes));
    return { key: carriedOut ? 'life.disabled' : 'life.disablingChanged', mailed };
  });

  command(app, '4.9', 'cancel-disable', CancelForm, async (request) => {
    const openId = (await openOf(request)).id;
    await app.act(request, (act) => cancelDisabling(act, openId));
    return { key: 'life.disablingCancelled' };
  });

  async function openOf({ actor, params }: WithId) {
    const mailbox = await findMailbox(app.db, actor, params.id);
    return stillOpen(app, actor, (await plannedFor(app.db, mailbox.id)).disabling);
  }
}

/** A repeat of the submission that ended it leads to its result. @throws Conflict when it is over */
async function stillOpen<Open>(app: App, actor: Actor, open: Open | undefined): Promise<Open> {
  if (open !== undefined) return open;
  await refuseRepeat(app.db, actor);
  throw new Conflict('life.isOver');
}

/** SOP 4.10: Enable Account. */
function enabling(app: App) {
  command(app, '4.10', 'enable', EnableForm, async ({ actor, params, body }) => {
    const senders = readForm(EnableForm, body).all_senders ? 'all' : 'as-before';
    const { back, missing, mailed } = await app.act({ actor }, (act) => enableMailbox(act, params.id, senders));
    const flash: Flash = { key: 'life.enabled', params: { count: back }, mailed };
    if (missing.length === 0) return flash;
    return { ...flash, key: 'life.enabledWithout', params: { count: back, lists: namesOf(missing) } };
  });
}

/** SOP 4.11: Delete Account on a day, another day, or not at all. */
function ending(app: App) {
  command(app, '4.11', 'delete', DeleteForm, async ({ actor, params, body }) => {
    const mailbox = await findMailbox(app.db, actor, params.id);
    const lists = await listsOwnedAlone(app.db, mailbox.id);
    const input = readForm(deleteFormFor(lists.map((list) => list.id)), body);
    const typed = input as unknown as Record<string, string | null>;
    const heirs = {
      all: input.new_owner,
      byList: new Map(lists.map((list) => [list.id, typed[heirField(list.id)] ?? null])),
    };
    const order = {
      effective_on: input.effective_on ?? '',
      reason: input.reason,
      leave_without: input.leave_without,
      heirs,
    };
    const outcome = await app.act({ actor }, (act) => requestDeletion(act, mailbox.id, order));
    if (outcome.carriedOut) return { key: 'life.deleted', mailed: outcome.mailed, next: 'life.restoreNext' };
    return { key: 'life.deletionRequested', mailed: outcome.mailed, next: 'life.withdrawNext' };
  });

  command(app, '4.11', 'postpone-delete', PostponeDeletionForm, async (request) => {
    const { id } = await openOf(request);
    const day = readForm(PostponeDeletionForm, request.body).effective_on ?? '';
    const outcome = await app.act(request, (act) => postponeDeletion(act, id, day));
    return { key: outcome.carriedOut ? 'life.deleted' : 'life.deletionPostponed', mailed: outcome.mailed };
  });

  command(app, '4.11', 'withdraw-delete', WithdrawForm, async (request) => {
    const { id } = await openOf(request);
    const { mailed } = await app.act(request, (act) => withdrawDeletion(act, id));
    return { key: 'life.deletionWithdrawn', mailed };
  });

  async function openOf({ actor, params }: WithId) {
    const mailbox = await findMailbox(app.db, actor, params.id);
    return stillOpen(app, actor, (await plannedFor(app.db, mailbox.id)).termination);
  }
}

/** SOP 4.12: a deleted mailbox comes back. */
function restoring(app: App) {
  command(app, '4.12', 'restore', RestoreForm, async ({ actor, params }) => {
    const { back, mailed } = await app.act({ actor }, (act) => restoreMailbox(act, params.id));
    return { key: 'life.restored', params: { count: back }, mailed };
  });
}
