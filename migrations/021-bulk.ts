import { type Kysely, sql } from 'kysely';

/** Bulk work: a file of rows that is checked whole, confirmed once, and carried out row by row. */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table bulk_run (
      id integer primary key autoincrement,
      agency_id integer not null references agency (id),
      kind text not null,
      state text not null default 'uploaded'
        check (state in ('uploaded', 'refused', 'checked', 'confirmed', 'running', 'done', 'cancelled', 'stopped', 'discarded')),
      file_name text not null,
      file_hash text not null,
      total integer not null,
      done integer not null default 0,
      failed integer not null default 0,
      undo_of integer references bulk_run (id),
      reason text not null default '',
      act text not null,
      created_by integer not null references user (id),
      created_by_name text not null,
      created_at text not null,
      confirmed_by integer references user (id),
      confirmed_by_name text,
      confirmed_from text not null default '',
      confirmed_at text,
      finished_at text,
      rows_kept integer not null default 1 check (rows_kept in (0, 1))
    ) strict`.execute(db);
  await sql`create index bulk_run_agency on bulk_run (agency_id, created_at)`.execute(db);
  await sql`create index bulk_run_open on bulk_run (state, agency_id, id) where state in ('uploaded', 'confirmed', 'running')`.execute(
    db,
  );
  await sql`create index bulk_run_file on bulk_run (agency_id, kind, file_hash)`.execute(db);
  await sql`create unique index bulk_run_undo on bulk_run (undo_of) where undo_of is not null and state in ('confirmed', 'running')`.execute(
    db,
  );
  await sql`
    create table bulk_row (
      id integer primary key autoincrement,
      run_id integer not null references bulk_run (id) on delete cascade,
      line integer not null,
      label text not null,
      input text not null check (json_valid(input)),
      state text not null default 'unchecked'
        check (state in ('unchecked', 'bad', 'waiting', 'done', 'failed', 'left', 'undone')),
      same integer not null default 0 check (same in (0, 1)),
      said text not null default '[]' check (json_valid(said)),
      notes text not null default '[]' check (json_valid(notes)),
      mails text not null default '[]' check (json_valid(mails)),
      item_type text,
      item_id integer,
      before text check (before is null or json_valid(before)),
      undoes integer references bulk_row (id) on delete set null,
      unique (run_id, line)
    ) strict`.execute(db);
  await sql`create index bulk_row_state on bulk_row (run_id, state, line)`.execute(db);
  await sql`create index bulk_row_undoes on bulk_row (undoes) where undoes is not null`.execute(db);
  await sql`create index mailbox_contact on mailbox (contact_email) where contact_email is not null`.execute(db);
}
