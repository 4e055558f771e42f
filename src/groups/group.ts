import { addressTaken, checkAgencyAddress, claimAddress } from '../addresses/addresses.ts';
import { type Actor, agencyOf } from '../base/actor.ts';
import { Conflict, RuleBroken } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import { isTaken, type Trx } from '../data/database.ts';
import { together } from '../forms/together.ts';
import { audit } from '../trail/audit.ts';
import { groupItem } from '../trail/items.ts';
import type { Circular } from '../trail/outbox.ts';
import { fileRecord } from '../trail/records.ts';
import { announce } from './announce.ts';
import { type OwnersOfGroup, ownersChanged } from './mails.ts';
import { ownersOf } from './members/membership.ts';
import { findOwners, putOwners } from './members/owners.ts';
import { findGroup, type Group, groupById } from './queries.ts';

export type NewGroup = { display_name: string; primary_email: string; owners: string[] };

/**
 * The list, if it can still be changed.
 * @throws NotFound, or Conflict when it was deleted
 */
export async function activeGroup(trx: Trx, actor: Actor, id: number): Promise<Group> {
  const group = await findGroup(trx, actor, id);
  if (group.status === 'deleted') throw new Conflict('group.isDeleted', { list: group.display_name });
  return group;
}

/**
 * SOP 4.13: Create Group. The address is claimed in the one registry; its owners hear that they are.
 * @returns the list's id, and the addresses mailed
 * @throws RuleBroken beside `primary_email` or `owners`
 */
export async function createGroup(act: Act, input: NewGroup) {
  const { group, letters } = await makeGroup(act, input);
  return { id: group.id, mailed: await announce(act, letters) };
}

/** The same as a part of an act that tells everybody at its end. Returns the list and its letters. */
export async function makeGroup(act: Act, input: NewGroup): Promise<{ group: Group; letters: Circular[] }> {
  const agencyId = agencyOf(act.actor);
  const { display_name, primary_email } = input;
  const [id, ids] = await together(
    () => insertGroup(act, agencyId, input),
    () => findOwners(act.trx, { agency_id: agencyId }, input.owners),
  );
  const { owners, ...change } = await putOwners(act.trx, { id }, ids);
  const item = groupItem({ id, display_name, agency_id: agencyId });
  const after = { display_name, primary_email, owners };
  await audit(act, { action: 'group.created', sop: '4.13', item, after });
  const content = { ...after, created_by: act.actor.name };
  await fileRecord(act, { agencyId, sop: '4.13', title: 'record.group-created', item, content });
  const group = await groupById(act.trx, id);
  return { group, letters: ownersChanged([{ group, ...change }], act.actor) };
}

async function insertGroup({ trx, now }: Act, agencyId: number, { display_name, primary_email }: NewGroup) {
  await checkAgencyAddress(trx, agencyId, primary_email, 'primary_email');
  const { id } = await trx
    .insertInto('group')
    .values({ agency_id: agencyId, display_name, primary_email, created_at: now.toISOString() })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      if (!isTaken(error, 'group.primary_email')) throw error;
      throw addressTaken(primary_email, 'primary_email');
    });
  await claimAddress(trx, { address: primary_email, kind: 'group', agencyId, itemId: id }, 'primary_email');
  return id;
}

/**
 * SOP 4.11: a list that somebody who leaves owns goes to somebody else, as a part of the change that ends the account.
 * @returns who has become its owner and who is no longer, for `ownersChanged`
 * @throws RuleBroken when the new owner is not somebody else with an active mailbox of the list's agency
 */
export async function handOver(
  act: Act,
  groupId: number,
  fromMailboxId: number,
  toMailboxId: number,
): Promise<OwnersOfGroup> {
  const group = await findGroup(act.trx, act.actor, groupId);
  const heir = await act.trx
    .selectFrom('mailbox')
    .select('id')
    .where('id', '=', toMailboxId)
    .where('id', '!=', fromMailboxId)
    .where('agency_id', '=', group.agency_id)
    .where('status', '=', 'active')
    .executeTakeFirst();
  if (heir === undefined) throw new RuleBroken('group.heirUnfit', { list: group.display_name });
  const owners = await ownersOf(act.trx, [groupId]);
  const before = { owners: owners.map((owner) => owner.address) };
  await act.trx
    .deleteFrom('group_owner')
    .where('group_id', '=', groupId)
    .where('mailbox_id', '=', fromMailboxId)
    .execute();
  await act.trx
    .insertInto('group_owner')
    .values({ group_id: groupId, mailbox_id: toMailboxId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const present = await ownersOf(act.trx, [groupId]);
  const after = { owners: present.map((owner) => owner.address) };
  await audit(act, { action: 'group.handed-over', sop: '4.11', item: groupItem(group), before, after });
  return {
    group,
    came: present.filter((owner) => !owners.some((each) => each.mailbox_id === owner.mailbox_id)),
    went: owners.filter((owner) => owner.mailbox_id === fromMailboxId),
  };
}
