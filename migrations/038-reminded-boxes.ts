import { type Kysely, sql } from 'kysely';

/** SOP 4.11: the helpdesk hears once that something of an account that has ended is still to be ended. */
export async function up(db: Kysely<unknown>) {
  await sql`alter table termination add column reminded_at text`.execute(db);
}
