import type { Act } from '../data/act.ts';
import { groupsOwnedAlone } from '../groups/queries.ts';
import { leaveGroups } from '../mailbox-life/leaving.ts';
import type { Mailbox } from '../mailboxes/queries.ts';
import { audit } from '../trail/audit.ts';
import { groupItem } from '../trail/items.ts';
import { ownedGroups } from './queries.ts';

/**
 * An agency's lists hold and are owned by its own people: the officer is in none of them and owns none of them any more.
 * @returns the lists that were left, those that nobody looks after now, those that the officer owned, and all that are concerned
 */
export async function leaveOldGroups(act: Act, mailbox: Mailbox) {
  const left = await leaveGroups(act, mailbox, { ending: 'removed' });
  for (const group of left) {
    const after = { count: 1, members: [mailbox.primary_email] };
    await audit(act, { action: 'group.members-removed', item: groupItem(group), after });
  }
  const alone = await groupsOwnedAlone(act.trx, mailbox);
  const owned = await ownedGroups(act.trx, mailbox);
  await act.trx.deleteFrom('group_owner').where('mailbox_id', '=', mailbox.id).execute();
  for (const group of owned) {
    const facts = { before: { owner: mailbox.primary_email }, after: { owner: null } };
    await audit(act, { action: 'group.owner-left', item: groupItem(group), ...facts });
  }
  const all = [...new Map([...left, ...owned].map((group) => [group.id, group])).values()];
  return { left, alone, owned, all };
}
