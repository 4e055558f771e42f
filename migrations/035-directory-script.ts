import { type Kysely, sql } from 'kysely';

/**
 * What a script or the directory said of a step that was done, and the services of a mailbox: a script enables them. Whoever changes
 * them marks the mailbox, as with everything else that is read of it.
 */
export async function up(db: Kysely<unknown>) {
  await sql`alter table directory_change add column words text not null default ''`.execute(db);
  await sql`
    create trigger directory_follows_mailbox_services after update of services on mailbox
    when old.services is not new.services
    begin
      insert into directory_object (item_type, item_id, agency_id, wanted_at)
      values ('mailbox', new.id, new.agency_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
      on conflict (item_type, item_id) do update set agency_id = excluded.agency_id, state = 'due', tries = 0, next_try_at = null,
        wanted_at = iif(state = 'due', wanted_at, excluded.wanted_at)
      where state <> 'due' or next_try_at is not null or agency_id is not excluded.agency_id;
    end`.execute(db);
}
