import { sql } from 'kysely';
import type { Actor } from '../../base/actor.ts';
import { byChunks } from '../../base/chunks.ts';
import { RuleBroken } from '../../base/errors.ts';
import type { Act } from '../../data/act.ts';
import type { Db, Trx } from '../../data/database.ts';
import type { Row } from '../../data/schema.ts';

export type Membership = Row<'membership'>;
export type MemberType = Membership['member_type'];
export type Member = { type: MemberType; id: number; name: string; address: string };
export type GroupRef = Pick<Row<'group'>, 'id' | 'agency_id' | 'display_name' | 'primary_email'>;

/** Why memberships end, and by which order, so that the very same ones can be given back. */
export type Ending =
  | { ending: 'removed' | 'list-deleted' }
  | { ending: 'disabled'; disabling_id: number }
  | { ending: 'deleted'; termination_id: number };

/**
 * Puts members into a list; those who are in it already are left alone.
 * @returns those who were added
 * @throws RuleBroken beside `members` when a list would contain itself
 */
export async function join(act: Act, group: GroupRef, members: Member[]): Promise<Member[]> {
  await refuseLoops(act.trx, group, members);
  const added: Member[] = [];
  for (const chunk of byChunks(members)) {
    const inserted = await insertNew(act, group, chunk);
    added.push(...chunk.filter((member) => inserted.has(`${member.type}:${member.id}`)));
  }
  return added;
}

/** As JSON, for speed; the unique index decides who is in already. */
async function insertNew(act: Act, group: GroupRef, members: Member[]) {
  const { rows } = await sql<Pick<Membership, 'member_type' | 'member_id'>>`
    insert into membership (group_id, member_type, member_id, member_name, member_address, since, added_by)
    select ${group.id}, value ->> 'type', value ->> 'id', value ->> 'name', value ->> 'address', ${act.now.toISOString()}, ${act.actor.name}
    from json_each(${JSON.stringify(members)}) where true order by key
    on conflict (group_id, member_type, member_id) where until is null do nothing
    returning member_type, member_id`.execute(act.trx);
  return new Set(rows.map((row) => `${row.member_type}:${row.member_id}`));
}

/** A list must not reach itself through the lists in it (SOP is silent; a mail would go round for ever). */
async function refuseLoops(trx: Trx, group: GroupRef, members: Member[]) {
  if (await reachesItself(trx, group, members))
    throw new RuleBroken('group.loop', { list: group.display_name }, 'members');
}

/** Would a list be in itself, directly or through others, with these members? */
export async function reachesItself(db: Db | Trx, group: Pick<GroupRef, 'id'>, members: Pick<Member, 'type' | 'id'>[]) {
  const groups = members.filter((member) => member.type === 'group');
  if (groups.length === 0) return false;
  const { rows } = await sql<{ id: number }>`
    with recursive inside (id) as (
      select value from json_each(${JSON.stringify(groups.map((group) => group.id))})
      union
      select m.member_id from membership m join inside on m.group_id = inside.id
      where m.member_type = 'group' and m.until is null
    )
    select id from inside where id = ${group.id}`.execute(db);
  return rows.length > 0;
}

/**
 * Ends memberships of a list. Taken out by hand, also one that a disabling has ended for now does not come back.
 * @returns those that ended; whoever was no member is left out
 */
export async function leave(
  act: Act,
  groupId: number,
  members: Pick<Member, 'type' | 'id'>[],
  why: Ending,
): Promise<Membership[]> {
  const ended: Membership[] = [];
  for (const type of ['mailbox', 'group', 'contact'] as const) {
    const ids = JSON.stringify(members.filter((member) => member.type === type).map((member) => member.id));
    const rows = await act.trx
      .updateTable('membership')
      .set({ until: act.now.toISOString(), ended_by: act.actor.name, ...why })
      .where('group_id', '=', groupId)
      .where('member_type', '=', type)
      .where((eb) => eb('member_id', 'in', sql<number>`(select value from json_each(${ids}))`))
      .where('until', 'is', null)
      .returningAll()
      .execute();
    ended.push(...rows);
  }
  if (why.ending !== 'removed') return ended;
  const inside = new Set(ended.filter((row) => row.member_type === 'mailbox').map((row) => row.member_id));
  const forgotten = await giveUp(act.trx, act.actor, groupId, members);
  return [...ended, ...forgotten.filter((row) => !inside.has(row.member_id))];
}

/** What a disabling that is in force remembers of a list is given up for these members. */
async function giveUp(trx: Trx, actor: Actor, groupId: number, members: Pick<Member, 'type' | 'id'>[]) {
  const ids = JSON.stringify(members.filter((member) => member.type === 'mailbox').map((member) => member.id));
  return trx
    .updateTable('membership')
    .set({ ending: 'removed', ended_by: actor.name })
    .where('group_id', '=', groupId)
    .where('member_type', '=', 'mailbox')
    .where((eb) => eb('member_id', 'in', sql<number>`(select value from json_each(${ids}))`))
    .where('ending', '=', 'disabled')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('disabling')
          .select('id')
          .whereRef('disabling.id', '=', 'membership.disabling_id')
          .where('status', '=', 'in-force'),
      ),
    )
    .returningAll()
    .execute();
}

