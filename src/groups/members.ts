import { findMailbox, mailboxItem } from '../mailboxes/mailbox.ts';
import type { Actor } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { enqueueDirectoryJob } from '../platform/directory.ts';
import { RuleBroken } from '../platform/errors.ts';
import { fileRecord } from '../platform/records.ts';
import { findAddressees, namesOf } from './addressees.ts';
import { announce } from './announce.ts';
import { activeGroup, type Group, groupItem, touch } from './group.ts';
import { memberAdded, membersRemoved } from './mails.ts';
import { isRemembered, join, leave, type Member, ownersOf } from './membership.ts';
import { membersAt } from './queries.ts';

export const MEMBER_TYPES = ['mailbox', 'group', 'contact'] as const;
/** A record names so many of some thousands of members, and how many there were. */
const RECORDED = 100;

/** What came of an order: whom it was about, whom it did not touch because it was so already, who was mailed. */
export type Outcome = { done: Member[]; same: string[]; mailed: string[] };

/**
 * SOP 4.15: puts who has these addresses into a list; N13 goes to each who was not in it.
 * @throws RuleBroken beside `members`, NotFound, or Conflict when the list was deleted
 */
export async function addMembers(db: Db, actor: Actor, id: number, addresses: string[], now: Date): Promise<Outcome> {
  return change(db, actor, now, (trx) => addMembersWithin(trx, actor, id, addresses, now));
}

/** The same as a part of a larger change. */
export async function addMembersWithin(
  trx: Trx,
  actor: Actor,
  id: number,
  addresses: string[],
  now: Date,
): Promise<Outcome> {
  const group = await activeGroup(trx, actor, id);
  const members = await findAddressees(trx, group.agency_id, addresses, MEMBER_TYPES, 'members');
  return putIn(trx, actor, group, members, '4.15', now);
}

async function putIn(
  trx: Trx,
  actor: Actor,
  group: Group,
  members: Member[],
  sop: '4.15' | '4.18',
  now: Date,
): Promise<Outcome> {
  const done = await join(trx, actor, group, members, now);
  const added = new Set(done);
  const same = members.filter((member) => !added.has(member)).map((member) => member.address);
  if (done.length === 0) return { done, same, mailed: [] };
  const facts = inFigures(done);
  await record(trx, actor, { action: 'group.members-added', sop, item: groupItem(group), after: facts }, now);
  await followUp(trx, actor, group, { sop, title: 'record.members-added', facts }, now);
  const owners = await ownersOf(trx, [group.id]);
  return { done, same, mailed: await announce(trx, actor, memberAdded(group, owners, actor, done), now) };
}

/**
 * SOP 4.16: takes who has these addresses out of a list; N14 goes to its owners and to each who was in it.
 * @throws RuleBroken beside `members` when none of them is in it, NotFound, or Conflict when the list was deleted
 */
export async function removeMembers(
  db: Db,
  actor: Actor,
  id: number,
  addresses: string[],
  now: Date,
): Promise<Outcome> {
  return change(db, actor, now, (trx) => removeMembersWithin(trx, actor, id, addresses, now));
}

/** The same as a part of a larger change. */
export async function removeMembersWithin(
  trx: Trx,
  actor: Actor,
  id: number,
  addresses: string[],
  now: Date,
): Promise<Outcome> {
  const group = await activeGroup(trx, actor, id);
  const present = await membersAt(trx, id, addresses);
  const known = new Set(present.map((each) => each.typed));
  const strangers = addresses.filter((address) => !known.has(address));
  if (present.length === 0)
    throw new RuleBroken('group.notMembers', { addresses: namesOf(strangers), list: group.display_name }, 'members');
  const outcome = await takeOut(trx, actor, group, present, '4.16', now);
  return { ...outcome, same: strangers };
}

async function takeOut(
  trx: Trx,
  actor: Actor,
  group: Group,
  members: Member[],
  sop: '4.16' | '4.19',
  now: Date,
): Promise<Outcome> {
  const ended = await leave(trx, actor, group.id, members, { ending: 'removed' }, now);
  const done = ended.map((row) => ({
    type: row.member_type,
    id: row.member_id,
    name: row.member_name,
    address: row.member_address,
  }));
  if (done.length === 0) return { done, same: [], mailed: [] };
  const facts = inFigures(done);
  await record(trx, actor, { action: 'group.members-removed', sop, item: groupItem(group), after: facts }, now);
  await followUp(trx, actor, group, { sop, title: 'record.members-removed', facts }, now);
  const owners = await ownersOf(trx, [group.id]);
  return { done, same: [], mailed: await announce(trx, actor, membersRemoved(group, owners, actor, done), now) };
}

