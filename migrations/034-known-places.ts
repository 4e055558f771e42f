import { type Kysely, sql } from 'kysely';

/**
 * Where people have signed in before, so that what strangers try is not counted against them there; and whom a count is
 * about, since its key no longer says whether there is somebody of that name. What was refused is kept for three months, to be
 * seen by the helpdesk and by the person.
 */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table known_place (
      place text not null check (place glob 'browser:*' or place glob 'network:*'),
      user_id integer not null references user (id) on delete cascade,
      first_at text not null,
      last_at text not null,
      primary key (place, user_id)
    ) strict, without rowid`.execute(db);
  await sql`create index known_place_last on known_place (last_at)`.execute(db);
  await sql`create index known_place_user on known_place (user_id)`.execute(db);
  // networks are known by the sign-ins of the trail; one of IPv6 becomes known by the next sign-in
  await sql`
    insert into known_place (place, user_id, first_at, last_at)
    select 'network:' || audit.address, user.id, min(audit.at), max(audit.at)
    from audit join user on user.id = audit.item_id
    where audit.item_type = 'user' and audit.action = 'user.signed-in' and audit.address glob '*.*.*.*'
      and audit.address not glob '*:*'
    group by audit.address, user.id`.execute(db);

  await sql`alter table throttle add column user_id integer references user (id) on delete cascade`.execute(db);
  await sql`
    update throttle set user_id = (select id from user where id = cast(substr(key, 6) as integer))
    where key >= 'user:' and key < 'user;'`.execute(db);
  await sql`create index throttle_user on throttle (user_id, locked_until) where user_id is not null`.execute(db);

  await sql`
    create table refused_try (
      id integer primary key autoincrement,
      at text not null,
      what text not null check (what in ('password', 'code', 'access-code', 'request', 'page')),
      user_id integer references user (id) on delete cascade,
      address text not null,
      page text,
      shut text check (shut in ('name', 'network')),
      check ((what = 'page') = (page is not null)),
      check (shut is null or what <> 'page')
    ) strict`.execute(db);
  await sql`create index refused_try_at on refused_try (at)`.execute(db);
  await sql`create index refused_try_user on refused_try (user_id, at) where user_id is not null`.execute(db);

  // what nobody's password is compared at: as dear as the dearest of somebody
  await sql`
    create index user_hash_cost on user (substr(password_hash, 5, 2)) where password_hash is not null`.execute(db);
}
