import { type Kysely, sql } from 'kysely';

/**
 * Who was in which list, and when: a membership ends and is never deleted, so that any day can be looked at, and what a
 * disabling took away can be given back exactly. Members are mailboxes, other lists, or contacts.
 */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table membership (
      id integer primary key autoincrement,
      group_id integer not null references "group" (id),
      member_type text not null check (member_type in ('mailbox', 'group', 'contact')),
      member_id integer not null,
      member_name text not null,
      member_address text not null,
      since text not null,
      until text,
      added_by text not null,
      ended_by text,
      ending text check (ending in ('removed', 'disabled', 'deleted', 'list-deleted')),
      disabling_id integer,
      termination_id integer,
      check ((until is null) = (ending is null))
    ) strict`.execute(db);
  await sql`create unique index membership_current on membership (group_id, member_type, member_id) where until is null`.execute(
    db,
  );
  await sql`create index membership_member on membership (member_type, member_id, group_id) where until is null`.execute(
    db,
  );
  await sql`create index membership_page on membership (group_id, member_name, id) where until is null`.execute(db);
  await sql`create index membership_history on membership (group_id, since)`.execute(db);
  await sql`create index membership_disabling on membership (disabling_id) where disabling_id is not null`.execute(db);
  await sql`create index membership_termination on membership (termination_id) where termination_id is not null`.execute(
    db,
  );
  await sql`
    insert into membership (group_id, member_type, member_id, member_name, member_address, since, added_by)
    select g.group_id, 'mailbox', g.mailbox_id, m.display_name, m.primary_email, g.added_at, 'IPMS'
    from group_member g join mailbox m on m.id = g.mailbox_id`.execute(db);
  await sql`drop table group_member`.execute(db);
  await sql`alter table "group" add column accept_from text not null default 'all' check (accept_from in ('all', 'agency', 'members', 'listed'))`.execute(
    db,
  );
  await sql`alter table "group" add column changed_at text`.execute(db);
  await sql`
    create table group_sender (
      group_id integer not null references "group" (id),
      address text not null,
      primary key (group_id, address)
    ) strict, without rowid`.execute(db);
  await sql`
    create table contact (
      id integer primary key autoincrement,
      full_name text not null,
      email text not null,
      position text not null default '',
      company text not null default '',
      phone text not null default '',
      address text not null default '',
      status text not null default 'active' check (status in ('active', 'deleted')),
      created_at text not null,
      version integer not null default 1
    ) strict`.execute(db);
  await sql`create index contact_email on contact (email)`.execute(db);
  await sql`
    create table list_change_request (
      id integer primary key autoincrement,
      group_id integer not null references "group" (id),
      agency_id integer not null references agency (id),
      requested_by integer not null references user (id),
      text text not null,
      status text not null default 'requested' check (status in ('requested', 'approved', 'refused')),
      answer text,
      decided_by integer references user (id),
      decided_at text,
      created_at text not null
    ) strict`.execute(db);
  await sql`create index list_change_request_agency on list_change_request (agency_id, status, id)`.execute(db);
}
