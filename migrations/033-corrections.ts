import { type Kysely, sql } from 'kysely';

/**
 * What IPMS knows a person by can have been typed wrongly: one administrator asks for it to be corrected, another one, or
 * the helpdesk, confirms it. The row keeps both sides, so that a former login ID is known to be taken for good.
 */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table correction (
      id integer primary key autoincrement,
      mailbox_id integer not null references mailbox (id),
      agency_id integer not null references agency (id),
      person_name text not null,
      former_ic_number text,
      former_passport text,
      former_login_id text not null,
      ic_number text,
      passport text,
      login_id text not null check (login_id = lower(login_id)),
      reason text not null,
      status text not null default 'requested' check (status in ('requested', 'confirmed', 'refused', 'withdrawn')),
      refusal text not null default '',
      requested_by integer not null references user (id),
      requested_at text not null,
      decided_by integer references user (id),
      decided_at text,
      check ((status = 'requested') = (decided_at is null)),
      check ((decided_by is null) = (decided_at is null)),
      check (status <> 'confirmed' or decided_by <> requested_by)
    ) strict`.execute(db);
  await sql`create unique index correction_open on correction (mailbox_id) where status = 'requested'`.execute(db);
  await sql`create index correction_agency on correction (agency_id, status)`.execute(db);
  await sql`create index correction_former_login on correction (former_login_id) where status = 'confirmed'`.execute(
    db,
  );
  // a login ID could not change before: the lists of whose agency's code it begins with may be called otherwise now
  const named = (row: 'old' | 'new') => `
    insert into directory_object (item_type, item_id, agency_id, wanted_at)
    select 'group', id, agency_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') from "group"
    where status = 'active' and agency_id in (
      select id from agency where lower(${row}.login_id) like lower(code) || '-%')
    on conflict (item_type, item_id) do update set agency_id = excluded.agency_id, state = 'due', tries = 0, next_try_at = null,
      wanted_at = iif(state = 'due', wanted_at, excluded.wanted_at)
    where state <> 'due' or next_try_at is not null or agency_id is not excluded.agency_id;`;
  await sql
    .raw(
      `create trigger directory_follows_mailbox_login after update of login_id on mailbox
       when old.login_id is not new.login_id begin ${named('old')} ${named('new')} end`,
    )
    .execute(db);
}
