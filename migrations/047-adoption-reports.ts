import { type Kysely, sql } from 'kysely';

/**
 * What lies in a part of the directory, as it was read for an agency: a report that is kept, and the order to take over what is
 * clean in it. Reading and taking over are done beside the server; whoever asked may go away and come back.
 */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table directory_adoption (
      id integer primary key,
      agency_id integer not null references agency (id),
      ou text not null,
      state text not null default 'asked' check (state in ('asked', 'reported', 'ordered', 'done', 'failed')),
      asked_by integer not null references user (id),
      asked_by_name text not null,
      asked_at text not null,
      reported_at text,
      ordered_by integer references user (id),
      ordered_by_name text,
      ordered_from text,
      ordered_at text,
      ended_at text,
      found integer not null default 0,
      clean integer not null default 0,
      taken integer not null default 0,
      failure text check (json_valid(failure))
    ) strict`.execute(db);
  await sql`create index directory_adoption_agency on directory_adoption (agency_id)`.execute(db);
  await sql`create index directory_adoption_asked_by on directory_adoption (asked_by)`.execute(db);
  await sql`create index directory_adoption_ordered_by on directory_adoption (ordered_by)`.execute(db);
  await sql`
    create index directory_adoption_waiting on directory_adoption (id) where state in ('asked', 'ordered')`.execute(db);
  await sql`
    create table directory_adoption_row (
      id integer primary key,
      adoption_id integer not null references directory_adoption (id),
      guid text not null,
      kind text not null,
      item_type text not null check (item_type in ('mailbox', 'group', 'contact')),
      name text not null,
      place text not null,
      why text check (json_valid(why)),
      is_clean integer not null check (is_clean in (0, 1)),
      outcome text check (outcome in ('taken', 'refused', 'changed'))
    ) strict`.execute(db);
  await sql`create index directory_adoption_row_kind on directory_adoption_row (adoption_id, kind)`.execute(db);
}
