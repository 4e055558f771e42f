import { type Kysely, sql } from 'kysely';

/** A password's hash carries a seal, so that one that was put in its place by another hand shows. Those that are there are taken as right. */
export async function up(db: Kysely<unknown>) {
  await sql`alter table user add column password_seal text`.execute(db);
  await sql`
    update user set password_seal = audit_hash('password', json_array(id, password_hash, password_changed_at))
    where password_hash is not null`.execute(db);
}
