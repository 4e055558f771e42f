import { Conflict } from '../base/errors.ts';
import { DAY, later } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import { audit } from '../trail/audit.ts';
import { groupItem } from '../trail/items.ts';
import type { Circular } from '../trail/outbox.ts';
import { fileRecord } from '../trail/records.ts';
import { announce } from './announce.ts';
import { closeRequests } from './change-requests/answering.ts';
import { groupDeleted, membersRemoved } from './mails.ts';
import { leave, ownersOf } from './members/membership.ts';
import { aliasesOf, allMembers, findGroup, type Group, parentsOf } from './queries.ts';

const RECORDED = 100;

/**
 * SOP 4.17: ends a list. Nobody is in it any more, it is in no other list, its addresses stay reserved for the time that
 * the helpdesk has set, its owners and members get N15.
 * @returns the addresses mailed
 * @throws NotFound, or Conflict when it was deleted already
 */
export async function deleteGroup(act: Act, id: number) {
  const group = await findGroup(act.trx, act.actor, id);
  await end(act.trx, group);
  const owners = await ownersOf(act.trx, [id]);
  const parents = await parentsOf(act.trx, group);
  const members = await allMembers(act.trx, group);
  const facts = {
    display_name: group.display_name,
    primary_email: group.primary_email,
    aliases: await aliasesOf(act.trx, group),
    owners: owners.map((owner) => owner.address),
    count: members.length,
    members: members.slice(0, RECORDED).map((member) => member.address),
    member_of: parents.map((parent) => parent.primary_email),
  };
  await emptyOut(act, id);
  await reserveAddresses(act.trx, id, act.now);
  const item = groupItem(group);
  const letters = groupDeleted(group, owners, act.actor, members);
  const [toOwners, toMembers] = letters;
  const after = { owners_mailed: toOwners.to.length, members_mailed: toMembers.to.length };
  await audit(act, { action: 'group.deleted', sop: '4.17', item, before: facts, after });
  const content = { ...facts, deleted_by: act.actor.name };
  await fileRecord(act, { agencyId: group.agency_id, sop: '4.17', title: 'record.group-deleted', item, content });
  const asked = await closeRequests(act, group);
  return announce(act, [...letters, ...(await leaveParents(act, group, parents)), ...asked]);
}

/** The condition on the status decides who is first. */
async function end(trx: Trx, group: Group) {
  const { numUpdatedRows } = await trx
    .updateTable('group')
    .set((eb) => ({ status: 'deleted', version: eb('version', '+', 1) }))
    .where('id', '=', group.id)
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Conflict('group.isDeleted', { list: group.display_name });
}

/** One statement, however long the list is. */
async function emptyOut(act: Act, id: number) {
  await act.trx
    .updateTable('membership')
    .set({ until: act.now.toISOString(), ended_by: act.actor.name, ending: 'list-deleted' })
    .where('group_id', '=', id)
    .where('until', 'is', null)
    .execute();
}

async function reserveAddresses(trx: Trx, id: number, now: Date) {
  const { addressReservationDays } = await readSystemSettings(trx);
  await trx
    .updateTable('address')
    .set({ kind: 'reserved', reserved_until: later(now, addressReservationDays * DAY).toISOString() })
    .where('kind', '=', 'group')
    .where('item_id', '=', id)
    .execute();
}

/** The lists that it was in lose a member: that stands in their history, and their owners hear of it (N14). */
async function leaveParents(act: Act, group: Group, parents: Group[]) {
  const member = { type: 'group' as const, id: group.id, name: group.display_name, address: group.primary_email };
  const letters: Circular[] = [];
  for (const parent of parents) {
    await leave(act, parent.id, [member], { ending: 'list-deleted' });
    const after = { count: 1, members: [group.primary_email] };
    await audit(act, { action: 'group.members-removed', sop: '4.17', item: groupItem(parent), after });
    letters.push(...membersRemoved(parent, await ownersOf(act.trx, [parent.id]), act.actor, [member]));
  }
  return letters;
}
