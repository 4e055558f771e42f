import { type Kysely, sql } from 'kysely';

/**
 * What was in the directory before IPMS: taken over, it stays called and placed as it is. An account comes without what an
 * administrator decides (SOP 4.5): until that is done, its quota in the directory is nobody's to change.
 */
export async function up(db: Kysely<unknown>) {
  await sql`alter table mailbox add column to_complete integer not null default 0 check (to_complete in (0, 1))`.execute(
    db,
  );
  await sql`create index mailbox_to_complete on mailbox (agency_id) where to_complete = 1`.execute(db);
  await sql`alter table directory_object add column adopted text check (json_valid(adopted))`.execute(db);
  await sql`create index directory_object_adopted on directory_object (agency_id) where adopted is not null`.execute(
    db,
  );
  await sql`
    create trigger directory_follows_mailbox_completed after update of to_complete on mailbox
    when old.to_complete is not new.to_complete
    begin
      update directory_object set state = 'due', tries = 0, next_try_at = null,
        wanted_at = iif(state = 'due', wanted_at, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
      where item_type = 'mailbox' and item_id = new.id;
    end`.execute(db);
}