/** Will the mailbox be in the list again when it is enabled? */
export async function isRemembered(db: Db | Trx, groupId: number, mailboxId: number) {
  const row = await db
    .selectFrom('membership')
    .innerJoin('disabling', 'disabling.id', 'membership.disabling_id')
    .select('membership.id')
    .where('group_id', '=', groupId)
    .where('member_type', '=', 'mailbox')
    .where('member_id', '=', mailboxId)
    .where('ending', '=', 'disabled')
    .where('disabling.status', '=', 'in-force')
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes a mailbox out of every list it is in: one statement, however many lists. */
export async function leaveAll(act: Act, mailboxId: number, why: Ending): Promise<Membership[]> {
  return act.trx
    .updateTable('membership')
    .set({ until: act.now.toISOString(), ended_by: act.actor.name, ...why })
    .where('member_type', '=', 'mailbox')
    .where('member_id', '=', mailboxId)
    .where('until', 'is', null)
    .returningAll()
    .execute();
}

/** SOP 4.23: takes a contact that is deleted out of every list, of all agencies. */
export async function contactLeaves(act: Act, contactId: number) {
  await act.trx
    .updateTable('membership')
    .set({ until: act.now.toISOString(), ended_by: act.actor.name, ending: 'deleted' })
    .where('member_type', '=', 'contact')
    .where('member_id', '=', contactId)
    .where('until', 'is', null)
    .execute();
}

/** A membership that an order ended, and what has become of its list since. */
export type Remembered = {
  group_id: number;
  display_name: string;
  primary_email: string;
  since: string;
  fate: 'comes-back' | 'list-gone' | 'joined-again' | 'given-up';
};

/**
 * What giving back the memberships that a disabling or a termination ended would do: which lists come back, and which cannot and why.
 * A list that was renamed meanwhile comes back under its new name.
 */
export async function remembered(
  db: Db | Trx,
  order: { disabling_id: number } | { termination_id: number },
): Promise<Remembered[]> {
  const [column, id] =
    'disabling_id' in order
      ? (['disabling_id', order.disabling_id] as const)
      : (['termination_id', order.termination_id] as const);
  const rows = await db
    .selectFrom('membership as ended')
    .innerJoin('group', 'group.id', 'ended.group_id')
    .leftJoin('membership as now', (on) =>
      on
        .onRef('now.group_id', '=', 'ended.group_id')
        .onRef('now.member_type', '=', 'ended.member_type')
        .onRef('now.member_id', '=', 'ended.member_id')
        .on('now.until', 'is', null),
    )
    .select([
      'ended.group_id',
      'ended.since',
      'ended.ending',
      'group.display_name',
      'group.primary_email',
      'group.status',
      'now.id as again',
    ])
    .where(`ended.${column}`, '=', id)
    .orderBy('group.display_name')
    .execute();
  return rows.map(({ status, again, ending, ...row }) => ({
    ...row,
    fate: fateOf(status, again !== null, ending === 'removed'),
  }));
}

function fateOf(status: Row<'group'>['status'], isInside: boolean, isGivenUp: boolean): Remembered['fate'] {
  if (status === 'deleted') return 'list-gone';
  if (isInside) return 'joined-again';
  return isGivenUp ? 'given-up' : 'comes-back';
}

/** Gives back what `remembered` says comes back. Returns those lists. */
export async function giveBack(act: Act, order: { disabling_id: number } | { termination_id: number }, member: Member) {
  const groups = (await remembered(act.trx, order)).filter((group) => group.fate === 'comes-back');
  for (const chunk of byChunks(groups))
    await act.trx
      .insertInto('membership')
      .values(
        chunk.map((group) => ({
          group_id: group.group_id,
          member_type: member.type,
          member_id: member.id,
          member_name: member.name,
          member_address: member.address,
          since: act.now.toISOString(),
          added_by: act.actor.name,
        })),
      )
      .execute();
  return groups;
}

/** The owners of some lists who can be mailed, by list. */
export async function ownersOf(db: Db | Trx, groupIds: number[]) {
  if (groupIds.length === 0) return [];
  return db
    .selectFrom('group_owner')
    .innerJoin('mailbox', 'mailbox.id', 'group_owner.mailbox_id')
    .select([
      'group_owner.group_id',
      'mailbox.id as mailbox_id',
      'mailbox.display_name as name',
      'mailbox.primary_email as address',
      'mailbox.status',
    ])
    .where((eb) =>
      eb('group_owner.group_id', 'in', sql<number>`(select value from json_each(${JSON.stringify(groupIds)}))`),
    )
    .orderBy('mailbox.display_name')
    .execute();
}
