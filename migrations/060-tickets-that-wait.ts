import { type Kysely, sql } from 'kysely';

/** An administrator's overview says how many resolved tickets wait for the agency, and since when: read in an index, however many they are. */
export async function up(db: Kysely<unknown>) {
  await sql`create index ticket_waiting on ticket (agency_id, status, resolved_at)`.execute(db);
}
