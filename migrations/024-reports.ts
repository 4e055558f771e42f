import { type Kysely, sql } from 'kysely';

/**
 * Reports count rows stretch by stretch, in the order of a column of moments: an index for each such column, and for
 * mailboxes one that holds all that is counted, so that no mailbox is read for it.
 */
export async function up(db: Kysely<unknown>) {
  await sql`drop index mailbox_created`.execute(db);
  await sql`
    create index mailbox_created on mailbox (agency_id, created_at, id, status, package, grade, unit)`.execute(db);
  await sql`
    create index disabling_began on disabling (agency_id, began_at) where began_at is not null`.execute(db);
  await sql`
    create index disabling_ended on disabling (agency_id, ended_at) where ended_at is not null`.execute(db);
  await sql`create index mailbox_name_anywhere on mailbox (display_name)`.execute(db); // the list of all agencies' accounts
  await sql`create index ticket_created on ticket (agency_id, created_at)`.execute(db);
}
