import { administratorsOf } from '../agencies/administrators.ts';
import { type Actor, userOf } from '../base/actor.ts';
import { refusePast } from '../base/days.ts';
import { Conflict, NotFound } from '../base/errors.ts';
import { DAY, dayOf, later, timeInWords } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import { together } from '../forms/together.ts';
import { announce, asCircular } from '../groups/announce.ts';
import { groupsOwnedAlone } from '../groups/queries.ts';
import { openTermination, type Termination } from '../mailboxes/planned.ts';
import { findMailbox, type Mailbox } from '../mailboxes/queries.ts';
import type { Box } from '../tickets/checklist.ts';
import { helpdeskRecipients } from '../tickets/recipients.ts';
import { postponeTicket, requestTicket, withdrawTicket } from '../tickets/termination-ticket.ts';
import { type AttachedFile, attachFiles } from '../trail/attachments.ts';
import { audit } from '../trail/audit.ts';
import { type Item, mailboxItem } from '../trail/items.ts';
import { type Circular, enqueue, type Mail } from '../trail/outbox.ts';
import { fileRecord } from '../trail/records.ts';
import type { Outcome } from './disabling.ts';
import { findHeirs, type Heirs, handOverAll } from './handing-over.ts';
import { reserveAddresses } from './kept-addresses.ts';
import { groupFacts, leaveGroups, shutSignIn } from './leaving.ts';
import { groupsLeftAlone, mailsToOwners, terminationNotice } from './mails.ts';
import { refuseLeaving } from './may-leave.ts';
import { findTermination, postmasterOf } from './queries.ts';

export type TerminationRow = Row<'termination'>;

export type DeletionOrder = { effective_on: string; reason: string; heirs: Heirs; leave_without: boolean };

/**
 * SOP 4.11 steps 2 to 4: asks for an account to end on a day; the helpdesk gets N12 and a ticket, and lists that the person
 * owns alone go to somebody else. Today: carried out at once.
 * @throws NotFound; Conflict when it is asked for or deleted; RuleBroken or InvalidForm beside a field
 */
export async function requestDeletion(
  act: Act,
  id: number,
  order: DeletionOrder,
  files: readonly AttachedFile[] = [],
): Promise<Outcome> {
  const mailbox = await findMailbox(act.trx, act.actor, id);
  await refuseTwice(act.trx, mailbox);
  const [, heirs] = await together(
    () => refusePast(order.effective_on, act.now, 'effective_on'),
    () => findHeirs(act, mailbox, order.heirs),
    () => refuseLeaving(act.trx, act.actor, mailbox, order.leave_without),
  );
  const termination = await insertRequest(act, mailbox, order);
  await attachFiles(act, { kind: 'termination', id: termination.id }, mailboxItem(mailbox), files, '4.11');
  const waits = termination.effective_on > dayOf(act.now);
  const letters = await handOverAll(act, mailbox, heirs, waits);
  if (!waits) return { carriedOut: true, mailed: await carryOut(act, mailbox, termination, letters) };
  const mailed = [...(await announce(act, letters)), ...(await tellHelpdesk(act, 'requested', mailbox, termination))];
  return { carriedOut: false, mailed };
}

async function refuseTwice(trx: Trx, mailbox: Mailbox) {
  if (mailbox.status === 'deleted') throw new Conflict('life.isDeleted');
  const open = await openTermination(trx, mailbox.id);
  if (open !== undefined)
    throw new Conflict('life.isRequested', { name: open.by, time: timeInWords(open.requested_at) });
}

