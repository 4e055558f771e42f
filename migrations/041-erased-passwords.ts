import { type Kysely, sql } from 'kysely';

/**
 * A password that was erased is still in the write-ahead log until that is cut off, which somebody who reads may put off: how
 * many were erased since then.
 */
export async function up(db: Kysely<unknown>) {
  await sql`alter table directory_work add column erased integer not null default 0`.execute(db);
  for (const [name, event] of [
    ['erased', 'delete'],
    ['replaced', 'update of sealed'],
  ])
    await sql`create trigger directory_password_${sql.raw(`${name} after ${event}`)} on directory_password
      begin update directory_work set erased = erased + 1; end`.execute(db);
}
