import type { Actor } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { enqueueDirectoryJob } from '../platform/directory.ts';
import { Conflict } from '../platform/errors.ts';
import { fileRecord } from '../platform/records.ts';
import { readSystemSettings } from '../platform/system-settings.ts';
import { DAY, later } from '../platform/time.ts';
import { announce } from './announce.ts';
import { findGroup, type Group, groupItem } from './group.ts';
import { groupDeleted, membersRemoved } from './mails.ts';
import { leave, ownersOf } from './membership.ts';
import { aliasesOf, countMembers, firstMembers, listsAround } from './queries.ts';

const RECORDED = 100;

/**
 * SOP 4.17: ends a list. Nobody is in it any more, it is in no other list, its addresses stay reserved for the time that
 * the helpdesk has set, its owners get N15.
 * @returns the addresses mailed
 * @throws NotFound, or Conflict when it was deleted already
 */
export async function deleteGroup(db: Db, actor: Actor, id: number, now: Date) {
  return change(db, actor, now, async (trx) => {
    const group = await findGroup(trx, actor, id);
    await end(trx, group);
    const owners = await ownersOf(trx, [id]);
    const lists = await listsAround(trx, id);
    const facts = {
      display_name: group.display_name,
      primary_email: group.primary_email,
      aliases: await aliasesOf(trx, id),
      owners: owners.map((owner) => owner.address),
      count: await countMembers(trx, id),
      members: (await firstMembers(trx, id, RECORDED)).map((member) => member.member_address),
      member_of: lists.map((list) => list.primary_email),
    };
    await emptyOut(trx, actor, id, now);
    await reserveAddresses(trx, id, now);
    const item = groupItem(group);
    await record(trx, actor, { action: 'group.deleted', sop: '4.17', item, before: facts }, now);
    const content = { ...facts, deleted_by: actor.name };
    await fileRecord(
      trx,
      actor,
      { agencyId: group.agency_id, sop: '4.17', title: 'record.group-deleted', item, content },
      now,
    );
    await closeRequests(trx, actor, id, now);
    await enqueueDirectoryJob(trx, actor, 'delete', item, now);
    const told = await leaveLists(trx, actor, group, lists, now);
    return [
      ...new Set([...(await announce(trx, actor, groupDeleted(group, owners, actor, facts.count), now)), ...told]),
    ];
  });
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
async function emptyOut(trx: Trx, actor: Actor, id: number, now: Date) {
  await trx
    .updateTable('membership')
    .set({ until: now.toISOString(), ended_by: actor.name, ending: 'list-deleted' })
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

/** What its owners have asked for has no object any more. */
async function closeRequests(trx: Trx, actor: Actor, id: number, now: Date) {
  await trx
    .updateTable('list_change_request')
    .set({ status: 'refused', decided_by: actor.userId, decided_at: now.toISOString() })
    .where('group_id', '=', id)
    .where('status', '=', 'requested')
    .execute();
}

/** The lists that it was in lose a member: that stands in their history, and their owners hear of it (N14). */
async function leaveLists(trx: Trx, actor: Actor, group: Group, lists: Group[], now: Date) {
  const member = { type: 'group' as const, id: group.id, name: group.display_name, address: group.primary_email };
  const told: string[] = [];
  for (const list of lists) {
    await leave(trx, actor, list.id, [member], { ending: 'list-deleted' }, now);
    const after = { count: 1, members: [group.primary_email] };
    await record(trx, actor, { action: 'group.members-removed', sop: '4.17', item: groupItem(list), after }, now);
    await enqueueDirectoryJob(trx, actor, 'members', groupItem(list), now);
    told.push(
      ...(await announce(trx, actor, membersRemoved(list, await ownersOf(trx, [list.id]), actor, [member]), now)),
    );
  }
  return told;
}
