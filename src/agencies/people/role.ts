import { Conflict, RuleBroken } from '../../base/errors.ts';
import type { Act } from '../../data/act.ts';
import { audit } from '../../trail/audit.ts';
import { userItem } from '../../trail/items.ts';
import { enqueue } from '../../trail/outbox.ts';
import { endSessions } from '../../web/session.ts';
import { administratorsOf, administratorsWithout } from '../administrators.ts';
import { roleMails } from '../mails.ts';
import { agencyById } from '../queries.ts';
import { officerById, type Person } from './queries.ts';

/**
 * An officer of an agency becomes its administrator. Somebody without a mailbox whose role had been withdrawn can sign in again.
 * @returns the addresses mailed
 * @throws NotFound, or Conflict when the officer is one already or must be enabled by the agency first
 */
export async function grantRole(act: Act, id: number) {
  const before = await officerById(act.trx, id, act.now);
  if (before.role === 'admin') throw new Conflict('administrator.isAdmin');
  if (before.status === 'deleted' || (before.status === 'disabled' && before.has_mailbox))
    throw new Conflict('administrator.enableFirst');
  await act.trx.updateTable('user').set({ role: 'admin', status: 'active' }).where('id', '=', id).execute();
  return changed(act, 'administrator.granted', before);
}

/**
 * An administrator is an ordinary user from now on; without a mailbox there would be nothing left to do, so the sign-in is disabled.
 * @param leaveWithout the helpdesk knows that the agency has no administrator then
 * @returns the addresses mailed
 * @throws NotFound, Conflict when it is withdrawn already, or RuleBroken beside `leave_without`
 */
export async function withdrawRole(act: Act, id: number, leaveWithout: boolean) {
  const before = await officerById(act.trx, id, act.now);
  if (before.role !== 'admin') throw new Conflict('administrator.isUser');
  const left = await administratorsWithout(act.trx, before.agency_id, id);
  if (left === 0 && !leaveWithout)
    throw new RuleBroken('administrator.last', { agency: before.agency ?? '' }, 'leave_without');
  const status = before.has_mailbox ? before.status : 'disabled';
  await act.trx.updateTable('user').set({ role: 'user', status }).where('id', '=', id).execute();
  await act.trx.deleteFrom('one_time_link').where('user_id', '=', id).execute();
  return changed(act, 'administrator.withdrawn', before);
}

type RoleChange = 'administrator.granted' | 'administrator.withdrawn';

async function changed(act: Act, action: RoleChange, before: Person & { agency_id: number }) {
  await endSessions(act.trx, before.id);
  const after = await officerById(act.trx, before.id, act.now);
  const facts = ({ role, status }: Person) => ({ role, status });
  await audit(act, { action, item: userItem(after), before: facts(before), after: facts(after) });
  const agency = await agencyById(act.trx, before.agency_id);
  const others = (await administratorsOf(act.trx, agency.id)).filter(({ address }) => address !== after.email);
  return enqueue(act, roleMails(action, after, agency.name, others));
}
