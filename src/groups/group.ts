import type { Actor } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import type { Trx } from '../platform/database.ts';
import { enqueueDirectoryJob } from '../platform/directory.ts';
import { RuleBroken } from '../platform/errors.ts';
import { ownersOf } from './membership.ts';
import type { Group } from './queries.ts';
import { findGroup } from './queries.ts';

export type { Group } from './queries.ts';
export { findGroup, listsOwnedAlone } from './queries.ts';

export function groupItem(group: Pick<Group, 'id' | 'display_name' | 'agency_id'>) {
  return { type: 'group' as const, id: group.id, name: group.display_name, agencyId: group.agency_id };
}

/**
 * SOP 4.11: a list that somebody who leaves owns goes to somebody else, as a part of the change that ends the account.
 * @throws RuleBroken when the new owner is not somebody else with an active mailbox of the list's agency
 */
export async function handOver(
  trx: Trx,
  actor: Actor,
  groupId: number,
  fromMailboxId: number,
  toMailboxId: number,
  now: Date,
) {
  const group = await findGroup(trx, actor, groupId);
  const heir = await trx
    .selectFrom('mailbox')
    .select('id')
    .where('id', '=', toMailboxId)
    .where('id', '!=', fromMailboxId)
    .where('agency_id', '=', group.agency_id)
    .where('status', '=', 'active')
    .executeTakeFirst();
  if (heir === undefined) throw new RuleBroken('group.heirUnfit', { list: group.display_name });
  const before = await ownersOf(trx, [groupId]);
  await trx
    .deleteFrom('group_owner')
    .where('group_id', '=', groupId)
    .where('mailbox_id', '=', fromMailboxId)
    .execute();
  await trx
    .insertInto('group_owner')
    .values({ group_id: groupId, mailbox_id: toMailboxId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const addresses = (owners: typeof before) => owners.map((owner) => owner.address);
  await record(
    trx,
    actor,
    {
      action: 'group.handed-over',
      sop: '4.11',
      item: groupItem(group),
      before: { owners: addresses(before) },
      after: { owners: addresses(await ownersOf(trx, [groupId])) },
    },
    now,
  );
  await enqueueDirectoryJob(trx, actor, 'update', groupItem(group), now);
}
