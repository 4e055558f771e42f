import { both } from '../base/language.ts';
import { dayOf } from '../base/time.ts';
import type { Db } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import { type FormState, openForm } from '../forms/form.ts';
import { remembered } from '../groups/members/membership.ts';
import { groupsOwnedAlone } from '../groups/queries.ts';
import { mailboxFrame } from '../mailboxes/frame.ts';
import { plannedFor } from '../mailboxes/planned.ts';
import { acceptedSenders, findMailbox } from '../mailboxes/queries.ts';
import { type Instead, PROCEDURES, railOf } from '../sop/index.ts';
import { attachmentsOf } from '../trail/attachment-queries.ts';
import { actsInHand, historyOf, mailedNobody } from '../trail/audit.ts';
import { mailboxItem } from '../trail/items.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { uploadOf, withUploads } from '../web/uploads.ts';
import type { Command, Standing } from './command.ts';
import { DELETE } from './delete.ts';
import { DISABLE } from './disable.ts';
import { ENABLE } from './enable.ts';
import { isLastAdministrator } from './may-leave.ts';
import { groupsOf, lastTermination, postmasterOf } from './queries.ts';
import { RESTORE } from './restore.ts';
import { restorableUntil } from './restoring.ts';

/** In the page's order. */
const COMMANDS = [...ENABLE, ...DISABLE, ...DELETE, ...RESTORE];

/** SOP 4.9 to 4.12: Manage Account, and each of its commands as a page of its own, which is the same page with that command open. */
export function account(app: App) {
  const schema = { params: Id };
  const config = { sop: ['4.9', '4.10', '4.11', '4.12'], access: ['admin'] } as const;
  app.get('/admin/mailboxes/:id/account', { schema, config }, (request, reply) => showAccount(app, request, reply));

  return withUploads(app, (part) => {
    for (const command of COMMANDS) {
      const { name, sop, form } = command;
      const show = (request: WithId, reply: Reply, refused?: FormState) =>
        showAccount(app, request, reply, command, refused);
      const route = { schema, config: { sop, access: ['admin'], form, show, ...uploadOf(form) } } as const;
      part.get(`/admin/mailboxes/:id/${name}`, route, (request, reply) => show(request, reply));
      part.post(`/admin/mailboxes/:id/${name}`, route, async (request, reply) => {
        setFlash(reply, await command.act(app, request));
        return reply.redirect(`/admin/mailboxes/${request.params.id}/account`, 303);
      });
    }
  });
}

/** What is planned or in force, and the commands that apply, each with what it will do. */
async function showAccount(app: App, request: WithId, reply: Reply, open?: Command, refused?: FormState) {
  const { db } = app;
  const mailbox = await findMailbox(db, request.actor, request.params.id);
  const { disabling, ...planned } = await plannedFor(db, mailbox.id);
  const deleted = mailbox.status === 'deleted';
  const termination = deleted ? await lastTermination(db, mailbox) : planned.termination;
  const { restoreDays } = await readSystemSettings(db);
  const restoreUntil = deleted ? restorableUntil(mailbox, restoreDays) : null;
  const today = dayOf(app.clock());
  const restorable = termination !== undefined && restoreUntil !== null && today <= restoreUntil;
  const isSelf = request.actor.userId === mailbox.user_id;
  const standing: Standing = { mailbox, isSelf, disabling, termination, restorable, today };
  const owned = deleted ? [] : await groupsOwnedAlone(db, mailbox);
  const acts = await actsInHand(db, request.actor, mailboxItem(mailbox), app.clock());
  const rails = await railsOf(db, standing, acts, open);
  const formOf = (command: Command) => {
    if (command !== open || refused === undefined) return openForm(command.form, command.opened?.(standing));
    return command.again?.(refused, request.body, owned) ?? refused;
  };
  return page(request, reply, 'mailbox-life/account', {
    ...mailboxFrame(mailbox, 'account'),
    // a command that is open is the procedure of its own page; else it is the one whose steps come first
    sop: open?.sop ?? rails[0]?.sop,
    disabling,
    termination,
    attachments: {
      disabling: disabling ? await attachmentsOf(db, { kind: 'disabling', id: disabling.id }) : [],
      termination: termination ? await attachmentsOf(db, { kind: 'termination', id: termination.id }) : [],
    },
    restoreUntil,
    restorable,
    commands: COMMANDS.filter((command) => command.applies(standing)).map((command) => ({
      ...command,
      isProcedure: PROCEDURES.some(({ at }) => at === command.view),
    })),
    open: open?.name,
    owned,
    isSelf,
    lastAdministrator: !deleted && (await isLastAdministrator(db, mailbox)),
    leaving: deleted ? [] : await groupsOf(db, mailbox),
    returning: await whatReturns(db, standing),
    senders: await acceptedSenders(db, mailbox),
    ...(await postmasterOf(db, mailbox)),
    rails,
    forms: Object.fromEntries(COMMANDS.map((command) => [command.name, formOf(command)])),
  });
}

/** Which lists enabling or restoring gives back, and which not and why. */
async function whatReturns(db: Db, { mailbox, disabling, termination }: Standing) {
  if (mailbox.status === 'disabled' && disabling !== undefined) return remembered(db, { disabling_id: disabling.id });
  if (mailbox.status === 'deleted' && termination !== undefined)
    return remembered(db, { termination_id: termination.id });
  return [];
}

/** The procedures that are under way or opened; only what was done since the order counts. */
async function railsOf(db: Db, { mailbox, disabling, termination }: Standing, acts: Row<'audit'>[], open?: Command) {
  const history = await historyOf(db, { type: 'mailbox', id: mailbox.id });
  const since = (moment: string | undefined) => history.filter((row) => moment !== undefined && row.at >= moment);
  const opensEnding = open?.sop === '4.11';
  const ending = termination !== undefined || opensEnding ? [railOf('4.11', since(termination?.requested_at))] : [];
  if (mailbox.status === 'deleted') return [railOf('4.12', []), ...ending];
  // who has an end planned, and nothing else, is not on the way to be disabled
  const isEnding = opensEnding || (open === undefined && termination !== undefined);
  if (isEnding && disabling === undefined) return ending;
  const back = ['mailbox.enabled', 'mailbox.restored'];
  const last = open === undefined ? acts.findLastIndex((row) => back.includes(row.action)) : -1;
  if (last >= 0 && disabling === undefined) {
    const rows = acts.slice(last);
    if (rows[0]?.action === 'mailbox.restored') return [railOf('4.12', rows), ...ending];
    const { postmaster } = await postmasterOf(db, mailbox);
    const isOpen = mailbox.accept_from === 'all' || !(await acceptedSenders(db, mailbox)).includes(postmaster);
    return [railOf('4.10', rows, { instead: untoldIn(rows, 'mailbox.enabled'), isOver: isOpen }), ...ending];
  }
  const rows = since(disabling?.ordered_at);
  return [
    railOf('4.9', rows, { instead: untoldIn(rows, 'mailbox.disabled') }),
    ...(mailbox.status === 'disabled' ? [railOf('4.10', rows)] : []),
    ...ending,
  ];
}

/** The last step of SOP 4.9 and 4.10 is the owners' notice: where no active owner was there to get one, it says so. */
function untoldIn(rows: Row<'audit'>[], action: 'mailbox.disabled' | 'mailbox.enabled'): Instead<'4.9' | '4.10'> {
  return mailedNobody(rows, action) ? { notice: { task: both('life.untold') } } : {};
}
