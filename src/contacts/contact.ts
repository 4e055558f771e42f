import { claimAddress, releaseAddresses } from '../addresses/addresses.ts';
import { changeSender } from '../addresses/allowed-senders.ts';
import { Conflict } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { contactLeaves } from '../groups/members/membership.ts';
import { audit } from '../trail/audit.ts';
import { contactItem, groupItem, touch } from '../trail/items.ts';
import { type Contact, contactById, groupsWith } from './queries.ts';

/** What table 22 asks for. */
export type ContactDetails = Pick<Contact, 'full_name' | 'email' | 'position' | 'company' | 'phone' | 'address'>;

type ContactSop = '4.21' | '4.22' | '4.23';

/** What the audit trail keeps of a contact. */
export function contactFacts({ full_name, email, position, company, phone, address }: ContactDetails) {
  return { full_name, email, position, company, phone, address };
}

/** SOP 4.21 step 3: a new contact with its address in the registry. @throws RuleBroken beside `email` when that is taken */
export async function addContact(act: Act, details: ContactDetails, sop: ContactSop) {
  const contact = await act.trx
    .insertInto('contact')
    .values({ ...contactFacts(details), created_at: act.now.toISOString() })
    .returningAll()
    .executeTakeFirstOrThrow();
  await claimAddress(act.trx, { address: contact.email, kind: 'contact', agencyId: null, itemId: contact.id }, 'email');
  const after = { ...contactFacts(contact), status: contact.status };
  await audit(act, { action: 'contact.registered', sop, item: contactItem(contact), after });
  return contact;
}

/**
 * SOP 4.22 step 3: other details; a new address takes the old one's place in the registry and wherever it may send.
 * @param version what was shown, or null when the form did not say
 * @throws Conflict when it was deleted, or changed after it was shown; RuleBroken beside `email` when that is taken
 */
export async function changeContact(
  act: Act,
  id: number,
  version: number | null,
  details: ContactDetails,
  sop: ContactSop,
) {
  const before = await activeContact(act.trx, id);
  if (version !== null && version !== before.version) throw new Conflict('contact.changedMeanwhile');
  await act.trx
    .updateTable('contact')
    .set({ ...contactFacts(details), version: before.version + 1 })
    .where('id', '=', id)
    .execute();
  if (details.email !== before.email) {
    await releaseAddresses(act.trx, 'contact', id);
    await claimAddress(act.trx, { address: details.email, kind: 'contact', agencyId: null, itemId: id }, 'email');
    await changeSender(act, { from: before.email, to: details.email, sop });
  }
  const facts = { before: contactFacts(before), after: contactFacts(details) };
  const item = contactItem({ id, full_name: details.full_name });
  await audit(act, { action: 'contact.updated', sop, item, ...facts });
}

/** SOP 4.23 step 3: out of every list and the address list; its address is free again. @throws Conflict when it was deleted */
export async function removeContact(act: Act, id: number, sop: ContactSop) {
  const contact = await activeContact(act.trx, id);
  await act.trx
    .updateTable('contact')
    .set({ status: 'deleted', version: contact.version + 1 })
    .where('id', '=', id)
    .execute();
  await releaseAddresses(act.trx, 'contact', id);
  const groups = await leaveContactGroups(act, contact);
  const facts = { before: { status: 'active' }, after: { status: 'deleted', lists_in_all: groups } };
  await audit(act, { action: 'contact.deleted', sop, item: contactItem(contact), ...facts });
}

/**
 * Takes a contact that is deleted out of every list of every agency; each list's history says so. It may not send to any
 * list any more either: its address can be somebody else's tomorrow.
 * @returns how many lists there were
 */
async function leaveContactGroups(act: Act, contact: Contact) {
  const groups = await groupsWith(act.trx, contact);
  await contactLeaves(act, contact.id);
  for (const group of groups) {
    const item = groupItem(group);
    const after = { count: 1, members: [contact.email] };
    await audit(act, { action: 'group.members-removed', sop: '4.23', item, after });
    await touch(act.trx, group.id, act.now);
  }
  await changeSender(act, { from: contact.email, to: null, sop: '4.23' });
  return groups.length;
}

async function activeContact(trx: Trx, id: number) {
  const contact = await contactById(trx, id);
  if (contact.status === 'deleted') throw new Conflict('contact.isDeleted', { name: contact.full_name });
  return contact;
}
