import { typedDay } from '../base/days.ts';
import { dayOf } from '../base/time.ts';
import type { Db } from '../data/database.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import { type FormState, openForm, refusedForm } from '../forms/form.ts';
import { listsOwnedAlone } from '../groups/group.ts';
import { remembered } from '../groups/membership.ts';
import { mailboxPage } from '../mailboxes/frame.ts';
import { acceptedSenders, findMailbox, type Mailbox } from '../mailboxes/mailbox.ts';
import { type Disabling, plannedFor, type Termination } from '../mailboxes/planned.ts';
import { railOf } from '../sop/index.ts';
import { historyOf } from '../trail/audit.ts';
import type { App, Reply, WithId } from '../web/app-types.ts';
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
import { isLastAdministrator } from './may-leave.ts';
import { lastTermination, listsOf, postmasterOf } from './queries.ts';
import { restorableUntil } from './restoring.ts';

/** The commands of Manage Account, as their pages are called. */
export const COMMANDS = [
  'disable',
  'change-disable',
  'cancel-disable',
  'enable',
  'delete',
  'postpone-delete',
  'withdraw-delete',
  'restore',
] as const;
export type Command = (typeof COMMANDS)[number];

type Standing = {
  mailbox: Mailbox;
  disabling: Disabling | undefined;
  termination: Termination | undefined;
  restorable: boolean;
};

/** Which commands apply as things stand. */
function applying({ mailbox, disabling, termination, restorable }: Standing): Command[] {
  const commands: [Command, boolean][] = [
    ['disable', mailbox.status === 'active' && disabling === undefined],
    ['enable', mailbox.status === 'disabled'],
    ['change-disable', mailbox.status !== 'deleted' && disabling !== undefined],
    ['cancel-disable', mailbox.status !== 'deleted' && disabling?.status === 'planned'],
    ['delete', mailbox.status !== 'deleted' && termination === undefined],
    ['postpone-delete', mailbox.status !== 'deleted' && termination !== undefined],
    ['withdraw-delete', mailbox.status !== 'deleted' && termination !== undefined],
    ['restore', restorable],
  ];
  return commands.flatMap(([command, applies]) => (applies ? [command] : []));
}

/** SOP 4.9 to 4.12, Manage Account: what is planned or in force, and the commands that apply, each with what it will do. */
export async function showAccount(
  app: App,
  request: WithId,
  reply: Reply,
  forms: Partial<Record<Command, FormState>> = {},
  open?: Command,
) {
  const { db } = app;
  const mailbox = await findMailbox(db, request.actor, request.params.id);
  const planned = await plannedFor(db, mailbox.id);
  const deleted = mailbox.status === 'deleted';
  const termination = deleted ? await lastTermination(db, mailbox.id) : planned.termination;
  const { restoreDays } = await readSystemSettings(db);
  const restoreUntil = deleted ? restorableUntil(mailbox, restoreDays) : null;
  const today = dayOf(app.clock());
  const restorable = termination !== undefined && restoreUntil !== null && today <= restoreUntil;
  const standing = { mailbox, disabling: planned.disabling, termination, restorable };
  const owned = deleted ? [] : await listsOwnedAlone(db, mailbox.id);
  return mailboxPage(request, reply, 'mailbox-life/account', mailbox, 'account', {
    disabling: planned.disabling,
    termination,
    restoreUntil,
    restorable,
    commands: applying(standing),
    open,
    owned,
    isSelf: request.actor.userId === mailbox.user_id,
    lastAdministrator: !deleted && (await isLastAdministrator(db, mailbox)),
    leaving: deleted ? [] : await listsOf(db, mailbox.id),
    returning: await whatReturns(db, standing),
    senders: await acceptedSenders(db, mailbox.id),
    ...(await postmasterOf(db, mailbox.agency_id)),
    rails: await railsOf(db, standing, open),
    forms: { ...openForms(standing, today), ...withHeirs(request, forms, owned) },
  });
}

function openForms({ mailbox, disabling, termination }: Standing, today: string): Record<Command, FormState> {
  return {
    disable: openForm(DisableForm, { disabled_from: typedDay(today), restrict_senders: true }),
    'change-disable': openForm(ChangeForm, {
      disabled_from: typedDay(disabling?.disabled_from ?? null),
      disabled_until: typedDay(disabling?.disabled_until ?? null),
      enable_by_itself: disabling?.enable_by_itself === 1,
    }),
    'cancel-disable': openForm(CancelForm),
    enable: openForm(EnableForm, { all_senders: mailbox.accept_from === 'listed' }),
    delete: openForm(DeleteForm),
    'postpone-delete': openForm(PostponeDeletionForm, { effective_on: typedDay(termination?.effective_on ?? null) }),
    'withdraw-delete': openForm(WithdrawForm),
    restore: openForm(RestoreForm),
  };
}

/** A refused Delete Account keeps the new owners that were typed, too: which lists have a field depends on the person. */
function withHeirs(request: WithId, forms: Partial<Record<Command, FormState>>, owned: { id: number }[]) {
  const refused = forms.delete;
  if (refused === undefined) return forms;
  const form = deleteFormFor(owned.map((list) => list.id));
  return { ...forms, delete: refusedForm(form, request.body, refused.problems, refused.problem) };
}

/** Which lists enabling or restoring gives back, and which not and why. */
async function whatReturns(db: Db, { mailbox, disabling, termination }: Standing) {
  if (mailbox.status === 'disabled' && disabling !== undefined) return remembered(db, { disabling_id: disabling.id });
  if (mailbox.status === 'deleted' && termination !== undefined)
    return remembered(db, { termination_id: termination.id });
  return [];
}

const ENDING: Command[] = ['delete', 'postpone-delete', 'withdraw-delete'];

/** The procedures that are under way or opened; only what was done since the order counts. */
async function railsOf(db: Db, { mailbox, disabling, termination }: Standing, open?: Command) {
  const history = await historyOf(db, { type: 'mailbox', id: mailbox.id });
  const since = (moment: string | undefined) => history.filter((row) => moment !== undefined && row.at >= moment);
  const opensEnding = open !== undefined && ENDING.includes(open);
  const ending = termination !== undefined || opensEnding ? [railOf('4.11', since(termination?.requested_at))] : [];
  if (mailbox.status === 'deleted') return ending;
  if (opensEnding && disabling === undefined) return ending;
  const sops = mailbox.status === 'disabled' ? (['4.9', '4.10'] as const) : (['4.9'] as const);
  return [...sops.map((sop) => railOf(sop, since(disabling?.ordered_at))), ...ending];
}
