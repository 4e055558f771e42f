import { type Actor, userOf } from '../base/actor.ts';
import { refusePast } from '../base/days.ts';
import { Conflict, NotFound, RuleBroken } from '../base/errors.ts';
import { dayOf, timeInWords } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { together } from '../forms/together.ts';
import { setAcceptFrom } from '../mailboxes/mailbox.ts';
import { openDisabling } from '../mailboxes/planned.ts';
import { acceptedSenders, findMailbox, type Mailbox } from '../mailboxes/queries.ts';
import { type AttachedFile, attachFiles } from '../trail/attachments.ts';
import { audit } from '../trail/audit.ts';
import { mailboxItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { fileRecord } from '../trail/records.ts';
import { groupFacts, leaveGroups, shutSignIn } from './leaving.ts';
import { mailsToOwners } from './mails.ts';
import { refuseLeaving } from './may-leave.ts';
import { findDisabling, postmasterOf } from './queries.ts';

/** SOP 4.9 step 4: why an account may be disabled. */
export const REASONS = [
  'study_leave',
  'unpaid_leave',
  'transfer',
  'retirement',
  'end_of_contract',
  'disciplinary',
  'security_investigation',
  'death',
  'other',
] as const;

export type Reason = (typeof REASONS)[number];

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
type Period = Pick<DisablingRow, 'disabled_from' | 'disabled_until' | 'enable_by_itself'>;

/** What was done, and who was mailed: a later day is only planned. */
export type Outcome = { mailed: string[]; carriedOut: boolean };

/**
 * SOP 4.9. From today: at once; from a later day: planned, and `dueDisablings` does it then.
 * @throws NotFound; Conflict when it is disabled or planned to be; RuleBroken beside a field
 */
export async function disableMailbox(
  act: Act,
  id: number,
  order: DisableOrder,
  files: readonly AttachedFile[] = [],
): Promise<Outcome> {
  const mailbox = await findMailbox(act.trx, act.actor, id);
  await refuseTwice(act.trx, mailbox);
  const dated = {
    ...order,
    disabled_from: order.disabled_from ?? dayOf(act.now),
    enable_by_itself: Number(order.enable_by_itself),
  };
  await together(
    () => refusePast(dated.disabled_from, act.now, 'disabled_from'),
    () => checkPeriod(dated),
    () => refuseLeaving(act.trx, act.actor, mailbox, order.leave_without),
  );
  const disabling = await plan(act, mailbox, dated);
  await attachFiles(act, { kind: 'disabling', id: disabling.id }, mailboxItem(mailbox), files, '4.9');
  if (disabling.disabled_from <= dayOf(act.now))
    return { carriedOut: true, mailed: await beginDisabling(act, mailbox, disabling) };
  await audit(act, {
    action: 'mailbox.disabling-planned',
    sop: '4.9',
    item: mailboxItem(mailbox),
    after: orderFacts(disabling),
  });
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

async function plan(act: Act, mailbox: Mailbox, order: Omit<DisableOrder, keyof Period> & Period) {
  const { reason, description, disabled_from, disabled_until, enable_by_itself } = order;
  return act.trx
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
      ordered_by: userOf(act.actor),
      ordered_at: act.now.toISOString(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** An end comes after its start. @throws RuleBroken beside `disabled_until` */
function checkPeriod({ disabled_from, disabled_until, enable_by_itself }: Period) {
  if (disabled_until !== null && disabled_until <= disabled_from)
    throw new RuleBroken('life.untilTooEarly', {}, 'disabled_until');
  if (disabled_until === null && enable_by_itself === 1) throw new RuleBroken('life.untilNeeded', {}, 'disabled_until');
}

function orderFacts(disabling: DisablingRow) {
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
export async function beginDisabling(act: Act, mailbox: Mailbox, disabling: DisablingRow) {
  await putInForce(act.trx, mailbox, disabling, act.now);
  await shutSignIn(act.trx, mailbox, 'disabled');
  const groups = await leaveGroups(act, mailbox, { ending: 'disabled', disabling_id: disabling.id });
  const item = mailboxItem(mailbox);
  const mailed = await enqueue(
    act,
    await mailsToOwners(act.trx, 'disabled', mailbox, groups, disabling.disabled_until),
  );
  const after = { status: 'disabled', ...orderFacts(disabling), ...groupFacts(groups), mailed };
  await audit(act, { action: 'mailbox.disabled', sop: '4.9', item, before: { status: 'active' }, after });
  if (disabling.restrict_senders === 1) await restrictSenders(act, mailbox);
  await fileRecord(act, {
    agencyId: mailbox.agency_id,
    sop: '4.9',
    title: 'record.mailbox-disabled',
    item,
    content: {
      disabling: { ...disabling, status: 'in-force', began_at: act.now.toISOString() },
      ...groupFacts(groups),
    },
    attachedTo: { kind: 'disabling', id: disabling.id },
  });
  return mailed;
}

/** The conditions on both rows decide who is first. From whom the mailbox took mail is remembered. */
async function putInForce(trx: Trx, mailbox: Mailbox, disabling: DisablingRow, now: Date) {
  const senders = await acceptedSenders(trx, mailbox);
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
async function restrictSenders(act: Act, mailbox: Mailbox) {
  const { postmaster } = await postmasterOf(act.trx, mailbox);
  const before = { accept_from: mailbox.accept_from, senders: await acceptedSenders(act.trx, mailbox) };
  await setAcceptFrom(act.trx, mailbox, 'listed', [postmaster]);
  const after = { accept_from: 'listed', senders: [postmaster] };
  await audit(act, { action: 'mailbox.senders-restricted', sop: '4.9', item: mailboxItem(mailbox), before, after });
}

type DisablingChanges = { disabled_from?: string; disabled_until?: string | null; enable_by_itself?: boolean };

/**
 * Another day for what is planned, or another until-date for what is in force. A start that is moved to today begins at once.
 * @throws NotFound; Conflict when it is over; RuleBroken beside a field
 */
export async function changeDisabling(
  act: Act,
  id: number,
  changes: DisablingChanges,
): Promise<Outcome & { mailboxId: number }> {
  const { before, mailbox } = await openById(act.trx, act.actor, id);
  const after = periodAfter(before, changes, act.now);
  const reminded_at = after.disabled_until === before.disabled_until ? before.reminded_at : null;
  await act.trx
    .updateTable('disabling')
    .set({ ...after, reminded_at })
    .where('id', '=', id)
    .execute();
  const facts = ({ disabled_from, disabled_until, enable_by_itself }: Period) => ({
    disabled_from,
    disabled_until,
    enable_by_itself: enable_by_itself === 1,
  });
  await audit(act, {
    action: 'mailbox.disabling-changed',
    sop: '4.9',
    item: mailboxItem(mailbox),
    before: facts(before),
    after: facts(after),
  });
  if (before.status === 'in-force' || after.disabled_from > dayOf(act.now))
    return { mailboxId: mailbox.id, carriedOut: false, mailed: [] };
  const mailed = await beginDisabling(act, mailbox, { ...before, ...after });
  return { mailboxId: mailbox.id, carriedOut: true, mailed };
}

function periodAfter(before: DisablingRow, changes: DisablingChanges, now: Date): Period {
  const planned = before.status === 'planned';
  const after: Period = {
    disabled_from: planned ? (changes.disabled_from ?? before.disabled_from) : before.disabled_from,
    disabled_until: changes.disabled_until === undefined ? before.disabled_until : changes.disabled_until,
    enable_by_itself:
      changes.enable_by_itself === undefined ? before.enable_by_itself : Number(changes.enable_by_itself),
  };
  if (planned) refusePast(after.disabled_from, now, 'disabled_from');
  else if (after.disabled_until !== null && after.disabled_until !== before.disabled_until)
    refusePast(after.disabled_until, now, 'disabled_until');
  checkPeriod(after);
  return after;
}

/** What was planned does not happen. @throws NotFound, or Conflict when it is in force or over */
export async function cancelDisabling(act: Act, id: number) {
  const { before, mailbox } = await openById(act.trx, act.actor, id);
  if (before.status !== 'planned')
    throw new Conflict('life.isDisabled', { name: before.by, time: timeInWords(before.ordered_at) });
  await act.trx
    .updateTable('disabling')
    .set({ status: 'cancelled', ended_at: act.now.toISOString() })
    .where('id', '=', id)
    .execute();
  await audit(act, {
    action: 'mailbox.disabling-cancelled',
    sop: '4.9',
    item: mailboxItem(mailbox),
    before: { disabled_from: before.disabled_from },
    after: { disabled_from: null },
  });
  return mailbox.id;
}

async function openById(trx: Trx, actor: Actor, id: number) {
  const before = await findDisabling(trx, actor, id);
  if (before === undefined) throw new NotFound();
  if (before.status !== 'planned' && before.status !== 'in-force') throw new Conflict('life.isOver');
  return { before, mailbox: await findMailbox(trx, actor, before.mailbox_id) };
}
