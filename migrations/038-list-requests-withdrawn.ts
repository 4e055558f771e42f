import { type Kysely, sql } from 'kysely';

/** Who asked something of a mailing list may take it back while it waits: it is neither approved nor refused then. */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table list_request (
      id integer primary key autoincrement,
      kind text not null check (kind in ('free-text', 'change', 'new', 'join', 'leave')),
      group_id integer references "group" (id),
      agency_id integer not null references agency (id),
      requested_by integer not null references user (id),
      text text not null,
      wanted text not null default '{}',
      status text not null default 'requested' check (status in ('requested', 'approved', 'refused', 'withdrawn')),
      answer text,
      closed_by_deletion integer not null default 0,
      outcome text not null default '{}',
      decided_by integer references user (id),
      decided_at text,
      created_at text not null,
      check (kind = 'new' or group_id is not null)
    ) strict`.execute(db);
  await sql`
    insert into list_request (id, kind, group_id, agency_id, requested_by, text, wanted, status, answer,
      closed_by_deletion, outcome, decided_by, decided_at, created_at)
    select id, kind, group_id, agency_id, requested_by, text, wanted, status, answer,
      closed_by_deletion, outcome, decided_by, decided_at, created_at
    from list_change_request`.execute(db);
  await sql`drop table list_change_request`.execute(db);
  await sql`alter table list_request rename to list_change_request`.execute(db);
  await sql`create index list_change_request_agency on list_change_request (agency_id, status, id)`.execute(db);
  await sql`create index list_change_request_group on list_change_request (group_id, id)`.execute(db);
  await sql`create index list_change_request_asker on list_change_request (requested_by, id)`.execute(db);
  await sql`
    create unique index list_change_request_waits on list_change_request (group_id, requested_by, kind)
      where status = 'requested' and kind in ('join', 'leave')`.execute(db);
}
