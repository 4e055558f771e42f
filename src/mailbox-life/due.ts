import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { administratorsOf } from '../agencies/administrators.ts';
import { SYSTEM } from '../base/actor.ts';
import { daysAfter } from '../base/days.ts';
import { paced } from '../base/pace.ts';
import { dayOf } from '../base/time.ts';
import { type Act, inAct } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import type { Disabling } from '../mailboxes/planned.ts';
import { findMailbox } from '../mailboxes/queries.ts';
import { openBoxes } from '../tickets/checklist.ts';
import { findTicket, isUnfinished, UNFINISHED } from '../tickets/queries.ts';
import { calendarOf } from '../tickets/working-days/queries.ts';
import { type WorkCalendar, workingDayAfter } from '../tickets/working-days/working-time.ts';
import { audit } from '../trail/audit.ts';
import { mailboxItem, ticketItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { beginDisabling } from './disabling.ts';
import { endDisabling } from './enabling.ts';
import { untilReminder } from './mails.ts';
import { findDisabling, findTermination } from './queries.ts';
import { carryOut, tellHelpdesk } from './termination.ts';

/** An until-date is announced so many days before. */
export const REMINDED_BEFORE = 3;
/** What is still to be ended of an account is announced so many working days after. */
const REMINDED_AFTER = 2;

/**
 * Does one thing after the other, each in a transaction of its own, so that one that fails holds up no other. A database that is
 * never waited for lets nothing else have its turn: thousands that fall due together would hold all pages up.
 * @param work returns false when there is nothing to do (any more)
 * @returns how many were done
 */
export async function eachAlone(
  db: Db,
  now: Date,
  settings: Act['settings'],
  ids: { id: number }[],
  work: (act: Act, id: number) => Promise<boolean>,
) {
  let done = 0;
  const failures: Error[] = [];
  const breathe = paced();
  for (const { id } of ids) {
    try {
      const actor = { ...SYSTEM, act: randomUUID() };
      if (await inAct(db, { actor, now, settings }, (act) => work(act, id))) done += 1;
    } catch (error) {
      failures.push(new Error(`${id}: ${(error as Error).message}`, { cause: error }));
    }
    await breathe();
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map((each) => each.message).join('; '));
  return done;
}

/** SOP 4.9: what was planned to be disabled by today. A deleted mailbox waits: it may be restored. */
export async function dueDisablings(db: Db, now: Date, settings: Act['settings']) {
  const due = await db
    .selectFrom('disabling')
    .innerJoin('mailbox', 'mailbox.id', 'disabling.mailbox_id')
    .select('disabling.id')
    .where('disabling.status', '=', 'planned')
    .where('disabled_from', '<=', dayOf(now))
    .where('mailbox.status', '=', 'active')
    .orderBy('disabling.id')
    .execute();
  return eachAlone(db, now, settings, due, async (act, id) => {
    const disabling = await findDisabling(act.trx, act.actor, id);
    if (disabling?.status !== 'planned' || disabling.disabled_from > dayOf(now)) return false;
    const mailbox = await findMailbox(act.trx, act.actor, disabling.mailbox_id);
    if (mailbox.status !== 'active') return false;
    await beginDisabling(act, mailbox, disabling);
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
export async function dueEnablings(db: Db, now: Date, settings: Act['settings']) {
  const due = await inForceUntil(db, dayOf(now)).where('enable_by_itself', '=', 1).execute();
  return eachAlone(db, now, settings, due, async (act, id) => {
    const disabling = await findDisabling(act.trx, act.actor, id);
    if (disabling?.status !== 'in-force' || disabling.enable_by_itself !== 1) return false;
    if (disabling.disabled_until === null || disabling.disabled_until > dayOf(now)) return false;
    const mailbox = await findMailbox(act.trx, act.actor, disabling.mailbox_id);
    if (mailbox.status !== 'disabled') return false;
    await endDisabling(act, mailbox, 'as-before');
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
export async function dueReminders(db: Db, now: Date, settings: Act['settings']) {
  const today = dayOf(now);
  const near = await inForceUntil(db, daysAfter(today, REMINDED_BEFORE))
    .select(['disabled_until', 'reminded_at'])
    .where((eb) => eb.or([eb('reminded_at', 'is', null), eb('disabled_until', '<=', today)]))
    .execute();
  const due = near.filter((each) => reminderDue(each as Disabling, now) !== null);
  return eachAlone(db, now, settings, due, async (act, id) => {
    const disabling = await findDisabling(act.trx, act.actor, id);
    if (disabling?.status !== 'in-force') return false;
    const reminder = reminderDue(disabling, now);
    if (reminder === null) return false;
    const mailbox = await findMailbox(act.trx, act.actor, disabling.mailbox_id);
    await act.trx.updateTable('disabling').set({ reminded_at: now.toISOString() }).where('id', '=', id).execute();
    const after = { disabled_until: disabling.disabled_until };
    await audit(act, { action: 'mailbox.reminded', sop: '4.9', item: mailboxItem(mailbox), after });
    const administrators = await administratorsOf(act.trx, mailbox.agency_id);
    const mails = administrators.map((to) => untilReminder(mailbox, disabling, reminder === 'today', to));
    await enqueue(act, mails);
    return true;
  });
}

/** SOP 4.11: the accounts that were to end by today. */
export async function dueTerminations(db: Db, now: Date, settings: Act['settings']) {
  const due = await db
    .selectFrom('termination')
    .select('id')
    .where('status', '=', 'requested')
    .where('effective_on', '<=', dayOf(now))
    .orderBy('id')
    .execute();
  return eachAlone(db, now, settings, due, async (act, id) => {
    const termination = await findTermination(act.trx, act.actor, id);
    if (termination?.status !== 'requested' || termination.effective_on > dayOf(now)) return false;
    const mailbox = await findMailbox(act.trx, act.actor, termination.mailbox_id);
    await carryOut(act, mailbox, termination);
    return true;
  });
}

/** SOP 4.11: two working days after an account has ended, the helpdesk hears of the boxes that nobody has ticked yet. */
export async function dueOpenBoxes(db: Db, now: Date, settings: Act['settings']) {
  const ended = await db
    .selectFrom('ticket')
    .innerJoin('termination', 'termination.ticket_id', 'ticket.id')
    .innerJoin('agency', 'agency.id', 'termination.agency_id')
    .select(['termination.id', 'termination.carried_out_at', 'agency.state', 'ticket.content'])
    .where('ticket.status', 'in', UNFINISHED)
    .where(sql<boolean>`+termination.status = 'carried-out'`) // the plus: found by tickets in hand, not by all endings there ever were
    .where('termination.reminded_at', 'is', null)
    .orderBy('termination.id')
    .execute();
  const calendars = new Map<string, WorkCalendar>();
  for (const { state } of ended) if (!calendars.has(state)) calendars.set(state, await calendarOf(db, state));
  const due = ended.filter(({ carried_out_at, state, content }) => {
    const [calendar, at] = [calendars.get(state), dayOf(new Date(carried_out_at ?? now))];
    if (calendar === undefined || openBoxes({ content }).length === 0) return false;
    return workingDayAfter(at, REMINDED_AFTER, calendar) <= dayOf(now);
  });
  return eachAlone(db, now, settings, due, async (act, id) => {
    const termination = await findTermination(act.trx, act.actor, id);
    if (termination?.status !== 'carried-out' || termination.reminded_at !== null) return false;
    const ticket = await findTicket(act.trx, act.actor, termination.ticket_id ?? 0);
    const open = openBoxes(ticket);
    if (open.length === 0 || !isUnfinished(ticket)) return false;
    await act.trx.updateTable('termination').set({ reminded_at: now.toISOString() }).where('id', '=', id).execute();
    const after = Object.fromEntries(open.map((box) => [`box_${box}`, false]));
    await audit(act, { action: 'ticket.boxes-reminded', sop: '4.11', item: ticketItem(ticket), after });
    const mailbox = await findMailbox(act.trx, act.actor, termination.mailbox_id);
    await tellHelpdesk(act, 'stillOpen', mailbox, termination, open);
    return true;
  });
}
