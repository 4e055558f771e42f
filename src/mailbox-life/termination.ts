import { administratorsOf } from '../agencies/administrators.ts';
import { listsOwnedAlone } from '../groups/group.ts';
import { findMailbox, type Mailbox, mailboxItem } from '../mailboxes/mailbox.ts';
import { type Actor, userOf } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { enqueueDirectoryJob } from '../platform/directory.ts';
import { Conflict, NotFound } from '../platform/errors.ts';
import { enqueue } from '../platform/outbox.ts';
import { fileRecord } from '../platform/records.ts';
import type { Row } from '../platform/schema.ts';
import type { Settings } from '../platform/settings.ts';
import { readSystemSettings } from '../platform/system-settings.ts';
import { DAY, dayOf, later, timeInWords } from '../platform/time.ts';
import { helpdeskRecipients, postponeTicket, requestTicket, withdrawTicket } from '../tickets/ticket.ts';
import { refusePast } from './days.ts';
import type { Outcome } from './disabling.ts';
import { type Heirs, handOverLists } from './handing-over.ts';
import { reserveAddresses } from './kept-addresses.ts';
import { leaveLists, listFacts, shutSignIn } from './leaving.ts';
import { listsLeftAlone, mailsToOwners, terminationNotice } from './mails.ts';
import { refuseLeaving } from './may-leave.ts';
import { openTermination, postmasterOf, type Termination, terminationById } from './queries.ts';

export type TerminationRow = Row<'termination'>;
/** Where the helpdesk is reached, as the environment has it. */
export type Environment = Pick<Settings, 'owaUrl' | 'helpdeskEmail'>;

export type DeletionOrder = { effective_on: string; reason: string; heirs: Heirs; leave_without: boolean };

/**
 * SOP 4.11 steps 2 to 4: asks for an account to end on a day; the helpdesk gets N12 and a ticket, and lists that the person
 * owns alone go to somebody else. Today: carried out at once.
 * @throws NotFound; Conflict when it is asked for or deleted; RuleBroken or InvalidForm beside a field
 */
export async function requestDeletion(
  db: Db,
  actor: Actor,
  id: number,
  order: DeletionOrder,
  environment: Environment,
  now: Date,
): Promise<Outcome> {
  return change(db, actor, now, async (trx) => {
    const mailbox = await findMailbox(trx, actor, id);
    await refuseTwice(trx, mailbox);
    await refuseLeaving(trx, actor, mailbox, order.leave_without);
    refusePast(order.effective_on, now, 'effective_on');
    const termination = await insertRequest(trx, actor, mailbox, order, now);
    await handOverLists(trx, actor, mailbox, order.heirs, now);
    const mailed = await tellHelpdesk(trx, actor, 'requested', mailbox, termination, environment, now);
    if (termination.effective_on > dayOf(now)) return { carriedOut: false, mailed };
    return { carriedOut: true, mailed: [...mailed, ...(await carryOut(trx, actor, mailbox, termination, now))] };
  });
}

async function refuseTwice(trx: Trx, mailbox: Mailbox) {
  if (mailbox.status === 'deleted') throw new Conflict('life.isDeleted');
  const open = await openTermination(trx, mailbox.id);
  if (open !== undefined)
    throw new Conflict('life.isRequested', { name: open.by, time: timeInWords(open.requested_at) });
}

