import { type Kysely, sql } from 'kysely';

/**
 * The copies that IPMS makes of the database: one row a copy or failed try, and one row for the work itself. A row is written
 * only when a copy is done: one that was cut off leaves none, and so counts for nothing.
 */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table backup (
      id integer primary key,
      file_name text not null,
      state text not null check (state in ('good', 'faults', 'failed', 'found', 'spoilt', 'gone', 'removed')),
      began_at text not null,
      ended_at text not null,
      asked_by_name text not null,
      is_encrypted integer not null check (is_encrypted in (0, 1)),
      bytes integer,
      sha256 text,
      last_audit_row integer,
      read_at text,
      copied_at text,
      lost_at text,
      said text
    ) strict`.execute(db);
  await sql`create unique index backup_in_folder on backup (file_name) where state in ('good', 'faults', 'found')`.execute(
    db,
  );
  await sql`create index backup_of_state on backup (state, ended_at)`.execute(db);
  await sql`
    create table backup_work (
      id integer primary key check (id = 1),
      scheduled_since text,
      asked_at text,
      asked_by_name text,
      began_at text,
      looked_at text,
      copying_said text
    ) strict`.execute(db);
  await sql`insert into backup_work (id) values (1)`.execute(db);
}
