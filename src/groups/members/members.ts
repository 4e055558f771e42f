import { RuleBroken } from '../../base/errors.ts';
import type { Act } from '../../data/act.ts';
import { findMailbox, type Mailbox } from '../../mailboxes/queries.ts';
import type { Sop } from '../../sop/index.ts';
import { audit } from '../../trail/audit.ts';
import { groupItem, mailboxItem, touch } from '../../trail/items.ts';
import type { Circular } from '../../trail/outbox.ts';
import { fileRecord } from '../../trail/records.ts';
import { announce } from '../announce.ts';
import { activeGroup } from '../group.ts';
import { memberAdded, membersRemoved } from '../mails.ts';
import { type Group, membersAt } from '../queries.ts';
import { findAddressees, namesOf } from './addressees.ts';
import { isRemembered, join, leave, type Member, ownersOf } from './membership.ts';

export const MEMBER_TYPES = ['mailbox', 'group', 'contact'] as const;
/** A record names so many of some thousands of members, and how many there were. */
const RECORDED = 100;

/** What came of an order: whom it was about, whom it did not touch because it was so already, who was mailed. */
export type Outcome = { done: Member[]; same: string[]; mailed: string[] };
/** The same of a part of an act that tells everybody at its end: its letters in place of the addresses. */
export type Moved = { done: Member[]; same: string[]; letters: Circular[] };

async function told(act: Act, { letters, ...moved }: Moved): Promise<Outcome> {
  return { ...moved, mailed: await announce(act, letters) };
}

/**
 * SOP 4.15: puts who has these addresses into a list; N13 goes to each who was not in it.
 * @throws RuleBroken beside `members`, NotFound, or Conflict when the list was deleted
 */
export async function addMembers(act: Act, id: number, addresses: string[]): Promise<Outcome> {
  const group = await activeGroup(act.trx, act.actor, id);
  const members = await findAddressees(act.trx, group, addresses, MEMBER_TYPES, 'members');
  return told(act, await putIn(act, group, members, '4.15'));
}

/** Audit row, record and letters of members that join a list. @throws RuleBroken when a list would contain itself */
export async function putIn(act: Act, group: Group, members: Member[], sop: '4.15' | '4.18'): Promise<Moved> {
  const done = await join(act, group, members);
  const added = new Set(done);
  const same = members.filter((member) => !added.has(member)).map((member) => member.address);
  if (done.length === 0) return { done, same, letters: [] };
  const facts = inFigures(done);
  const letters = memberAdded(group, await ownersOf(act.trx, [group.id]), act.actor, done);
  const after = { ...facts, members_mailed: letters.flatMap(({ to }) => to).length };
  await audit(act, { action: 'group.members-added', sop, item: groupItem(group), after });
  await followUp(act, group, { sop, title: 'record.members-added', facts });
  return { done, same, letters };
}

/**
 * SOP 4.16: takes who has these addresses out of a list; N14 goes to its owners and to each who was in it.
 * @throws RuleBroken beside `members` when none of them is in it, NotFound, or Conflict when the list was deleted
 */
export async function removeMembers(act: Act, id: number, addresses: string[]): Promise<Outcome> {
  const group = await activeGroup(act.trx, act.actor, id);
  const present = await membersAt(act.trx, group, addresses);
  const known = new Set(present.map((each) => each.typed));
  const strangers = addresses.filter((address) => !known.has(address));
  if (present.length === 0)
    throw new RuleBroken('group.notMembers', { addresses: namesOf(strangers), list: group.display_name }, 'members');
  const outcome = await told(act, await takeOut(act, group, present, '4.16'));
  return { ...outcome, same: strangers };
}

/** Audit row, record and letters of members that leave a list. */
export async function takeOut(act: Act, group: Group, members: Member[], sop: '4.16' | '4.19'): Promise<Moved> {
  const ended = await leave(act, group.id, members, { ending: 'removed' });
  const done = ended.map((row) => ({
    type: row.member_type,
    id: row.member_id,
    name: row.member_name,
    address: row.member_address,
  }));
  if (done.length === 0) return { done, same: [], letters: [] };
  const facts = inFigures(done);
  const letters = membersRemoved(group, await ownersOf(act.trx, [group.id]), act.actor, done);
  const [toOwners, toMembers] = letters;
  const after = { ...facts, owners_mailed: toOwners.to.length, members_mailed: toMembers.to.length };
  await audit(act, { action: 'group.members-removed', sop, item: groupItem(group), after });
  await followUp(act, group, { sop, title: 'record.members-removed', facts });
  return { done, same: [], letters };
}

