import { type Kysely, sql } from 'kysely';

/** A mail that is on its way belongs to the worker that sends it, so that two workers do not both send it. */
export async function up(db: Kysely<unknown>) {
  await sql`alter table outbox add column claimed_until text`.execute(db);
}
