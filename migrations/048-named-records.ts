import { type Kysely, sql } from 'kysely';

/**
 * A chain does not show that its end is missing: an audit row names the newest record and its seal, where no row before it did.
 * Rows that are there already name none, and are sealed as they were.
 */
export async function up(db: Kysely<unknown>) {
  await sql`alter table audit add column record_id integer`.execute(db);
  await sql`alter table audit add column record_hash text`.execute(db);
  await sql`create index audit_record on audit (record_id) where record_id is not null`.execute(db);
}
