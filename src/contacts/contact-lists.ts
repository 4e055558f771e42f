import { changeSender } from '../groups/allowed-senders.ts';
import { groupItem, touch } from '../groups/group.ts';
import { contactLeaves } from '../groups/membership.ts';
import type { Actor } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import type { Trx } from '../platform/database.ts';
import { enqueueDirectoryJob } from '../platform/directory.ts';
import { type Contact, listsWith } from './queries.ts';

/**
 * Takes a contact that is deleted out of every list of every agency; each list's history says so. It may not send to any
 * list any more either: its address can be somebody else's tomorrow.
 * @returns how many lists there were
 */
export async function leaveContactLists(trx: Trx, actor: Actor, contact: Contact, now: Date) {
  const lists = await listsWith(trx, contact.id);
  await contactLeaves(trx, actor, contact.id, now);
  for (const list of lists) {
    const item = groupItem(list);
    const after = { count: 1, members: [contact.email] };
    await record(trx, actor, { action: 'group.members-removed', sop: '4.23', item, after }, now);
    await touch(trx, list.id, now);
    await enqueueDirectoryJob(trx, actor, 'members', item, now);
  }
  await changeSender(trx, actor, { from: contact.email, to: null, sop: '4.23' }, now);
  return lists.length;
}
