import { acceptedSenders, findMailbox, type Mailbox, mailboxItem, setAcceptFrom } from '../mailboxes/mailbox.ts';
import { type Actor, userOf } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { enqueueDirectoryJob } from '../platform/directory.ts';
import { Conflict, RuleBroken } from '../platform/errors.ts';
import { enqueue } from '../platform/outbox.ts';
import { fileRecord } from '../platform/records.ts';
import type { Row } from '../platform/schema.ts';
import { dayOf, timeInWords } from '../platform/time.ts';
import { refusePast } from './days.ts';
import { leaveLists, listFacts, shutSignIn } from './leaving.ts';
import { mailsToOwners } from './mails.ts';
import { refuseLeaving } from './may-leave.ts';
import { openDisabling, postmasterOf } from './queries.ts';
import type { Reason } from './reasons.ts';

export type DisableOrder = {
  reason: Reason;
  /** YYYY-MM-DD in Kuala Lumpur; null is today. */
  disabled_from: string | null;
  disabled_until: string | null;
  description: string;
  restrict_senders: boolean;
  enable_by_itself: boolean;
  leave_without: boolean;
};

export type DisablingRow = Row<'disabling'>;
export type Period = Pick<DisablingRow, 'disabled_from' | 'disabled_until' | 'enable_by_itself'>;

/** What was done, and who was mailed: a later day is only planned. */
export type Outcome = { mailed: string[]; carriedOut: boolean };

/**
 * SOP 4.9. From today: at once; from a later day: planned, and `dueDisablings` does it then.
 * @throws NotFound; Conflict when it is disabled or planned to be; RuleBroken beside a field
 */
export async function disableMailbox(
  db: Db,
  actor: Actor,
  id: number,
  order: DisableOrder,
  now: Date,
): Promise<Outcome> {
  return change(db, actor, now, (trx) => disableMailboxWithin(trx, actor, id, order, now));
}

/** The same as a part of a larger change. */
export async function disableMailboxWithin(
  trx: Trx,
  actor: Actor,
  id: number,
  order: DisableOrder,
  now: Date,
): Promise<Outcome> {
  const mailbox = await findMailbox(trx, actor, id);
  await refuseTwice(trx, mailbox);
  await refuseLeaving(trx, actor, mailbox, order.leave_without);
  const disabling = await plan(trx, actor, mailbox, order, now);
  if (disabling.disabled_from <= dayOf(now))
    return { carriedOut: true, mailed: await beginDisabling(trx, actor, mailbox, disabling, now) };
  await record(
    trx,
    actor,
    { action: 'mailbox.disabling-planned', sop: '4.9', item: mailboxItem(mailbox), after: orderFacts(disabling) },
    now,
  );
  return { carriedOut: false, mailed: [] };
}

async function refuseTwice(trx: Trx, mailbox: Mailbox) {
  if (mailbox.status === 'deleted') throw new Conflict('life.isDeleted');
  const open = await openDisabling(trx, mailbox.id);
  if (open !== undefined)
    throw new Conflict(open.status === 'planned' ? 'life.isPlanned' : 'life.isDisabled', {
      name: open.by,
      time: timeInWords(open.ordered_at),
    });
  if (mailbox.status !== 'active') throw new Conflict('life.notActive');
}

