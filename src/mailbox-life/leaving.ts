import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { type Ending, leaveAll } from '../groups/membership.ts';
import type { Mailbox } from '../mailboxes/mailbox.ts';
import { enqueueDirectoryJob } from '../trail/directory.ts';
import { groupItem } from '../trail/items.ts';
import { endSessions } from '../web/session.ts';
import { type List, listsById } from './queries.ts';

/** The audit trail and a record name so many lists; the rest is a number. */
const MOST_NAMED = 100;

/** Nobody gets in with this sign-in any more: not by what is open, nor by a link that was sent. */
export async function shutSignIn(trx: Trx, mailbox: Mailbox, status: 'disabled' | 'deleted') {
  await trx.updateTable('user').set({ status }).where('id', '=', mailbox.user_id).execute();
  await endSessions(trx, mailbox.user_id);
  await trx.deleteFrom('one_time_link').where('user_id', '=', mailbox.user_id).execute();
}

/** Takes a mailbox out of all lists, remembered by the order that did it. Returns the lists. */
export async function leaveLists(act: Act, mailbox: Mailbox, why: Ending): Promise<List[]> {
  const ended = await leaveAll(act, mailbox.id, why);
  const lists = await listsById(
    act.trx,
    ended.map((membership) => membership.group_id),
  );
  await followMembers(act, lists);
  return lists;
}

/** The directory has to follow who is in these lists. */
export async function followMembers(act: Act, lists: List[]) {
  for (const list of lists) await enqueueDirectoryJob(act, 'members', groupItem(list));
}

/** Lists by their names, for the audit trail and records. */
export function listFacts(lists: Pick<List, 'display_name'>[]) {
  return {
    lists: lists.slice(0, MOST_NAMED).map((list) => list.display_name),
    ...(lists.length > MOST_NAMED ? { lists_in_all: lists.length } : {}),
  };
}
