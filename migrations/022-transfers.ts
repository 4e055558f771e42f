import { type Kysely, sql } from 'kysely';

/**
 * An officer moves to another agency: one request that both agencies' administrators approve. Where the receiving one
 * asks for somebody whom nobody has, the row is the same without an agency to leave and a mailbox.
 */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table transfer (
      id integer primary key autoincrement,
      begun_by text not null check (begun_by in ('receiving', 'releasing')),
      from_agency_id integer references agency (id),
      to_agency_id integer not null references agency (id),
      mailbox_id integer references mailbox (id),
      sought_email text,
      sought_ic text,
      person_name text not null default '',
      former_email text not null default '',
      note text not null default '',
      effective_on text not null,
      keep_address integer not null default 0 check (keep_address in (0, 1)),
      allocation text check (json_valid(allocation)),
      holds_address integer not null default 0 check (holds_address in (0, 1)),
      status text not null default 'requested' check (status in ('requested', 'agreed', 'carried-out', 'refused', 'withdrawn', 'expired')),
      reason text not null default '',
      requested_by integer not null references user (id),
      requested_at text not null,
      agreed_by text,
      agreed_at text,
      ended_by text,
      ended_at text,
      expires_on text not null,
      kept_addresses text not null default '[]' check (json_valid(kept_addresses)),
      kept_until text,
      version integer not null default 1,
      check ((mailbox_id is null) = (from_agency_id is null)),
      check (from_agency_id <> to_agency_id)
    ) strict`.execute(db);
  await sql`create unique index transfer_leaving on transfer (mailbox_id)
    where status = 'agreed' or (status = 'requested' and begun_by = 'releasing')`.execute(db);
  await sql`create unique index transfer_sought on transfer (to_agency_id, coalesce(sought_email, sought_ic))
    where status in ('requested', 'agreed') and begun_by = 'receiving'`.execute(db);
  await sql`create index transfer_from on transfer (from_agency_id, status)`.execute(db);
  await sql`create index transfer_to on transfer (to_agency_id, status)`.execute(db);
  await sql`create index transfer_open on transfer (status, effective_on) where status in ('requested', 'agreed')`.execute(
    db,
  );
  await sql`create index transfer_kept on transfer (kept_until) where kept_until is not null`.execute(db);
  await sql`create index transfer_mailbox on transfer (mailbox_id) where mailbox_id is not null`.execute(db);
}
