import { type Kysely, sql } from 'kysely';

/**
 * Passkeys, beside the authenticator app: what was kept of each is public, and good for nothing but to check what it signs.
 * Recovery codes stand for either, so they are the person's and no longer the app's. A challenge is kept only once it was
 * answered, so that it is answered once.
 */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table passkey (
      id integer primary key,
      user_id integer not null references user (id),
      name text not null,
      credential_id text not null unique,
      public_key blob not null,
      counter integer not null check (counter >= 0),
      transports text not null,
      created_at text not null,
      last_used_at text
    ) strict`.execute(db);
  await sql`create index passkey_user on passkey (user_id)`.execute(db);
  await sql`
    create table answered_challenge (
      digest text primary key,
      expires_at text not null
    ) strict, without rowid`.execute(db);
  await sql`create index answered_challenge_expires on answered_challenge (expires_at)`.execute(db);
  await sql`
    create table recovery_code_of_user (
      user_id integer not null references user (id),
      code_hash text not null,
      primary key (user_id, code_hash)
    ) strict, without rowid`.execute(db);
  await sql`insert into recovery_code_of_user select user_id, code_hash from recovery_code`.execute(db);
  await sql`drop table recovery_code`.execute(db);
  await sql`alter table recovery_code_of_user rename to recovery_code`.execute(db);
}
