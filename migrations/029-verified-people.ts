import { type Kysely, sql } from 'kysely';

/**
 * SOP 4.1 step 2 is not walked round: each code says with whom its person was verified, also without a request; a file says
 * it once for everybody in it. Codes from before it was asked say nothing, unless they came from a request.
 */
export async function up(db: Kysely<unknown>) {
  for (const table of ['access_code', 'bulk_run']) {
    await sql`alter table ${sql.table(table)} add column verified_with text
      check (verified_with in ('human_resources', 'division'))`.execute(db);
    await sql`alter table ${sql.table(table)} add column verification_note text not null default ''`.execute(db);
  }
  await sql`
    update access_code set verified_with = request.verified_with,
      verification_note = coalesce(request.verification_note, '')
    from access_code_request as request where request.access_code_id = access_code.id`.execute(db);
}
