import { type Kysely, sql } from 'kysely';

/** Agencies, the mail domains that are theirs, and what the helpdesk may set for the whole system. */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table agency (
      id integer primary key,
      name text not null,
      code text not null unique check (code = upper(code) and length(code) between 2 and 12),
      ministry text not null default '',
      postmaster_email text not null,
      file_reference text not null default '',
      created_at text not null
    ) strict`.execute(db);
  await sql`
    create table mail_domain (
      domain text primary key check (domain = lower(domain)),
      agency_id integer not null references agency (id)
    ) strict, without rowid`.execute(db);
  await sql`create index mail_domain_agency on mail_domain (agency_id)`.execute(db);
  await sql`create table system_setting (name text primary key, value text not null) strict, without rowid`.execute(db);
  await sql`
    create table package_limit (
      package text primary key check (package in ('A', 'B', 'C')),
      largest_storage_mb integer,
      services text not null default '[]' check (json_valid(services)),
      services_limited integer not null default 0 check (services_limited in (0, 1))
    ) strict, without rowid`.execute(db);
  await sql`insert into package_limit (package) values ('A'), ('B'), ('C')`.execute(db);
}
