import { type Kysely, sql } from 'kysely';

/** Who changed what: rows are only ever added, each sealed with the one before it. */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table audit (
      id integer primary key autoincrement,
      at text not null,
      act text not null,
      actor_user_id integer,
      actor_name text not null,
      actor_role text not null,
      address text not null,
      agency_id integer,
      action text not null,
      sop text,
      item_type text not null,
      item_id integer not null,
      item_name text not null,
      before text check (before is null or json_valid(before)),
      after text check (after is null or json_valid(after)),
      hash text not null
    ) strict`.execute(db);
  await sql`create index audit_item on audit (item_type, item_id, id)`.execute(db);
  await sql`create index audit_agency on audit (agency_id, id)`.execute(db);
  await sql`create index audit_act on audit (act)`.execute(db);
  await sql`create index audit_actor on audit (actor_user_id, id)`.execute(db);
  for (const verb of ['update', 'delete'])
    await sql`
      create trigger ${sql.raw(`audit_no_${verb}`)} before ${sql.raw(verb)} on audit
      begin select raise(abort, 'audit rows are append-only'); end`.execute(db);
  await sql`create table submission (act text primary key, at text not null) strict, without rowid`.execute(db);
  await sql`create index submission_at on submission (at)`.execute(db);
}
