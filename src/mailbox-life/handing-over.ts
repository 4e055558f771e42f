import type { Act } from '../data/act.ts';
import { InvalidForm } from '../forms/form.ts';
import { announce } from '../groups/announce.ts';
import { handOver } from '../groups/group.ts';
import { type OwnersOfGroup, ownersChanged } from '../groups/mails.ts';
import { groupsOwnedAlone } from '../groups/queries.ts';
import type { Mailbox } from '../mailboxes/queries.ts';
import type { Sentence } from '../texts.ts';
import { heirByAddress } from './queries.ts';

/** Addresses of new owners: one for all lists, and others for single lists by their numbers. */
export type Heirs = { all: string | null; byGroup: Map<number, string | null> };

export type HeirField = `new_owner_${number}`;

/** The field in which the new owner of one list is given. */
export const heirField = (groupId: number): HeirField => `new_owner_${groupId}`;

/**
 * SOP 4.11: nobody who owns lists alone leaves without handing them over; new owners hear of all of their lists at once.
 * @returns the addresses mailed
 * @throws InvalidForm with what is missing or unfit beside each list
 */
export async function handOverGroups(act: Act, mailbox: Mailbox, heirs: Heirs) {
  return announce(act, await handOverAll(act, mailbox, await findHeirs(act, mailbox, heirs), true));
}

/** Who gets each of some lists. */
type Handed = { group: { id: number }; heir: { id: number } }[];

/**
 * The same as a part of an act that tells everybody at its end.
 * @param found as `findHeirs` has it
 * @param readsOn the person still reads mail after this act, and hears which lists are handed over
 * @returns the letters
 */
export async function handOverAll(act: Act, mailbox: Mailbox, found: Handed, readsOn: boolean) {
  const changes: OwnersOfGroup[] = [];
  for (const { group, heir } of found) changes.push(await handOver(act, group.id, mailbox.id, heir.id));
  const heard = readsOn ? changes : changes.map((change) => ({ ...change, went: [] }));
  return ownersChanged(heard, act.actor);
}

/** Each list that the person owns alone, and who gets it. @throws InvalidForm with what is missing or unfit beside each list */
export async function findHeirs(act: Act, mailbox: Mailbox, heirs: Heirs): Promise<Handed> {
  const groups = await groupsOwnedAlone(act.trx, mailbox);
  const problems: Record<string, Sentence> = {};
  const found: Handed = [];
  for (const group of groups) {
    const own = heirs.byGroup.get(group.id);
    const address = own ?? heirs.all;
    const field = own ? heirField(group.id) : 'new_owner';
    const heir = address === null ? undefined : await heirByAddress(act.trx, mailbox, address);
    if (address === null) problems[field] = { key: 'life.heirNeeded', params: { lists: namesOf(groups) } };
    else if (heir === undefined || heir.id === mailbox.id)
      problems[field] = { key: 'life.heirUnfit', params: { address } };
    else found.push({ group, heir });
  }
  if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
  return found;
}

const FEW = 5;

/** The first of some lists, by name. */
export function namesOf(groups: { display_name: string }[]) {
  const some = groups.slice(0, FEW).map((group) => group.display_name);
  return some.join(', ') + (groups.length > FEW ? ' …' : '');
}
