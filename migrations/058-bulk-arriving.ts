import { type Kysely, sql } from 'kysely';

/**
 * The rows of a bulk file, as they were read, some hundred in a piece and packed: the act that takes a file writes as little as
 * can be, and its rows come out of here a piece at a time. A number is never used again: whoever unpacks a piece that another
 * has taken away finds none.
 */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table bulk_arriving (
      id integer primary key autoincrement,
      run_id integer not null references bulk_run (id) on delete cascade,
      packed_rows blob not null
    ) strict`.execute(db);
  await sql`create index bulk_arriving_run on bulk_arriving (run_id, id)`.execute(db);
}
