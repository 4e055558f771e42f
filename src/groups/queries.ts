import { sql } from 'kysely';
import { type Actor, userOf } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import type { Db, Trx } from '../data/database.ts';
import { withinReach } from '../data/reach.ts';
import type { Row } from '../data/schema.ts';
import type { Member } from './members/membership.ts';

export type Group = Row<'group'>;

/** @throws NotFound also for another agency's */
export async function findGroup(db: Db | Trx, actor: Actor, id: number): Promise<Group> {
  const row = await withinReach(db.selectFrom('group').selectAll(), actor).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** A list that a verb has at hand. */
export async function groupById(db: Db | Trx, id: number): Promise<Group> {
  return db.selectFrom('group').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** The active lists whose only owner with an active mailbox is this one: nobody would look after them without it. */
export async function groupsOwnedAlone(db: Db | Trx, mailbox: Pick<Row<'mailbox'>, 'id'>) {
  return db
    .selectFrom('group_owner as own')
    .innerJoin('group', 'group.id', 'own.group_id')
    .select(['group.id', 'group.display_name', 'group.primary_email'])
    .where('own.mailbox_id', '=', mailbox.id)
    .where('group.status', '=', 'active')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('group_owner as other')
            .innerJoin('mailbox', 'mailbox.id', 'other.mailbox_id')
            .select('other.mailbox_id')
            .whereRef('other.group_id', '=', 'own.group_id')
            .where('other.mailbox_id', '!=', mailbox.id)
            .where('mailbox.status', '=', 'active'),
        ),
      ),
    )
    .orderBy('group.display_name')
    .execute();
}

export type Addressee = Member & { typed: string; fate: 'active' | 'unknown' | 'disabled' | 'deleted' };

/** What the registry knows of some addresses, for an agency: in their order, with who has each, and whether that one is active. */
export async function whoHas(
  db: Db | Trx,
  { agency_id }: Pick<Group, 'agency_id'>,
  addresses: string[],
): Promise<Addressee[]> {
  const { rows } = await sql<Addressee>`
    select asked.value as typed,
      case when mailbox.id is not null then 'mailbox' when "group".id is not null then 'group' else 'contact' end as type,
      coalesce(mailbox.id, "group".id, contact.id, 0) as id,
      coalesce(mailbox.display_name, "group".display_name, contact.full_name, '') as name,
      coalesce(mailbox.primary_email, "group".primary_email, contact.email, '') as address,
      case when address.kind = 'reserved' and address.agency_id = ${agency_id} then 'deleted'
        else coalesce(mailbox.status, "group".status, iif(contact.status = 'active', 'active', null), 'unknown') end as fate
    from json_each(${JSON.stringify(addresses)}) as asked
    left join address on address.address = asked.value
    left join mailbox on address.kind in ('mailbox', 'alias') and mailbox.id = address.item_id and mailbox.agency_id = ${agency_id}
    left join "group" on address.kind = 'group' and "group".id = address.item_id and "group".agency_id = ${agency_id}
    left join contact on address.kind = 'contact' and contact.id = address.item_id
    order by asked.key`.execute(db);
  return rows;
}

/** The present members of a list with these addresses, by any of their addresses; whoever is none is left out. */
export async function membersAt(db: Db | Trx, group: Pick<Group, 'id'>, addresses: string[]) {
  const asked = JSON.stringify(addresses);
  const { rows } = await sql<Member & { typed: string }>`
    select asked.value as typed, m.member_type as type, m.member_id as id, m.member_name as name, m.member_address as address
    from json_each(${asked}) as asked join address on address.address = asked.value
    join membership m on m.group_id = ${group.id} and m.until is null and m.member_id = address.item_id
      and m.member_type = iif(address.kind = 'alias', 'mailbox', address.kind)
    union
    select member_address, member_type, member_id, member_name, member_address from membership
    where group_id = ${group.id} and until is null and member_address in (select value from json_each(${asked}))`.execute(
    db,
  );
  return rows;
}

/** The further addresses of a list. */
export async function aliasesOf(db: Db | Trx, group: Pick<Group, 'id'>) {
  const rows = await db
    .selectFrom('address')
    .innerJoin('group', 'group.id', 'address.item_id')
    .select('address.address')
    .where('address.kind', '=', 'group')
    .where('address.item_id', '=', group.id)
    .whereRef('address.address', '!=', 'group.primary_email')
    .orderBy('address.address')
    .execute();
  return rows.map((row) => row.address);
}

/** Who alone may send to a list, where that is limited to some. */
export async function sendersOf(db: Db | Trx, group: Pick<Group, 'id'>) {
  const rows = await db
    .selectFrom('group_sender')
    .select('address')
    .where('group_id', '=', group.id)
    .orderBy('address')
    .execute();
  return rows.map((row) => row.address);
}

export async function countMembers(db: Db | Trx, group: Pick<Group, 'id'>) {
  const { count } = await db
    .selectFrom('membership')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('group_id', '=', group.id)
    .where('until', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

/** All members of a list by name. */
export async function allMembers(db: Db | Trx, group: Pick<Group, 'id'>): Promise<Member[]> {
  return db
    .selectFrom('membership')
    .select(['member_type as type', 'member_id as id', 'member_name as name', 'member_address as address'])
    .where('group_id', '=', group.id)
    .where('until', 'is', null)
    .orderBy('member_name')
    .orderBy('id')
    .execute();
}

/** The active lists that a list is a member of. */
export async function parentsOf(db: Db | Trx, group: Pick<Group, 'id'>): Promise<Group[]> {
  return db
    .selectFrom('group')
    .innerJoin('membership', 'membership.group_id', 'group.id')
    .selectAll('group')
    .where('membership.member_type', '=', 'group')
    .where('membership.member_id', '=', group.id)
    .where('membership.until', 'is', null)
    .where('group.status', '=', 'active')
    .orderBy('group.display_name')
    .execute();
}

/** A list that the actor's own mailbox owns. @throws NotFound also for one that the actor does not own */
export async function findOwnedGroup(db: Db | Trx, actor: Actor, id: number): Promise<Group> {
  const row = await db
    .selectFrom('group')
    .innerJoin('group_owner', 'group_owner.group_id', 'group.id')
    .innerJoin('mailbox', 'mailbox.id', 'group_owner.mailbox_id')
    .selectAll('group')
    .where('group.id', '=', id)
    .where('group.status', '=', 'active')
    .where('mailbox.user_id', '=', userOf(actor))
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}
