import { type Kysely, sql } from 'kysely';

/** Where several installations bring their copies to one place, each has a folder of its own there; and a run that ended too soon is known. */
export async function up(db: Kysely<unknown>) {
  await sql`alter table backup_work add column folder text not null default ''`.execute(db);
  await sql`update backup_work set folder = 'ipms-' || lower(hex(randomblob(6)))`.execute(db);
  await sql`alter table backup_work add column began_for text`.execute(db);
}
