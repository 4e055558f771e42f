import { type Kysely, sql } from 'kysely';

/** SOP 4.1 and 4.2: the request for an access code, and the code, which is kept as a salted hash only. */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table access_code (
      id integer primary key autoincrement,
      agency_id integer not null references agency (id),
      category text not null check (category in ('civil_servant', 'other')),
      full_name text not null,
      ic_number text check (ic_number is null or length(ic_number) = 12),
      email text,
      contact_email text,
      notify_kind text not null check (notify_kind in ('supervisor', 'personal', 'admin')),
      notify_email text not null,
      supervisor_email text,
      status text not null check (status in ('issued', 'returned', 'confirmed', 'registered', 'activated', 'revoked')),
      return_note text,
      salt text not null,
      code_hash text not null,
      issued_by integer not null references user (id),
      issued_at text not null,
      expires_at text not null,
      check ((category = 'civil_servant' and ic_number is not null) or (category = 'other' and email is not null))
    ) strict`.execute(db);
  await sql`create index access_code_ic on access_code (ic_number) where ic_number is not null`.execute(db);
  await sql`create index access_code_email on access_code (email) where email is not null`.execute(db);
  await sql`create index access_code_issued on access_code (agency_id, issued_at, id)`.execute(db);
  await sql`create index access_code_agency on access_code (agency_id, status, id)`.execute(db);
  await sql`
    create table access_code_request (
      id integer primary key autoincrement,
      agency_id integer not null references agency (id),
      reference text not null unique,
      category text not null check (category in ('civil_servant', 'other')),
      full_name text not null,
      ic_number text,
      email text,
      contact_email text not null,
      reporting_division text not null,
      supervisor_email text,
      note text not null default '',
      status text not null default 'submitted' check (status in ('submitted', 'issued', 'refused')),
      verified_with text check (verified_with in ('human_resources', 'division')),
      verification_note text,
      verified_by integer references user (id),
      verified_at text,
      refusal_reason text,
      decided_by integer references user (id),
      decided_at text,
      access_code_id integer references access_code (id),
      created_at text not null
    ) strict`.execute(db);
  await sql`create index access_code_request_agency on access_code_request (agency_id, status, id)`.execute(db);
  await sql`create index access_code_request_ic on access_code_request (ic_number)`.execute(db);
  await sql`create index access_code_request_email on access_code_request (email)`.execute(db);
}
