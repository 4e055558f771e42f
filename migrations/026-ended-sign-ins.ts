import { type Kysely, sql } from 'kysely';

/** Addresses of sign-ins that have ended: with `user_email`, an address is found in any of them without reading them all. */
export async function up(db: Kysely<unknown>) {
  await sql`create index user_email_ended on user (email) where status = 'deleted'`.execute(db);
}
