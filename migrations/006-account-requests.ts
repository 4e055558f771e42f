import { type Kysely, sql } from 'kysely';

/** SOP 4.3 to 4.6: what the applicant registered (tables 3A and 3B), and the package that the administrator gives. */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table account_request (
      id integer primary key autoincrement,
      agency_id integer not null references agency (id),
      access_code_id integer not null unique references access_code (id),
      source text not null check (source in ('applicant', 'admin')),
      category text not null check (category in ('civil_servant', 'other')),
      status text not null default 'submitted' check (status in ('submitted', 'returned', 'approved', 'refused')),
      full_name text not null,
      ic_number text,
      email text,
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
      stated_grade text not null default '',
      primary_email text,
      login_id text,
      package text check (package in ('A', 'B', 'C')),
      grade text,
      storage_mb integer,
      services text not null default '[]' check (json_valid(services)),
      service_type text check (service_type in ('ordinary', 'vip')),
      allocated_by integer references user (id),
      allocated_at text,
      question text,
      refusal_reason text,
      decided_by integer references user (id),
      decided_at text,
      mailbox_id integer,
      submitted_at text not null,
      version integer not null default 1
    ) strict`.execute(db);
  await sql`create index account_request_agency on account_request (agency_id, status, submitted_at)`.execute(db);
  await sql`create index account_request_ic on account_request (ic_number)`.execute(db);
  await sql`create index account_request_email on account_request (email)`.execute(db);
}
