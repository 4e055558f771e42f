import type { Actor } from '../base/actor.ts';
import { refusePast } from '../base/days.ts';
import { Conflict, NotFound } from '../base/errors.ts';
import { dayOf, timeInWords } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { findMailbox } from '../mailboxes/queries.ts';
import { audit } from '../trail/audit.ts';
import { mailboxItem } from '../trail/items.ts';
import { beginDisabling, checkPeriod, type DisablingRow, type Outcome, type Period } from './disabling.ts';
import { findDisabling } from './queries.ts';

export type DisablingChanges = { disabled_from?: string; disabled_until?: string | null; enable_by_itself?: boolean };

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
