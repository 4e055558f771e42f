import { checkAgencyAddress, claimAddress } from '../addresses/addresses.ts';
import { changeSender } from '../addresses/allowed-senders.ts';
import { insertAll } from '../base/chunks.ts';
import { RuleBroken } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { refuseStale } from '../forms/stale.ts';
import { eachTogether, together } from '../forms/together.ts';
import { audit } from '../trail/audit.ts';
import { groupItem, touch } from '../trail/items.ts';
import type { Circular } from '../trail/outbox.ts';
import { fileRecord } from '../trail/records.ts';
import { announce } from './announce.ts';
import { activeGroup } from './group.ts';
import { ownersChanged } from './mails.ts';
import { findAddressees } from './members/addressees.ts';
import { MEMBER_TYPES } from './members/members.ts';
import { ownerAddresses, setOwners } from './members/owners.ts';
import { aliasesOf, type Group, sendersOf } from './queries.ts';

/** What a form says of a list; null is what it did not ask for. */
export type Details = {
  display_name: string;
  owners: string[] | null;
  aliases: string[] | null;
  joining: Group['joining'] | null;
  leaving: Group['leaving'] | null;
};

/** Display name, owners, further addresses, and whether people may join and leave, as they are. */
export async function presentDetails(trx: Trx, group: Group) {
  const { id, display_name, joining, leaving } = group;
  const [owners, aliases] = [await ownerAddresses(trx, id), await aliasesOf(trx, group)];
  return { display_name, owners, aliases, joining, leaving };
}

/** Who may send to the list, as it is. */
export async function presentFlows(trx: Trx, group: Group) {
  return { accept_from: group.accept_from, senders: await sendersOf(trx, group) };
}

/**
 * SOP 4.14: display name, owners and further addresses of a list; who becomes or ceases to be an owner hears so.
 * @param shown the newest change that the form was shown with
 * @returns whether anything was different, and the addresses mailed
 * @throws RuleBroken beside a field, NotFound, or Conflict when it was deleted or somebody changed it meanwhile
 */
export async function updateGroup(act: Act, id: number, details: Details, shown: number | null) {
  const group = await activeGroup(act.trx, act.actor, id);
  const before = await presentDetails(act.trx, group);
  await refuseStale(act.trx, groupItem(group), shown, Object.keys(before));
  const { changed, letters } = await changeDetails(act, group, details);
  return { changed, mailed: await announce(act, letters) };
}

/** The same as a part of an act that tells everybody at its end. Returns whether anything was different, and the letters. */
export async function changeDetails(
  act: Act,
  group: Group,
  details: Details,
): Promise<{ changed: boolean; letters: Circular[] }> {
  const before = await presentDetails(act.trx, group);
  const { display_name } = details;
  const [joining, leaving] = [details.joining ?? group.joining, details.leaving ?? group.leaving];
  await act.trx.updateTable('group').set({ display_name, joining, leaving }).where('id', '=', group.id).execute();
  const renamed = { ...group, display_name };
  const { owners, aliases: wanted } = details;
  const [change, aliases] = await together(
    () => (owners === null ? { owners: before.owners, came: [], went: [] } : setOwners(act.trx, group, owners)),
    () => (wanted === null ? before.aliases : setAliases(act, group, wanted)),
  );
  const after = { display_name, owners: change.owners, aliases, joining, leaving };
  const changed = await keep(act, renamed, before, after);
  return { changed, letters: ownersChanged([{ group: renamed, ...change }], act.actor) };
}

/** Further addresses: those that go are free again and nobody's to send from, those that come are nobody else's. */
async function setAliases(act: Act, group: Group, wanted: string[]) {
  const before = await aliasesOf(act.trx, group);
  const after = wanted.filter((address) => address !== group.primary_email);
  for (const address of before.filter((each) => !after.includes(each))) {
    await act.trx
      .deleteFrom('address')
      .where('address', '=', address)
      .where('kind', '=', 'group')
      .where('item_id', '=', group.id)
      .execute();
    await changeSender(act, { from: address, to: group.primary_email, sop: '4.14' });
  }
  const come = after.filter((each) => !before.includes(each));
  await eachTogether(come, async (address) => {
    await checkAgencyAddress(act.trx, group.agency_id, address, 'aliases');
    await claimAddress(act.trx, { address, kind: 'group', agencyId: group.agency_id, itemId: group.id }, 'aliases');
  });
  return aliasesOf(act.trx, group);
}

type Facts = Record<string, unknown>;

/** Audit row and record of a change to a list, if it is one. */
async function keep(act: Act, group: Group, before: Facts, after: Facts) {
  if (JSON.stringify(before) === JSON.stringify(after)) return false;
  const item = groupItem(group);
  await touch(act.trx, group.id, act.now);
  await audit(act, { action: 'group.updated', sop: '4.14', item, before, after });
  const content = { primary_email: group.primary_email, ...after, before, changed_by: act.actor.name };
  await fileRecord(act, { agencyId: group.agency_id, sop: '4.14', title: 'record.group-updated', item, content });
  return true;
}

/**
 * Who may send to a list (SOP 4.14): everybody, the agency, its members, or those who are listed; with the first three
 * nobody is listed.
 * @returns whether anything was different
 * @throws RuleBroken beside `senders`, NotFound, or Conflict when it was deleted or somebody changed it meanwhile
 */
export async function setMailFlows(
  act: Act,
  id: number,
  input: { accept_from: Group['accept_from']; senders: string[] },
  shown: number | null,
) {
  const group = await activeGroup(act.trx, act.actor, id);
  const before = await presentFlows(act.trx, group);
  await refuseStale(act.trx, groupItem(group), shown, Object.keys(before));
  const { accept_from } = input;
  const senders = accept_from === 'listed' ? await readSenders(act.trx, group, input.senders, before.senders) : [];
  await act.trx.updateTable('group').set({ accept_from }).where('id', '=', id).execute();
  await act.trx.deleteFrom('group_sender').where('group_id', '=', id).execute();
  await insertAll(
    act.trx,
    'group_sender',
    senders.map((address) => ({ group_id: id, address })),
  );
  return keep(act, group, before, { accept_from, senders: await sendersOf(act.trx, group) });
}

/** Whoever is listed may stay, active or not; who is new must be the agency's, its postmaster, or a contact. */
async function readSenders(trx: Trx, group: Group, typed: string[], before: string[]) {
  const agency = await trx
    .selectFrom('agency')
    .select('postmaster_email')
    .where('id', '=', group.agency_id)
    .executeTakeFirstOrThrow();
  const known = typed.filter((address) => before.includes(address) || address === agency.postmaster_email);
  const others = typed.filter((address) => !known.includes(address));
  const found = await findAddressees(trx, group, others, MEMBER_TYPES, 'senders');
  const senders = new Set([...known, ...found.map((each) => each.address)]);
  if (senders.size === 0) throw new RuleBroken('group.senderNeeded', {}, 'senders');
  return [...senders];
}