async function insertRequest(act: Act, mailbox: Mailbox, order: DeletionOrder) {
  const { effective_on, reason } = order;
  const { id } = await act.trx
    .insertInto('termination')
    .values({
      mailbox_id: mailbox.id,
      agency_id: mailbox.agency_id,
      effective_on,
      reason,
      requested_by: userOf(act.actor),
      requested_at: act.now.toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await audit(act, {
    action: 'mailbox.deletion-requested',
    sop: '4.11',
    item: mailboxItem(mailbox),
    after: { effective_on, reason },
  });
  const ticket = await requestTicket(act, {
    agency_id: mailbox.agency_id,
    subject: `${mailbox.display_name} (${mailbox.primary_email})`,
    item_type: 'mailbox',
    item_id: mailbox.id,
    due_on: effective_on,
  });
  return act.trx
    .updateTable('termination')
    .set({ ticket_id: ticket.id })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The account does not end; the helpdesk hears. Lists that were handed over stay so. Returns the mailbox and the addresses mailed. */
export async function withdrawDeletion(act: Act, id: number) {
  const { termination, mailbox } = await openById(act.trx, act.actor, id);
  await act.trx
    .updateTable('termination')
    .set({ status: 'withdrawn', ended_by: act.actor.name })
    .where('id', '=', id)
    .execute();
  const item = mailboxItem(mailbox);
  const before = { effective_on: termination.effective_on };
  await audit(act, { action: 'mailbox.deletion-withdrawn', sop: '4.11', item, before, after: { effective_on: null } });
  await withdrawTicket(act, termination.ticket_id);
  const content = { termination: { ...termination, status: 'withdrawn', ended_by: act.actor.name } };
  await fileRecord(act, {
    agencyId: mailbox.agency_id,
    sop: '4.11',
    title: 'record.deletion-withdrawn',
    item,
    content,
    attachedTo: { kind: 'termination', id },
  });
  const mailed = await tellHelpdesk(act, 'withdrawn', mailbox, termination);
  return { mailboxId: mailbox.id, mailed };
}

/** Another day for a requested end; today is at once. The helpdesk hears, and its ticket follows. */
export async function postponeDeletion(
  act: Act,
  id: number,
  effective_on: string,
): Promise<Outcome & { mailboxId: number }> {
  const { termination: before, mailbox } = await openById(act.trx, act.actor, id);
  refusePast(effective_on, act.now, 'effective_on');
  const termination = await act.trx
    .updateTable('termination')
    .set({ effective_on })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const item = mailboxItem(mailbox);
  await audit(act, {
    action: 'mailbox.deletion-postponed',
    sop: '4.11',
    item,
    before: { effective_on: before.effective_on },
    after: { effective_on },
  });
  await postponeTicket(act, termination.ticket_id, effective_on);
  const waits = effective_on > dayOf(act.now);
  const mailed = waits
    ? await tellHelpdesk(act, 'postponed', mailbox, termination)
    : await carryOut(act, mailbox, termination);
  return { mailboxId: mailbox.id, carriedOut: !waits, mailed };
}

async function openById(trx: Trx, actor: Actor, id: number): Promise<{ termination: Termination; mailbox: Mailbox }> {
  const termination = await findTermination(trx, actor, id);
  if (termination === undefined) throw new NotFound();
  if (termination.status !== 'requested') throw new Conflict('life.isOver');
  return { termination, mailbox: await findMailbox(trx, actor, termination.mailbox_id) };
}

/**
 * SOP 4.11 on the day: no sign-in, out of every list, the addresses kept for the setting's days, state deleted; the helpdesk
 * hears that today is the day (N12), and the owners (N14), each once.
 * @param letters what the same act did to lists before
 * @returns the addresses mailed
 * @throws Conflict when it was carried out or withdrawn meanwhile
 */
export async function carryOut(
  act: Act,
  mailbox: Mailbox,
  termination: TerminationRow,
  letters: readonly Circular[] = [],
) {
  const { addressReservationDays } = await readSystemSettings(act.trx);
  const until = later(act.now, addressReservationDays * DAY);
  const addresses = await reserveAddresses(act.trx, mailbox, until);
  await endForGood(act.trx, mailbox, termination, addresses, act.now);
  await shutSignIn(act.trx, mailbox, 'deleted');
  const groups = await leaveGroups(act, mailbox, { ending: 'deleted', termination_id: termination.id });
  const item = mailboxItem(mailbox);
  const { effective_on, reason } = termination;
  const facts = { effective_on, reason, reserved_until: dayOf(until), ...groupFacts(groups) };
  await audit(act, {
    action: 'mailbox.deleted',
    sop: '4.11',
    item,
    before: { status: mailbox.status },
    after: { status: 'deleted', ...facts },
  });
  const content = {
    termination: { ...termination, status: 'carried-out', carried_out_at: act.now.toISOString() },
    mailbox: { ...mailbox, status: 'deleted' },
    ...groupFacts(groups),
  };
  const attachedTo = { kind: 'termination', id: termination.id } as const;
  const entry = { agencyId: mailbox.agency_id, sop: '4.11', title: 'record.mailbox-deleted', item, content } as const;
  await fileRecord(act, { ...entry, attachedTo });
  const helpdesk = await tellHelpdesk(act, 'carriedOut', mailbox, termination);
  const more = [...(await mailsToOwners(act.trx, 'ended', mailbox, groups)), ...(await ofGroupsLeft(act, mailbox))];
  return [...helpdesk, ...(await announce(act, [...letters, ...more.map(asCircular)]))];
}

/** The conditions on both rows decide who is first. */
async function endForGood(trx: Trx, mailbox: Mailbox, termination: TerminationRow, addresses: string, now: Date) {
  if (mailbox.status === 'deleted') throw new Conflict('life.isDeleted');
  const at = now.toISOString();
  const ended = await trx
    .updateTable('termination')
    .set({ status: 'carried-out', carried_out_at: at, previous_status: mailbox.status, addresses })
    .where('id', '=', termination.id)
    .where('status', '=', 'requested')
    .executeTakeFirstOrThrow();
  const moved = await trx
    .updateTable('mailbox')
    .set((eb) => ({ status: 'deleted', deleted_at: at, version: eb('version', '+', 1) }))
    .where('id', '=', mailbox.id)
    .where('status', '=', mailbox.status)
    .executeTakeFirstOrThrow();
  if (ended.numUpdatedRows === 0n || moved.numUpdatedRows === 0n) throw new Conflict('life.isOver');
}

/** A list may have lost its other owners since the request: its agency hears that nobody looks after it. */
async function ofGroupsLeft(act: Act, mailbox: Mailbox): Promise<(Mail & { item: Item })[]> {
  const alone = await groupsOwnedAlone(act.trx, mailbox);
  if (alone.length === 0) return [];
  const administrators = await administratorsOf(act.trx, mailbox.agency_id);
  return administrators.map((to) => groupsLeftAlone(mailbox, alone, to));
}

/** N12, in one of its meanings. Returns the addresses mailed. */
export async function tellHelpdesk(
  act: Act,
  notice: Parameters<typeof terminationNotice>[0],
  mailbox: Mailbox,
  termination: TerminationRow,
  open: Box[] = [],
) {
  const { agency } = await postmasterOf(act.trx, mailbox);
  const helpdesk = await helpdeskRecipients(act.trx, act.settings);
  return enqueue(
    act,
    helpdesk.map((to) => terminationNotice(notice, mailbox, termination, agency, to, open)),
  );
}
