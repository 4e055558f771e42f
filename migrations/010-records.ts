import { type Kysely, sql } from 'kysely';

/** SOP 6.0: one numbered record a case that has ended, never changed. And the work for the directory. */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table record (
      id integer primary key autoincrement,
      agency_id integer not null references agency (id),
      year integer not null,
      sequence integer not null,
      number text not null unique,
      file_reference text not null,
      sop text not null,
      title text not null,
      item_type text not null,
      item_id integer not null,
      content text not null check (json_valid(content)),
      filed_by_name text not null,
      filed_at text not null,
      unique (agency_id, year, sequence)
    ) strict`.execute(db);
  await sql`create index record_item on record (item_type, item_id)`.execute(db);
  for (const verb of ['update', 'delete'])
    await sql`
      create trigger ${sql.raw(`record_no_${verb}`)} before ${sql.raw(verb)} on record
      begin select raise(abort, 'records are unchangeable'); end`.execute(db);
  await sql`
    create table directory_job (
      id integer primary key autoincrement,
      act text not null,
      agency_id integer not null references agency (id),
      operation text not null,
      item_type text not null,
      item_id integer not null,
      state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
      created_at text not null
    ) strict`.execute(db);
  await sql`create index directory_job_state on directory_job (state, id)`.execute(db);
}