/** What every change of members leaves behind beside its audit row and mails. */
async function followUp(
  trx: Trx,
  actor: Actor,
  group: Group,
  entry: {
    sop: string;
    title: 'record.members-added' | 'record.members-removed';
    facts: ReturnType<typeof inFigures>;
  },
  now: Date,
) {
  await touch(trx, group.id, now);
  const { sop, title, facts } = entry;
  const content = { list: group.display_name, primary_email: group.primary_email, ...facts, changed_by: actor.name };
  await fileRecord(trx, actor, { agencyId: group.agency_id, sop, title, item: groupItem(group), content }, now);
  await enqueueDirectoryJob(trx, actor, 'members', groupItem(group), now);
}

/** The number of some members, and the first hundred by address. */
function inFigures(members: Member[]) {
  return { count: members.length, members: members.slice(0, RECORDED).map((member) => member.address) };
}

/**
 * SOP 4.18: Add on the mailbox's Member Of. The same rules and mails as SOP 4.15.
 * @throws RuleBroken when the mailbox is not active, NotFound, or Conflict when the list was deleted
 */
export async function joinGroup(db: Db, actor: Actor, mailboxId: number, groupId: number, now: Date): Promise<Outcome> {
  return change(db, actor, now, (trx) => joinGroupWithin(trx, actor, mailboxId, groupId, now));
}

/** The same as a part of a larger change. */
export async function joinGroupWithin(
  trx: Trx,
  actor: Actor,
  mailboxId: number,
  groupId: number,
  now: Date,
): Promise<Outcome> {
  const mailbox = await findMailbox(trx, actor, mailboxId);
  const group = await activeGroup(trx, actor, groupId);
  if (mailbox.status !== 'active' || mailbox.agency_id !== group.agency_id)
    throw new RuleBroken('group.mailboxUnfit', { name: mailbox.display_name });
  await noteAtMailbox(trx, actor, 'mailbox.joined-list', mailbox, group, now);
  const member = { type: 'mailbox' as const, id: mailbox.id, name: mailbox.display_name };
  return putIn(trx, actor, group, [{ ...member, address: mailbox.primary_email }], '4.18', now);
}

/**
 * SOP 4.19: the delete icon on the mailbox's Member Of. The same rules and mails as SOP 4.16.
 * @throws NotFound, or Conflict when the list was deleted
 */
export async function leaveGroup(
  db: Db,
  actor: Actor,
  mailboxId: number,
  groupId: number,
  now: Date,
): Promise<Outcome> {
  return change(db, actor, now, (trx) => leaveGroupWithin(trx, actor, mailboxId, groupId, now));
}

/** The same as a part of a larger change. */
export async function leaveGroupWithin(
  trx: Trx,
  actor: Actor,
  mailboxId: number,
  groupId: number,
  now: Date,
): Promise<Outcome> {
  const mailbox = await findMailbox(trx, actor, mailboxId);
  const group = await activeGroup(trx, actor, groupId);
  await noteAtMailbox(trx, actor, 'mailbox.left-list', mailbox, group, now);
  const member = { type: 'mailbox' as const, id: mailbox.id, name: mailbox.display_name };
  return takeOut(trx, actor, group, [{ ...member, address: mailbox.primary_email }], '4.19', now);
}

/** The mailbox's own history names it, too, if it changes anything. */
async function noteAtMailbox(
  trx: Trx,
  actor: Actor,
  action: 'mailbox.joined-list' | 'mailbox.left-list',
  mailbox: Awaited<ReturnType<typeof findMailbox>>,
  group: Group,
  now: Date,
) {
  const isIn = await trx
    .selectFrom('membership')
    .select('id')
    .where('group_id', '=', group.id)
    .where('member_type', '=', 'mailbox')
    .where('member_id', '=', mailbox.id)
    .where('until', 'is', null)
    .executeTakeFirst();
  const isOut = isIn === undefined && !(await isRemembered(trx, group.id, mailbox.id));
  if (isOut !== (action === 'mailbox.joined-list')) return;
  const sop = action === 'mailbox.joined-list' ? '4.18' : '4.19';
  await record(trx, actor, { action, sop, item: mailboxItem(mailbox), after: { list: group.primary_email } }, now);
}
