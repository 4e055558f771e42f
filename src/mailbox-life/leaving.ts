import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { type Ending, leaveAll } from '../groups/members/membership.ts';
import type { Mailbox } from '../mailboxes/queries.ts';
import { endSessions } from '../web/session.ts';
import { type GroupRef, groupsById } from './queries.ts';

/** The audit trail and a record name so many lists; the rest is a number. */
const MOST_NAMED = 100;

/** Nobody gets in with this sign-in any more: not by what is open, nor by a link that was sent. */
export async function shutSignIn(trx: Trx, mailbox: Mailbox, status: 'disabled' | 'deleted') {
  await trx.updateTable('user').set({ status }).where('id', '=', mailbox.user_id).execute();
  await endSessions(trx, mailbox.user_id);
  await trx.deleteFrom('one_time_link').where('user_id', '=', mailbox.user_id).execute();
}

/** Takes a mailbox out of all lists, remembered by the order that did it. Returns the lists. */
export async function leaveGroups(act: Act, mailbox: Mailbox, why: Ending): Promise<GroupRef[]> {
  const ended = await leaveAll(act, mailbox.id, why);
  return groupsById(
    act.trx,
    ended.map((membership) => membership.group_id),
  );
}

/** Lists by their names, for the audit trail and records. */
export function groupFacts(groups: Pick<GroupRef, 'display_name'>[]) {
  return {
    lists: groups.slice(0, MOST_NAMED).map((group) => group.display_name),
    ...(groups.length > MOST_NAMED ? { lists_in_all: groups.length } : {}),
  };
}
