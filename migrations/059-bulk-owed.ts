import { type Kysely, sql } from 'kysely';

/**
 * What an act has said of all rows of a bulk run and is done to them afterwards, some hundred at a time: a file that is discarded or
 * was kept long enough loses them, a run that ended leaves out what it had not done, one that takes another back gets its rows.
 */
export async function up(db: Kysely<unknown>) {
  await sql`alter table bulk_run add column owed text check (owed in ('forget', 'leave', 'fill'))`.execute(db);
  await sql`create index bulk_run_owed on bulk_run (id) where owed is not null`.execute(db);
}
