import { groupItem, listsOwnedAlone } from '../groups/group.ts';
import { leaveLists } from '../mailbox-life/leaving.ts';
import type { Mailbox } from '../mailboxes/mailbox.ts';
import type { Actor } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import type { Trx } from '../platform/database.ts';
import { enqueueDirectoryJob } from '../platform/directory.ts';
import { ownedLists } from './queries.ts';

/**
 * An agency's lists hold and are owned by its own people: the officer is in none of them and owns none of them any more.
 * @returns the lists that were left, those that nobody looks after now, and all that are concerned
 */
export async function leaveOldLists(trx: Trx, actor: Actor, mailbox: Mailbox, now: Date) {
  const left = await leaveLists(trx, actor, mailbox, { ending: 'removed' }, now);
  for (const list of left) {
    const after = { count: 1, members: [mailbox.primary_email] };
    await record(trx, actor, { action: 'group.members-removed', item: groupItem(list), after }, now);
  }
  const alone = await listsOwnedAlone(trx, mailbox.id);
  const owned = await ownedLists(trx, mailbox.id);
  await trx.deleteFrom('group_owner').where('mailbox_id', '=', mailbox.id).execute();
  for (const list of owned) {
    const facts = { before: { owner: mailbox.primary_email }, after: { owner: null } };
    await record(trx, actor, { action: 'group.owner-left', item: groupItem(list), ...facts }, now);
    await enqueueDirectoryJob(trx, actor, 'update', groupItem(list), now);
  }
  const all = [...new Map([...left, ...owned].map((list) => [list.id, list])).values()];
  return { left, alone, all };
}
