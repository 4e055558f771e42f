import { type Kysely, sql } from 'kysely';

/** A passkey that was refused at a sign-in stands with the wrong tries: SQLite changes no check of a table that is there. */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table refused_try_of_any (
      id integer primary key autoincrement,
      at text not null,
      what text not null check (what in ('password', 'code', 'passkey', 'access-code', 'request', 'page')),
      user_id integer references user (id) on delete cascade,
      address text not null,
      page text,
      shut text check (shut in ('name', 'network')),
      check ((what = 'page') = (page is not null)),
      check (shut is null or what <> 'page')
    ) strict`.execute(db);
  await sql`
    insert into refused_try_of_any (id, at, what, user_id, address, page, shut)
    select id, at, what, user_id, address, page, shut from refused_try`.execute(db);
  await sql`drop table refused_try`.execute(db);
  await sql`alter table refused_try_of_any rename to refused_try`.execute(db);
  await sql`create index refused_try_at on refused_try (at)`.execute(db);
  await sql`create index refused_try_user on refused_try (user_id, at) where user_id is not null`.execute(db);
}
