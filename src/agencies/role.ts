import type { Actor } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { Conflict, RuleBroken } from '../platform/errors.ts';
import { enqueue } from '../platform/outbox.ts';
import { endSessions } from '../platform/session.ts';
import { userItem } from '../sign-in/password.ts';
import { administratorsOf, administratorsWithout } from './administrators.ts';
import { roleMails } from './mails.ts';
import { findOfficer, type Person } from './people-queries.ts';
import { findAgency } from './queries.ts';

/**
 * An officer of an agency becomes its administrator. Somebody without a mailbox whose role had been withdrawn can sign in again.
 * @returns the addresses mailed
 * @throws NotFound, or Conflict when the officer is one already or must be enabled by the agency first
 */
export async function grantRole(db: Db, actor: Actor, id: number, now: Date) {
  return change(db, actor, now, async (trx) => {
    const before = await findOfficer(trx, id, now);
    if (before.role === 'admin') throw new Conflict('administrator.isAdmin');
    if (before.status === 'deleted' || (before.status === 'disabled' && before.has_mailbox))
      throw new Conflict('administrator.enableFirst');
    await trx.updateTable('user').set({ role: 'admin', status: 'active' }).where('id', '=', id).execute();
    return changed(trx, actor, 'administrator.granted', before, now);
  });
}

/**
 * An administrator is an ordinary user from now on; without a mailbox there would be nothing left to do, so the sign-in is disabled.
 * @param leaveWithout the helpdesk knows that the agency has no administrator then
 * @returns the addresses mailed
 * @throws NotFound, Conflict when it is withdrawn already, or RuleBroken beside `leave_without`
 */
export async function withdrawRole(db: Db, actor: Actor, id: number, leaveWithout: boolean, now: Date) {
  return change(db, actor, now, async (trx) => {
    const before = await findOfficer(trx, id, now);
    if (before.role !== 'admin') throw new Conflict('administrator.isUser');
    const left = await administratorsWithout(trx, before.agency_id, id);
    if (left === 0 && !leaveWithout)
      throw new RuleBroken('administrator.last', { agency: before.agency ?? '' }, 'leave_without');
    const status = before.has_mailbox ? before.status : 'disabled';
    await trx.updateTable('user').set({ role: 'user', status }).where('id', '=', id).execute();
    await trx.deleteFrom('one_time_link').where('user_id', '=', id).execute();
    return changed(trx, actor, 'administrator.withdrawn', before, now);
  });
}

type RoleChange = 'administrator.granted' | 'administrator.withdrawn';

async function changed(trx: Trx, actor: Actor, action: RoleChange, before: Person & { agency_id: number }, now: Date) {
  await endSessions(trx, before.id);
  const after = await findOfficer(trx, before.id, now);
  const facts = ({ role, status }: Person) => ({ role, status });
  await record(trx, actor, { action, item: userItem(after), before: facts(before), after: facts(after) }, now);
  const agency = await findAgency(trx, before.agency_id);
  const others = (await administratorsOf(trx, agency.id)).filter(({ address }) => address !== after.email);
  return enqueue(trx, actor, roleMails(action, after, agency.name, others), now);
}
