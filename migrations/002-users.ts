import { type Kysely, sql } from 'kysely';

/** One person, one sign-in. A person's mailbox, where there is one, is a row of its own. */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table user (
      id integer primary key autoincrement,
      agency_id integer references agency (id),
      role text not null check (role in ('user', 'admin', 'helpdesk')),
      status text not null default 'active' check (status in ('active', 'disabled', 'deleted')),
      login_id text not null unique check (login_id = lower(login_id)),
      email text not null check (email = lower(email)),
      full_name text not null,
      recovery_email text,
      password_hash text,
      must_change_password integer not null default 0 check (must_change_password in (0, 1)),
      password_changed_at text,
      last_sign_in_at text,
      created_at text not null,
      check ((role = 'helpdesk') = (agency_id is null))
    ) strict`.execute(db);
  await sql`create unique index user_email on user (email) where status <> 'deleted'`.execute(db);
  await sql`create index user_agency_role on user (agency_id, role)`.execute(db);
  await sql`
    create table past_password (
      id integer primary key,
      user_id integer not null references user (id),
      password_hash text not null,
      created_at text not null
    ) strict`.execute(db);
  await sql`create index past_password_user on past_password (user_id, id)`.execute(db);
  await sql`
    create table session (
      id text primary key,
      user_id integer references user (id),
      access_code_id integer,
      data text not null,
      address text not null default '',
      agent text not null default '',
      created_at text not null,
      seen_at text not null,
      expires_at text not null
    ) strict, without rowid`.execute(db);
  await sql`create index session_user on session (user_id)`.execute(db);
  await sql`create index session_access_code on session (access_code_id)`.execute(db);
  await sql`create index session_expiry on session (expires_at)`.execute(db);
  await sql`
    create table one_time_link (
      token_hash text primary key,
      purpose text not null check (purpose in ('set-up', 'invitation', 'reset')),
      user_id integer references user (id),
      expires_at text not null
    ) strict, without rowid`.execute(db);
  await sql`create index one_time_link_user on one_time_link (user_id)`.execute(db);
  await sql`
    create table throttle (
      key text primary key,
      failures integer not null,
      window_ends_at text not null,
      locked_until text
    ) strict, without rowid`.execute(db);
  await sql`
    create table password_request (
      id integer primary key,
      user_id integer not null references user (id),
      agency_id integer references agency (id),
      requested_at text not null,
      handled_at text,
      handled_by integer references user (id)
    ) strict`.execute(db);
  await sql`create unique index password_request_open on password_request (user_id) where handled_at is null`.execute(
    db,
  );
}
