import { type Kysely, sql } from 'kysely';

const MEMBERS = [
  ['mailbox', 'display_name', 'primary_email'],
  ['group', 'display_name', 'primary_email'],
  ['contact', 'full_name', 'email'],
] as const;

/**
 * A list of 50,000 is sorted and searched by the names in its memberships: those that last follow the member's present
 * name and address, whoever changes it. Those that have ended keep what was true then.
 */
export async function up(db: Kysely<unknown>) {
  for (const [type, name, address] of MEMBERS)
    await sql`
      create trigger ${sql.raw(`membership_follows_${type}`)} after update of ${sql.ref(name)}, ${sql.ref(address)} on ${sql.table(type)}
      when old.${sql.ref(name)} <> new.${sql.ref(name)} or old.${sql.ref(address)} <> new.${sql.ref(address)}
      begin
        update membership set member_name = new.${sql.ref(name)}, member_address = new.${sql.ref(address)}
        where member_type = ${sql.lit(type)} and member_id = new.id and until is null;
      end`.execute(db);
  await sql`create index membership_past on membership (member_type, member_id, id) where until is not null`.execute(
    db,
  );
  await sql`create index address_reserved on address (reserved_until) where kind = 'reserved'`.execute(db);
  await sql`create index list_change_request_group on list_change_request (group_id, id)`.execute(db);
}
