import { type Kysely, sql } from 'kysely';

/** A mail is given up after so many tries: a moment that was written under a wrong clock says nothing. */
export async function up(db: Kysely<unknown>) {
  await sql`alter table outbox drop column give_up_at`.execute(db);
}
