import { type Kysely, sql } from 'kysely';

/**
 * The second factor: a person's authenticator app, its secret sealed under a key that is outside of the database, and the
 * recovery codes, of which only hashes are kept and which end with it. A session may wait for the code of whoever has
 * given the right password: it is that person's to end, and nobody's to use.
 */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table authenticator (
      user_id integer primary key references user (id),
      sealed_secret text not null,
      last_used_step integer not null,
      set_up_at text not null
    ) strict`.execute(db);
  await sql`
    create table recovery_code (
      user_id integer not null references authenticator (user_id) on delete cascade,
      code_hash text not null,
      primary key (user_id, code_hash)
    ) strict, without rowid`.execute(db);
  await sql`alter table session add column pending_user_id integer references user (id)`.execute(db);
  await sql`create index session_pending on session (pending_user_id) where pending_user_id is not null`.execute(db);
}
