import { type Kysely, sql } from 'kysely';

/** What lies in a directory holds people's data: the rows of a report on it are forgotten after a time, and the report says so. */
export async function up(db: Kysely<unknown>) {
  await sql`
    alter table directory_adoption add column rows_kept integer not null default 1 check (rows_kept in (0, 1))`.execute(
    db,
  );
  await sql`create index directory_adoption_kept on directory_adoption (asked_at) where rows_kept = 1`.execute(db);
}
