import { type Kysely, sql } from 'kysely';

/** SOP 4.11, 4.12: which addresses an ended mailbox had and of what kind, so that restoring gives back the very same ones. */
export async function up(db: Kysely<unknown>) {
  await sql`alter table termination add column addresses text not null default '[]' check (json_valid(addresses))`.execute(
    db,
  );
  await sql`create index termination_mailbox on termination (mailbox_id, id)`.execute(db);
  await sql`create index disabling_mailbox on disabling (mailbox_id, id)`.execute(db);
}
