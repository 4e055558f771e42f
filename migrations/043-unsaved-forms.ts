import { type Kysely, sql } from 'kysely';

/** Forms that came after their session had ended: sealed, for whoever was shown them, until that person has signed in again. */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table unsaved_form (
      id integer primary key,
      user_id integer references user (id),
      access_code_id integer references access_code (id),
      sealed text not null,
      shown integer not null default 0 check (shown in (0, 1)),
      expires_at text not null,
      check ((user_id is null) <> (access_code_id is null))
    ) strict`.execute(db);
  await sql`create index unsaved_form_user on unsaved_form (user_id) where user_id is not null`.execute(db);
  await sql`create index unsaved_form_code on unsaved_form (access_code_id) where access_code_id is not null`.execute(
    db,
  );
  await sql`create index unsaved_form_expiry on unsaved_form (expires_at)`.execute(db);
}