async function insertRequest(trx: Trx, actor: Actor, mailbox: Mailbox, order: DeletionOrder, now: Date) {
  const { effective_on, reason } = order;
  const { id } = await trx
    .insertInto('termination')
    .values({
      mailbox_id: mailbox.id,
      agency_id: mailbox.agency_id,
      effective_on,
      reason,
      requested_by: userOf(actor),
      requested_at: now.toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await record(
    trx,
    actor,
    {
      action: 'mailbox.deletion-requested',
      sop: '4.11',
      item: mailboxItem(mailbox),
      after: { effective_on, reason },
    },
    now,
  );
  const ticket = await requestTicket(
    trx,
    actor,
    {
      agency_id: mailbox.agency_id,
      subject: `${mailbox.display_name} (${mailbox.primary_email})`,
      item_type: 'mailbox',
      item_id: mailbox.id,
      due_on: effective_on,
    },
    now,
  );
  return trx
    .updateTable('termination')
    .set({ ticket_id: ticket.id })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** N12, in one of its meanings. Returns the addresses mailed. */
export async function tellHelpdesk(
  trx: Trx,
  actor: Actor,
  notice: Parameters<typeof terminationNotice>[0],
  mailbox: Mailbox,
  termination: TerminationRow,
  environment: Environment,
  now: Date,
) {
  const { agency } = await postmasterOf(trx, mailbox.agency_id);
  const helpdesk = await helpdeskRecipients(trx, environment);
  return enqueue(
    trx,
    actor,
    helpdesk.map((to) => terminationNotice(notice, mailbox, termination, agency, to)),
    now,
  );
}

/**
 * SOP 4.11 on the day: no sign-in, out of every list, the addresses kept for the setting's days, state deleted; the owners hear (N14).
 * @returns the addresses mailed
 * @throws Conflict when it was carried out or withdrawn meanwhile
 */
export async function carryOut(trx: Trx, actor: Actor, mailbox: Mailbox, termination: TerminationRow, now: Date) {
  const { addressReservationDays } = await readSystemSettings(trx);
  const until = later(now, addressReservationDays * DAY);
  const addresses = await reserveAddresses(trx, mailbox, until);
  await endForGood(trx, mailbox, termination, addresses, now);
  await shutSignIn(trx, mailbox, 'deleted');
  const lists = await leaveLists(trx, actor, mailbox, { ending: 'deleted', termination_id: termination.id }, now);
  const item = mailboxItem(mailbox);
  const { effective_on, reason } = termination;
  const facts = { effective_on, reason, reserved_until: dayOf(until), ...listFacts(lists) };
  await record(
    trx,
    actor,
    {
      action: 'mailbox.deleted',
      sop: '4.11',
      item,
      before: { status: mailbox.status },
      after: { status: 'deleted', ...facts },
    },
    now,
  );
  await enqueueDirectoryJob(trx, actor, 'delete', item, now);
  const content = { termination, mailbox, ...listFacts(lists) };
  await fileRecord(
    trx,
    actor,
    { agencyId: mailbox.agency_id, sop: '4.11', title: 'record.mailbox-deleted', item, content },
    now,
  );
  const mailed = await enqueue(trx, actor, await mailsToOwners(trx, 'ended', mailbox, lists), now);
  return [...mailed, ...(await tellOfLists(trx, actor, mailbox, now))];
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
async function tellOfLists(trx: Trx, actor: Actor, mailbox: Mailbox, now: Date) {
  const alone = await listsOwnedAlone(trx, mailbox.id);
  if (alone.length === 0) return [];
  const administrators = await administratorsOf(trx, mailbox.agency_id);
  return enqueue(
    trx,
    actor,
    administrators.map((to) => listsLeftAlone(mailbox, alone, to)),
    now,
  );
}

/** The account does not end; the helpdesk hears. Lists that were handed over stay so. Returns the mailbox and the addresses mailed. */
export async function withdrawDeletion(db: Db, actor: Actor, id: number, environment: Environment, now: Date) {
  return change(db, actor, now, async (trx) => {
    const { termination, mailbox } = await openById(trx, actor, id);
    await trx
      .updateTable('termination')
      .set({ status: 'withdrawn', ended_by: actor.name })
      .where('id', '=', id)
      .execute();
    const item = mailboxItem(mailbox);
    const before = { effective_on: termination.effective_on };
    await record(
      trx,
      actor,
      { action: 'mailbox.deletion-withdrawn', sop: '4.11', item, before, after: { effective_on: null } },
      now,
    );
    await withdrawTicket(trx, actor, termination.ticket_id, now);
    const content = { termination: { ...termination, status: 'withdrawn', ended_by: actor.name } };
    await fileRecord(
      trx,
      actor,
      { agencyId: mailbox.agency_id, sop: '4.11', title: 'record.deletion-withdrawn', item, content },
      now,
    );
    const mailed = await tellHelpdesk(trx, actor, 'withdrawn', mailbox, termination, environment, now);
    return { mailboxId: mailbox.id, mailed };
  });
}

/** Another day for a requested end; today is at once. The helpdesk hears, and its ticket follows. */
export async function postponeDeletion(
  db: Db,
  actor: Actor,
  id: number,
  effective_on: string,
  environment: Environment,
  now: Date,
): Promise<Outcome & { mailboxId: number }> {
  return change(db, actor, now, async (trx) => {
    const { termination: before, mailbox } = await openById(trx, actor, id);
    refusePast(effective_on, now, 'effective_on');
    const termination = await trx
      .updateTable('termination')
      .set({ effective_on })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const item = mailboxItem(mailbox);
    await record(
      trx,
      actor,
      {
        action: 'mailbox.deletion-postponed',
        sop: '4.11',
        item,
        before: { effective_on: before.effective_on },
        after: { effective_on },
      },
      now,
    );
    await postponeTicket(trx, actor, termination.ticket_id, effective_on, now);
    const mailed = await tellHelpdesk(trx, actor, 'postponed', mailbox, termination, environment, now);
    if (effective_on > dayOf(now)) return { mailboxId: mailbox.id, carriedOut: false, mailed };
    const more = await carryOut(trx, actor, mailbox, termination, now);
    return { mailboxId: mailbox.id, carriedOut: true, mailed: [...mailed, ...more] };
  });
}

async function openById(trx: Trx, actor: Actor, id: number): Promise<{ termination: Termination; mailbox: Mailbox }> {
  const termination = await terminationById(trx, actor, id);
  if (termination === undefined) throw new NotFound();
  if (termination.status !== 'requested') throw new Conflict('life.isOver');
  return { termination, mailbox: await findMailbox(trx, actor, termination.mailbox_id) };
}
