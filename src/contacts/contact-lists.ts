import { changeSender } from '../addresses/allowed-senders.ts';
import type { Act } from '../data/act.ts';
import { contactLeaves } from '../groups/members/membership.ts';
import { audit } from '../trail/audit.ts';
import { enqueueDirectoryJob } from '../trail/directory.ts';
import { groupItem, touch } from '../trail/items.ts';
import { type Contact, listsWith } from './queries.ts';

/**
 * Takes a contact that is deleted out of every list of every agency; each list's history says so. It may not send to any
 * list any more either: its address can be somebody else's tomorrow.
 * @returns how many lists there were
 */
export async function leaveContactLists(act: Act, contact: Contact) {
  const lists = await listsWith(act.trx, contact.id);
  await contactLeaves(act, contact.id);
  for (const list of lists) {
    const item = groupItem(list);
    const after = { count: 1, members: [contact.email] };
    await audit(act, { action: 'group.members-removed', sop: '4.23', item, after });
    await touch(act.trx, list.id, act.now);
    await enqueueDirectoryJob(act, 'members', item);
  }
  await changeSender(act, { from: contact.email, to: null, sop: '4.23' });
  return lists.length;
}
