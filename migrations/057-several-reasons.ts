import { type Kysely, sql } from 'kysely';

/** What several addresses were refused for is said by `form.several` now: rows of bulk runs keep what they said, by its key. */
export async function up(db: Kysely<unknown>) {
  await sql`
    update bulk_row set said = replace(said, '"group.address.refused"', '"form.several"')
    where said like '%"group.address.refused"%'`.execute(db);
}
