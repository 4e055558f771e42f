import { administratorsOf } from '../../agencies/administrators.ts';
import { RuleBroken } from '../../base/errors.ts';
import type { Act } from '../../data/act.ts';
import type { Trx } from '../../data/database.ts';
import { together } from '../../forms/together.ts';
import { audit } from '../../trail/audit.ts';
import { groupItem } from '../../trail/items.ts';
import { announce } from '../announce.ts';
import { requestMade } from '../mails.ts';
import { findAddressees, namesOf } from '../members/addressees.ts';
import { MEMBER_TYPES } from '../members/members.ts';
import { ownersOf } from '../members/membership.ts';
import { findOwnedGroup, type Group, membersAt } from '../queries.ts';
import { keepRequest } from './asking.ts';
import type { Wanted } from './wanted.ts';

/** What an owner's form says: addresses, and the owners as they shall be; null is what it did not ask for. */
export type AskedChange = {
  display_name: string;
  owners: string[] | null;
  add: string[];
  remove: string[];
  text: string;
};

/**
 * An owner asks the administrators for a change of a list, so exactly that an approval carries it out; nothing changes
 * before (SOP 5.0).
 * @returns the addresses mailed
 * @throws NotFound for a list that is not the actor's; RuleBroken, beside a field, for what could not be carried out
 */
export async function askForChange(act: Act, groupId: number, input: AskedChange) {
  const group = await findOwnedGroup(act.trx, act.actor, groupId);
  const wanted = await wantedOf(act, group, input);
  if (Object.keys(wanted).length === 0) throw new RuleBroken('group.ask.nothing');
  const { text } = input;
  const id = await keepRequest(act, { kind: 'change', group_id: group.id, agency_id: group.agency_id, wanted, text });
  const after = { request_id: id, ...wanted, ...(text === '' ? {} : { text }) };
  await audit(act, { action: 'group.change-requested', item: groupItem(group), after });
  const request = { id, kind: 'change' as const, wanted, text };
  return announce(
    act,
    requestMade(groupItem(group), act.actor, request, await administratorsOf(act.trx, group.agency_id)),
  );
}

/** Only what differs from the list as it is. */
async function wantedOf(act: Act, group: Group, input: AskedChange): Promise<Wanted> {
  const { display_name, owners, add, remove } = input;
  const [moved, members_to_add, members_to_remove] = await together(
    () => (owners === null ? {} : ownersWanted(act, group, owners)),
    () => outsiders(act.trx, group, add),
    () => insiders(act.trx, group, remove),
  );
  return {
    ...(display_name !== '' && display_name !== group.display_name ? { display_name } : {}),
    ...moved,
    ...(members_to_add.length > 0 ? { members_to_add } : {}),
    ...(members_to_remove.length > 0 ? { members_to_remove } : {}),
  };
}

/** Whose addresses these are, of those who are not in the list yet. @throws RuleBroken beside `add` */
async function outsiders(trx: Trx, group: Group, typed: string[]) {
  const members = await findAddressees(trx, group, typed, MEMBER_TYPES, 'add');
  const addresses = members.map((member) => member.address);
  const inside = new Set((await membersAt(trx, group, addresses)).map((member) => member.typed));
  return addresses.filter((address) => !inside.has(address));
}

/** Which members these are. @throws RuleBroken beside `remove` with those who are none */
async function insiders(trx: Trx, group: Group, typed: string[]) {
  const leaving = await membersAt(trx, group, typed);
  const strangers = typed.filter((address) => !leaving.some((member) => member.typed === address));
  if (strangers.length > 0)
    throw new RuleBroken('group.notMembers', { addresses: namesOf(strangers), list: group.display_name }, 'remove');
  return [...new Set(leaving.map((member) => member.address))];
}

/** Who comes and who goes, and not who is there: others may have become owners before it is answered. */
async function ownersWanted({ trx }: Act, group: Group, addresses: string[]): Promise<Wanted> {
  const present = await ownersOf(trx, [group.id]);
  const others = addresses.filter((address) => !present.some((owner) => owner.address === address));
  const found = await findAddressees(trx, group, others, ['mailbox'], 'owners');
  const owners = new Set([...addresses, ...found.map((each) => each.address)]);
  const come = found.filter((each) => !present.some((owner) => owner.mailbox_id === each.id));
  const stay = present.filter((owner) => owners.has(owner.address));
  if (come.length === 0 && !stay.some((owner) => owner.status === 'active'))
    throw new RuleBroken('group.ownerNeeded', {}, 'owners');
  const go = present.filter((owner) => !owners.has(owner.address));
  return {
    ...(come.length > 0 ? { owners_to_add: come.map((each) => each.address) } : {}),
    ...(go.length > 0 ? { owners_to_remove: go.map((each) => each.address) } : {}),
  };
}
