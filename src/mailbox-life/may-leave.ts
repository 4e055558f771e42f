import { administratorsWithout } from '../agencies/administrators.ts';
import type { Actor } from '../base/actor.ts';
import { RuleBroken } from '../base/errors.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Mailbox } from '../mailboxes/queries.ts';
import { postmasterOf, roleOf } from './queries.ts';

/** Would the agency have nobody who approves anything without this person? */
export async function isLastAdministrator(db: Db | Trx, mailbox: Mailbox) {
  if ((await roleOf(db, mailbox)) !== 'admin') return false;
  return (await administratorsWithout(db, mailbox.agency_id, mailbox.user_id)) === 0;
}

/**
 * Nobody takes the own account away, and an agency's last administrator leaves only when that is meant.
 * @throws RuleBroken, beside `leave_without` for the last administrator
 */
export async function refuseLeaving(trx: Trx, actor: Actor, mailbox: Mailbox, leaveWithout: boolean) {
  if (actor.userId === mailbox.user_id) throw new RuleBroken('life.notSelf');
  if (leaveWithout || !(await isLastAdministrator(trx, mailbox))) return;
  const { agency } = await postmasterOf(trx, mailbox);
  throw new RuleBroken('administrator.last', { agency }, 'leave_without');
}
