import { randomUUID } from 'node:crypto';
import { administratorsOf } from '../agencies/administrators.ts';
import { findMailbox, mailboxItem } from '../mailboxes/mailbox.ts';
import { type Actor, SYSTEM } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { enqueue } from '../platform/outbox.ts';
import { dayOf } from '../platform/time.ts';
import { daysAfter } from './days.ts';
import { beginDisabling } from './disabling.ts';
import { endDisabling } from './enabling.ts';
import { carryOut } from './ending.ts';
import { untilReminder } from './mails.ts';
import { type Disabling, disablingById, terminationById } from './queries.ts';

/** An until-date is announced so many days before. */
export const REMINDED_BEFORE = 3;

/**
 * Does one thing after the other, each in a transaction of its own, so that one that fails holds up no other.
 * @param work returns false when there is nothing to do (any more)
 * @returns how many were done
 */
export async function eachAlone(
  db: Db,
  now: Date,
  ids: { id: number }[],
  work: (trx: Trx, actor: Actor, id: number) => Promise<boolean>,
) {
  let done = 0;
  const failures: Error[] = [];
  for (const { id } of ids)
    try {
      const actor = { ...SYSTEM, act: randomUUID() };
      if (await change(db, actor, now, (trx) => work(trx, actor, id))) done += 1;
    } catch (error) {
      failures.push(new Error(`${id}: ${(error as Error).message}`, { cause: error }));
    }
  if (failures.length > 0) throw new AggregateError(failures, failures.map((each) => each.message).join('; '));
  return done;
}

/** SOP 4.9: what was planned to be disabled by today. A deleted mailbox waits: it may be restored. */
export async function dueDisablings(db: Db, now: Date) {
  const due = await db
    .selectFrom('disabling')
    .innerJoin('mailbox', 'mailbox.id', 'disabling.mailbox_id')
    .select('disabling.id')
    .where('disabling.status', '=', 'planned')
    .where('disabled_from', '<=', dayOf(now))
    .where('mailbox.status', '=', 'active')
    .orderBy('disabling.id')
    .execute();
  return eachAlone(db, now, due, async (trx, actor, id) => {
    const disabling = await disablingById(trx, actor, id);
    if (disabling?.status !== 'planned' || disabling.disabled_from > dayOf(now)) return false;
    const mailbox = await findMailbox(trx, actor, disabling.mailbox_id);
    if (mailbox.status !== 'active') return false;
    await beginDisabling(trx, actor, mailbox, disabling, now);
    return true;
  });
}

function inForceUntil(db: Db, day: string) {
  return db
    .selectFrom('disabling')
    .innerJoin('mailbox', 'mailbox.id', 'disabling.mailbox_id')
    .select('disabling.id')
    .where('disabling.status', '=', 'in-force')
    .where('disabled_until', '<=', day)
    .where('mailbox.status', '=', 'disabled')
    .orderBy('disabling.id');
}

/** SOP 4.10 by itself, where the box was ticked, on the day until which it was disabled. */
export async function dueEnablings(db: Db, now: Date) {
  const due = await inForceUntil(db, dayOf(now)).where('enable_by_itself', '=', 1).execute();
  return eachAlone(db, now, due, async (trx, actor, id) => {
    const disabling = await disablingById(trx, actor, id);
    if (disabling?.status !== 'in-force' || disabling.enable_by_itself !== 1) return false;
    if (disabling.disabled_until === null || disabling.disabled_until > dayOf(now)) return false;
    const mailbox = await findMailbox(trx, actor, disabling.mailbox_id);
    if (mailbox.status !== 'disabled') return false;
    await endDisabling(trx, actor, mailbox, 'as-before', now);
    return true;
  });
}

/** Which reminder of its until-date a disabling still needs today: once before, once on the day. */
function reminderDue({ disabled_until, reminded_at }: Disabling, now: Date): 'before' | 'today' | null {
  const today = dayOf(now);
  if (disabled_until === null || today < daysAfter(disabled_until, -REMINDED_BEFORE)) return null;
  if (today < disabled_until) return reminded_at === null ? 'before' : null;
  return reminded_at === null || dayOf(new Date(reminded_at)) < disabled_until ? 'today' : null;
}

/** N10: three days before an account's until-date, and on the day when it is not enabled by itself, the administrators hear. */
export async function dueReminders(db: Db, now: Date) {
  const today = dayOf(now);
  const near = await inForceUntil(db, daysAfter(today, REMINDED_BEFORE))
    .select(['disabled_until', 'reminded_at'])
    .where((eb) => eb.or([eb('reminded_at', 'is', null), eb('disabled_until', '<=', today)]))
    .execute();
  const due = near.filter((each) => reminderDue(each as Disabling, now) !== null);
  return eachAlone(db, now, due, async (trx, actor, id) => {
    const disabling = await disablingById(trx, actor, id);
    if (disabling?.status !== 'in-force') return false;
    const reminder = reminderDue(disabling, now);
    if (reminder === null) return false;
    const mailbox = await findMailbox(trx, actor, disabling.mailbox_id);
    await trx.updateTable('disabling').set({ reminded_at: now.toISOString() }).where('id', '=', id).execute();
    const after = { disabled_until: disabling.disabled_until };
    await record(trx, actor, { action: 'mailbox.reminded', sop: '4.9', item: mailboxItem(mailbox), after }, now);
    const administrators = await administratorsOf(trx, mailbox.agency_id);
    const mails = administrators.map((to) => untilReminder(mailbox, disabling, reminder === 'today', to));
    await enqueue(trx, actor, mails, now);
    return true;
  });
}

/** SOP 4.11: the accounts that were to end by today. */
export async function dueTerminations(db: Db, now: Date) {
  const due = await db
    .selectFrom('termination')
    .select('id')
    .where('status', '=', 'requested')
    .where('effective_on', '<=', dayOf(now))
    .orderBy('id')
    .execute();
  return eachAlone(db, now, due, async (trx, actor, id) => {
    const termination = await terminationById(trx, actor, id);
    if (termination?.status !== 'requested' || termination.effective_on > dayOf(now)) return false;
    const mailbox = await findMailbox(trx, actor, termination.mailbox_id);
    await carryOut(trx, actor, mailbox, termination, now);
    return true;
  });
}
