import { type Kysely, sql } from 'kysely';

/** Mailing lists, their owners and their members. */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table "group" (
      id integer primary key autoincrement,
      agency_id integer not null references agency (id),
      display_name text not null,
      primary_email text not null,
      status text not null default 'active' check (status in ('active', 'deleted')),
      created_at text not null,
      version integer not null default 1
    ) strict`.execute(db);
  await sql`create index group_primary_email on "group" (primary_email)`.execute(db);
  await sql`create index group_agency on "group" (agency_id, status, display_name)`.execute(db);
  await sql`
    create table group_owner (
      group_id integer not null references "group" (id),
      mailbox_id integer not null references mailbox (id),
      primary key (group_id, mailbox_id)
    ) strict, without rowid`.execute(db);
  await sql`create index group_owner_mailbox on group_owner (mailbox_id, group_id)`.execute(db);
  await sql`
    create table group_member (
      group_id integer not null references "group" (id),
      mailbox_id integer not null references mailbox (id),
      added_at text not null,
      primary key (group_id, mailbox_id)
    ) strict, without rowid`.execute(db);
  await sql`create index group_member_mailbox on group_member (mailbox_id, group_id)`.execute(db);
}
