import { type Actor, userOf } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { Conflict, RuleBroken } from '../platform/errors.ts';
import { endSessions } from '../platform/session.ts';
import { userItem } from '../sign-in/password.ts';
import { findStaff } from './people-queries.ts';

/** A member of the helpdesk may not sign in any more. Not oneself, and never the last one. @throws NotFound, Conflict, RuleBroken */
export async function disableStaff(db: Db, actor: Actor, id: number, now: Date) {
  if (id === userOf(actor)) throw new RuleBroken('staff.notSelf');
  return change(db, actor, now, async (trx) => {
    await moveStatus(trx, actor, id, 'active', now);
    if ((await activeStaff(trx)) === 0) throw new RuleBroken('staff.last');
    await endSessions(trx, id);
    await trx.deleteFrom('one_time_link').where('user_id', '=', id).execute();
  });
}

/** A member of the helpdesk may sign in again. @throws NotFound, Conflict */
export async function enableStaff(db: Db, actor: Actor, id: number, now: Date) {
  return change(db, actor, now, (trx) => moveStatus(trx, actor, id, 'disabled', now));
}

async function moveStatus(trx: Trx, actor: Actor, id: number, from: 'active' | 'disabled', now: Date) {
  const person = await findStaff(trx, id, now);
  const to = from === 'active' ? 'disabled' : 'active';
  const { numUpdatedRows } = await trx
    .updateTable('user')
    .set({ status: to })
    .where('id', '=', id)
    .where('status', '=', from)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Conflict(from === 'active' ? 'staff.isDisabled' : 'staff.isActive');
  const action = from === 'active' ? 'staff.disabled' : 'staff.enabled';
  await record(trx, actor, { action, item: userItem(person), before: { status: from }, after: { status: to } }, now);
}

/** How many of the helpdesk can sign in. */
async function activeStaff(trx: Trx) {
  const { count } = await trx
    .selectFrom('user')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('role', '=', 'helpdesk')
    .where('status', '=', 'active')
    .where('password_hash', 'is not', null)
    .executeTakeFirstOrThrow();
  return count;
}
