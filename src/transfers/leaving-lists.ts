import type { Act } from '../data/act.ts';
import { listsOwnedAlone } from '../groups/queries.ts';
import { leaveLists } from '../mailbox-life/leaving.ts';
import type { Mailbox } from '../mailboxes/queries.ts';
import { audit } from '../trail/audit.ts';
import { enqueueDirectoryJob } from '../trail/directory.ts';
import { groupItem } from '../trail/items.ts';
import { ownedLists } from './queries.ts';

/**
 * An agency's lists hold and are owned by its own people: the officer is in none of them and owns none of them any more.
 * @returns the lists that were left, those that nobody looks after now, and all that are concerned
 */
export async function leaveOldLists(act: Act, mailbox: Mailbox) {
  const left = await leaveLists(act, mailbox, { ending: 'removed' });
  for (const list of left) {
    const after = { count: 1, members: [mailbox.primary_email] };
    await audit(act, { action: 'group.members-removed', item: groupItem(list), after });
  }
  const alone = await listsOwnedAlone(act.trx, mailbox.id);
  const owned = await ownedLists(act.trx, mailbox.id);
  await act.trx.deleteFrom('group_owner').where('mailbox_id', '=', mailbox.id).execute();
  for (const list of owned) {
    const facts = { before: { owner: mailbox.primary_email }, after: { owner: null } };
    await audit(act, { action: 'group.owner-left', item: groupItem(list), ...facts });
    await enqueueDirectoryJob(act, 'update', groupItem(list));
  }
  const all = [...new Map([...left, ...owned].map((list) => [list.id, list])).values()];
  return { left, alone, all };
}
