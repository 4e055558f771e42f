import { userOf } from '../../base/actor.ts';
import { Conflict, RuleBroken } from '../../base/errors.ts';
import type { Act } from '../../data/act.ts';
import type { Trx } from '../../data/database.ts';
import { audit } from '../../trail/audit.ts';
import { userItem } from '../../trail/items.ts';
import { endSessions } from '../../web/session.ts';
import { staffById } from './queries.ts';

/** A member of the helpdesk may not sign in any more. Not oneself, and never the last one. @throws NotFound, Conflict, RuleBroken */
export async function disableStaff(act: Act, id: number) {
  if (id === userOf(act.actor)) throw new RuleBroken('staff.notSelf');
  await moveStatus(act, id, 'active');
  if ((await activeStaff(act.trx)) === 0) throw new RuleBroken('staff.last');
  await endSessions(act.trx, id);
  await act.trx.deleteFrom('one_time_link').where('user_id', '=', id).execute();
}

/** A member of the helpdesk may sign in again. @throws NotFound, Conflict */
export async function enableStaff(act: Act, id: number) {
  return moveStatus(act, id, 'disabled');
}

async function moveStatus(act: Act, id: number, from: 'active' | 'disabled') {
  const person = await staffById(act.trx, id, act.now);
  const to = from === 'active' ? 'disabled' : 'active';
  const { numUpdatedRows } = await act.trx
    .updateTable('user')
    .set({ status: to })
    .where('id', '=', id)
    .where('status', '=', from)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Conflict(from === 'active' ? 'staff.isDisabled' : 'staff.isActive');
  const action = from === 'active' ? 'staff.disabled' : 'staff.enabled';
  await audit(act, { action, item: userItem(person), before: { status: from }, after: { status: to } });
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
