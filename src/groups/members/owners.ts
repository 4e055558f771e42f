import { RuleBroken } from '../../base/errors.ts';
import type { Trx } from '../../data/database.ts';
import type { Group } from '../queries.ts';
import { findAddressees } from './addressees.ts';
import { ownersOf } from './membership.ts';

/** Owners as they are now, and who came and went. */
export type OwnersChange = { owners: string[]; came: Owners; went: Owners };
type Owners = Awaited<ReturnType<typeof ownersOf>>;

/** The addresses of a list's owners, in the order of their names. */
export async function ownerAddresses(trx: Trx, groupId: number) {
  return (await ownersOf(trx, [groupId])).map((owner) => owner.address);
}

/**
 * Who is to own a list: those of these who own it already stay, also with a mailbox that is not active now.
 * @param before who owns it now; nobody, of one that is being made
 * @throws RuleBroken beside `owners`: each who cannot, or when none could look after the list
 */
export async function findOwners(
  trx: Trx,
  group: Pick<Group, 'agency_id'>,
  addresses: string[],
  before: Owners = [],
): Promise<number[]> {
  const kept = before.filter((owner) => addresses.includes(owner.address));
  const others = addresses.filter((address) => !kept.some((owner) => owner.address === address));
  const found = await findAddressees(trx, group, others, ['mailbox'], 'owners');
  if (found.length === 0 && !kept.some((owner) => owner.status === 'active'))
    throw new RuleBroken('group.ownerNeeded', {}, 'owners');
  return [...new Set([...kept.map((owner) => owner.mailbox_id), ...found.map((owner) => owner.id)])];
}

/** Makes these the owners of a list. @param ids their mailboxes, as `findOwners` has them */
export async function putOwners(
  trx: Trx,
  group: Pick<Group, 'id'>,
  ids: number[],
  before: Owners = [],
): Promise<OwnersChange> {
  await trx.deleteFrom('group_owner').where('group_id', '=', group.id).where('mailbox_id', 'not in', ids).execute();
  await trx
    .insertInto('group_owner')
    .values(ids.map((mailbox_id) => ({ group_id: group.id, mailbox_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const after = await ownersOf(trx, [group.id]);
  return {
    owners: after.map((owner) => owner.address),
    came: after.filter((owner) => !before.some((each) => each.mailbox_id === owner.mailbox_id)),
    went: before.filter((owner) => !ids.includes(owner.mailbox_id)),
  };
}

/**
 * Other owners of a list that is there.
 * @returns their addresses, who has become an owner and who is one no longer
 * @throws RuleBroken beside `owners`: at least one must be able to look after the list
 */
export async function setOwners(trx: Trx, group: Pick<Group, 'id' | 'agency_id'>, addresses: string[]) {
  const before = await ownersOf(trx, [group.id]);
  return putOwners(trx, group, await findOwners(trx, group, addresses, before), before);
}