/** What every change of members leaves behind beside its audit row and mails. */
async function followUp(
  act: Act,
  group: Group,
  entry: {
    sop: Sop;
    title: 'record.members-added' | 'record.members-removed';
    facts: ReturnType<typeof inFigures>;
  },
) {
  await touch(act.trx, group.id, act.now);
  const { sop, title, facts } = entry;
  const content = {
    list: group.display_name,
    primary_email: group.primary_email,
    ...facts,
    changed_by: act.actor.name,
  };
  await fileRecord(act, { agencyId: group.agency_id, sop, title, item: groupItem(group), content });
}

/** The number of some members, and the first hundred by address. */
function inFigures(members: Member[]) {
  return { count: members.length, members: members.slice(0, RECORDED).map((member) => member.address) };
}

/**
 * SOP 4.18: Add on the mailbox's Member Of. The same rules and mails as SOP 4.15.
 * @throws RuleBroken when the mailbox is not active, NotFound, or Conflict when the list was deleted
 */
export async function joinGroup(act: Act, mailboxId: number, groupId: number): Promise<Outcome> {
  const mailbox = await findMailbox(act.trx, act.actor, mailboxId);
  const group = await activeGroup(act.trx, act.actor, groupId);
  if (mailbox.status !== 'active' || mailbox.agency_id !== group.agency_id)
    throw new RuleBroken('group.mailboxUnfit', { name: mailbox.display_name });
  return told(act, await enter(act, mailbox, group));
}

/** The same for a mailbox and a list at hand, as a part of an act that tells everybody at its end. */
export async function enter(act: Act, mailbox: Mailbox, group: Group): Promise<Moved> {
  await noteAtMailbox(act, 'mailbox.joined-list', mailbox, group);
  return putIn(act, group, [memberOf(mailbox)], '4.18');
}

function memberOf(mailbox: Mailbox): Member {
  return { type: 'mailbox', id: mailbox.id, name: mailbox.display_name, address: mailbox.primary_email };
}

/**
 * SOP 4.19: the delete icon on the mailbox's Member Of. The same rules and mails as SOP 4.16.
 * @throws NotFound, or Conflict when the list was deleted
 */
export async function leaveGroup(act: Act, mailboxId: number, groupId: number): Promise<Outcome> {
  const mailbox = await findMailbox(act.trx, act.actor, mailboxId);
  const group = await activeGroup(act.trx, act.actor, groupId);
  return told(act, await exit(act, mailbox, group));
}

/** The same for a mailbox and a list at hand, as a part of an act that tells everybody at its end. */
export async function exit(act: Act, mailbox: Mailbox, group: Group): Promise<Moved> {
  await noteAtMailbox(act, 'mailbox.left-list', mailbox, group);
  return takeOut(act, group, [memberOf(mailbox)], '4.19');
}

/** The mailbox's own history names it, too, if it changes anything. */
async function noteAtMailbox(
  act: Act,
  action: 'mailbox.joined-list' | 'mailbox.left-list',
  mailbox: Mailbox,
  group: Group,
) {
  const isIn = await act.trx
    .selectFrom('membership')
    .select('id')
    .where('group_id', '=', group.id)
    .where('member_type', '=', 'mailbox')
    .where('member_id', '=', mailbox.id)
    .where('until', 'is', null)
    .executeTakeFirst();
  const isOut = isIn === undefined && !(await isRemembered(act.trx, group.id, mailbox.id));
  if (isOut !== (action === 'mailbox.joined-list')) return;
  const sop = action === 'mailbox.joined-list' ? '4.18' : '4.19';
  await audit(act, { action, sop, item: mailboxItem(mailbox), after: { list: group.primary_email } });
}