async function plan(trx: Trx, actor: Actor, mailbox: Mailbox, order: DisableOrder, now: Date) {
  const disabled_from = order.disabled_from ?? dayOf(now);
  const { reason, description, disabled_until } = order;
  const enable_by_itself = Number(order.enable_by_itself);
  refusePast(disabled_from, now, 'disabled_from');
  checkPeriod({ disabled_from, disabled_until, enable_by_itself });
  return trx
    .insertInto('disabling')
    .values({
      mailbox_id: mailbox.id,
      agency_id: mailbox.agency_id,
      reason,
      description,
      disabled_from,
      disabled_until,
      restrict_senders: Number(order.restrict_senders),
      enable_by_itself,
      ordered_by: userOf(actor),
      ordered_at: now.toISOString(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** An end comes after its start. @throws RuleBroken beside `disabled_until` */
export function checkPeriod({ disabled_from, disabled_until, enable_by_itself }: Period) {
  if (disabled_until !== null && disabled_until <= disabled_from)
    throw new RuleBroken('life.untilTooEarly', {}, 'disabled_until');
  if (disabled_until === null && enable_by_itself === 1) throw new RuleBroken('life.untilNeeded', {}, 'disabled_until');
}

export function orderFacts(disabling: DisablingRow) {
  return {
    reason: disabling.reason,
    disabled_from: disabling.disabled_from,
    disabled_until: disabling.disabled_until,
    description: disabling.description,
    restrict_senders: disabling.restrict_senders === 1,
    enable_by_itself: disabling.enable_by_itself === 1,
  };
}

/**
 * SOP 4.9 steps 6 to 9, on the day: no sign-in, out of every list, mail from the postmaster alone; the owners hear (N9).
 * @returns the addresses mailed
 * @throws Conflict when it was begun or cancelled meanwhile
 */
export async function beginDisabling(trx: Trx, actor: Actor, mailbox: Mailbox, disabling: DisablingRow, now: Date) {
  await putInForce(trx, mailbox, disabling, now);
  await shutSignIn(trx, mailbox, 'disabled');
  const lists = await leaveLists(trx, actor, mailbox, { ending: 'disabled', disabling_id: disabling.id }, now);
  const item = mailboxItem(mailbox);
  const after = { status: 'disabled', ...orderFacts(disabling), ...listFacts(lists) };
  await record(trx, actor, { action: 'mailbox.disabled', sop: '4.9', item, before: { status: 'active' }, after }, now);
  if (disabling.restrict_senders === 1) await restrictSenders(trx, actor, mailbox, now);
  await enqueueDirectoryJob(trx, actor, 'disable', item, now);
  await fileRecord(
    trx,
    actor,
    {
      agencyId: mailbox.agency_id,
      sop: '4.9',
      title: 'record.mailbox-disabled',
      item,
      content: {
        disabling: { ...disabling, status: 'in-force', began_at: now.toISOString() },
        ...listFacts(lists),
      },
    },
    now,
  );
  return enqueue(trx, actor, await mailsToOwners(trx, 'disabled', mailbox, lists, disabling.disabled_until), now);
}

/** The conditions on both rows decide who is first. From whom the mailbox took mail is remembered. */
async function putInForce(trx: Trx, mailbox: Mailbox, disabling: DisablingRow, now: Date) {
  const senders = await acceptedSenders(trx, mailbox.id);
  const begun = await trx
    .updateTable('disabling')
    .set({
      status: 'in-force',
      began_at: now.toISOString(),
      previous_accept_from: mailbox.accept_from,
      previous_senders: JSON.stringify(senders),
    })
    .where('id', '=', disabling.id)
    .where('status', '=', 'planned')
    .executeTakeFirstOrThrow();
  const moved = await trx
    .updateTable('mailbox')
    .set((eb) => ({ status: 'disabled', version: eb('version', '+', 1) }))
    .where('id', '=', mailbox.id)
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow();
  if (begun.numUpdatedRows === 0n || moved.numUpdatedRows === 0n) throw new Conflict('life.notActive');
}

/** SOP 4.9 steps 7 and 8: Only sender from following list, and on it the agency's postmaster. */
async function restrictSenders(trx: Trx, actor: Actor, mailbox: Mailbox, now: Date) {
  const { postmaster } = await postmasterOf(trx, mailbox.agency_id);
  const before = { accept_from: mailbox.accept_from, senders: await acceptedSenders(trx, mailbox.id) };
  await setAcceptFrom(trx, mailbox, 'listed', [postmaster]);
  const after = { accept_from: 'listed', senders: [postmaster] };
  await record(
    trx,
    actor,
    { action: 'mailbox.senders-restricted', sop: '4.9', item: mailboxItem(mailbox), before, after },
    now,
  );
}
