import type { Act } from '../data/act.ts';
import { InvalidForm, type Problem } from '../forms/form.ts';
import { handOver, listsOwnedAlone } from '../groups/group.ts';
import type { Mailbox } from '../mailboxes/mailbox.ts';
import { heirByAddress } from './queries.ts';

/** Addresses of new owners: one for all lists, and others for single lists by their numbers. */
export type Heirs = { all: string | null; byList: Map<number, string | null> };

export type HeirField = `new_owner_${number}`;

/** The field in which the new owner of one list is given. */
export const heirField = (listId: number): HeirField => `new_owner_${listId}`;

/**
 * SOP 4.11: nobody who owns lists alone leaves without handing them over.
 * @returns how many lists went to whom else
 * @throws InvalidForm with what is missing or unfit beside each list
 */
export async function handOverLists(act: Act, mailbox: Mailbox, heirs: Heirs) {
  const lists = await listsOwnedAlone(act.trx, mailbox.id);
  const problems: Record<string, Problem> = {};
  for (const list of lists) {
    const own = heirs.byList.get(list.id);
    const address = own ?? heirs.all;
    const field = own ? heirField(list.id) : 'new_owner';
    const heir = address === null ? undefined : await heirByAddress(act.trx, mailbox.agency_id, address);
    if (address === null) problems[field] = { key: 'life.heirNeeded', params: { lists: namesOf(lists) } };
    else if (heir === undefined || heir.id === mailbox.id)
      problems[field] = { key: 'life.heirUnfit', params: { address } };
    else await handOver(act, list.id, mailbox.id, heir.id);
  }
  if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
  return lists.length;
}

const FEW = 5;

/** The first of some lists, by name. */
export function namesOf(lists: { display_name: string }[]) {
  const some = lists.slice(0, FEW).map((list) => list.display_name);
  return some.join(', ') + (lists.length > FEW ? ' …' : '');
}
