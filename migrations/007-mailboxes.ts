import { type Kysely, sql } from 'kysely';

/** A mailbox, and the one registry of sign-in names: reserved by a request, then held by a user. */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table mailbox (
      id integer primary key autoincrement,
      agency_id integer not null references agency (id),
      user_id integer not null unique references user (id),
      account_request_id integer references account_request (id),
      category text not null check (category in ('civil_servant', 'other')),
      status text not null default 'active' check (status in ('active', 'disabled', 'deleted')),
      display_name text not null,
      full_name text not null,
      primary_email text not null,
      login_id text not null unique,
      ic_number text,
      passport text,
      contact_email text,
      supervisor_email text,
      ministry text not null default '',
      department text not null default '',
      division text not null default '',
      section text not null default '',
      unit text not null default '',
      position_title text not null default '',
      position text not null default '',
      address text not null default '',
      postcode text not null default '',
      city text not null default '',
      state text not null default '',
      country text not null default '',
      office_phone text not null default '',
      mobile_phone text not null default '',
      note text not null default '',
      package text not null check (package in ('A', 'B', 'C')),
      grade text not null,
      storage_mb integer not null,
      used_mb integer not null default 0,
      services text not null default '[]' check (json_valid(services)),
      service_type text not null check (service_type in ('ordinary', 'vip')),
      created_at text not null,
      version integer not null default 1
    ) strict`.execute(db);
  await sql`create index mailbox_primary_email on mailbox (primary_email)`.execute(db);
  await sql`create index mailbox_agency on mailbox (agency_id, status, display_name)`.execute(db);
  await sql`create index mailbox_ic on mailbox (ic_number) where ic_number is not null`.execute(db);
  await sql`create index mailbox_passport on mailbox (passport) where passport is not null`.execute(db);
  await sql`
    create table login_name (
      login_id text primary key check (login_id = lower(login_id)),
      account_request_id integer references account_request (id),
      user_id integer references user (id)
    ) strict, without rowid`.execute(db);
  await sql`create index login_name_request on login_name (account_request_id) where account_request_id is not null`.execute(
    db,
  );
}
