import { type Kysely, sql } from 'kysely';

/** Codes and links that wait to be mailed are sealed with a key that is not in the database. */
export async function up(db: Kysely<unknown>) {
  await sql`update outbox set secret = seal_secret(secret) where secret is not null`.execute(db);
}
