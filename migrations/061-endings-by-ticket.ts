import { type Kysely, sql } from 'kysely';

/** The endings of accounts whose ticket is still in hand are found by those few tickets: endings themselves are kept for good. */
export async function up(db: Kysely<never>) {
  await sql`create index termination_ticket on termination (ticket_id) where ticket_id is not null`.execute(db);
}
