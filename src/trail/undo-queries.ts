import { sql } from 'kysely';
import type { Db, Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';

export type AuditRow = Row<'audit'>;
export type Thing = { type: 'mailbox' | 'group'; id: number };

/** The newest audit row of a thing, or undefined where nothing was ever done to it. */
export async function newestRow(db: Db | Trx, { type, id }: Thing): Promise<AuditRow | undefined> {
  return db
    .selectFrom('audit')
    .selectAll()
    .where('item_type', '=', type)
    .where('item_id', '=', id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Everything that one act wrote about mailboxes and lists, as far as it can be taken back: an act on many is not. */
export async function rowsOfAct(db: Db | Trx, act: string): Promise<AuditRow[]> {
  return db.selectFrom('audit').selectAll().where('act', '=', act).orderBy('id').limit(10).execute();
}

/** The addresses that an act mailed to about its things: there is an index of mails by thing, and none by act. */
export async function mailedBy(db: Db, act: string): Promise<string[]> {
  const rows = await db
    .selectFrom('outbox')
    .select('to_address')
    .distinct()
    .where('act', '=', act)
    .where(sql<boolean>`(item_type, item_id) in (select item_type, item_id from audit where audit.act = ${act})`)
    .execute();
  return rows.map((row) => row.to_address);
}

export type Moved = { type: 'mailbox' | 'group' | 'contact'; id: number; name: string; was: string; address: string };

/**
 * The memberships of a list that began or ended at a moment by somebody's hand, with the members' present addresses; of
 * whoever is in another agency by now, the one that the list knew.
 */
export async function movedAt(db: Db | Trx, group: Thing, row: AuditRow, how: 'added' | 'removed'): Promise<Moved[]> {
  const then =
    how === 'added'
      ? sql`m.since = ${row.at} and m.added_by = ${row.actor_name} and m.until is null`
      : sql`m.until = ${row.at} and m.ended_by = ${row.actor_name} and m.ending = 'removed'`;
  const { rows } = await sql<Moved>`
    select m.member_type as type, m.member_id as id, m.member_name as name, m.member_address as was,
      coalesce(b.primary_email, l.primary_email, c.email, m.member_address) as address
    from membership m
    left join mailbox b on m.member_type = 'mailbox' and b.id = m.member_id
      and b.agency_id = (select agency_id from "group" where "group".id = m.group_id)
    left join "group" l on m.member_type = 'group' and l.id = m.member_id
    left join contact c on m.member_type = 'contact' and c.id = m.member_id
    where m.group_id = ${group.id} and ${then} group by m.member_type, m.member_id order by m.member_name`.execute(db);
  return rows;
}
