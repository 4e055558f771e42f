import { type Kysely, sql } from 'kysely';

const COLUMNS = ['docid', 'name', 'email', 'login', 'identity'];

/**
 * SOP 4.7 step 1: one spelling for searching takes marks, the kind of apostrophe or space, and what nobody sees as one
 * (`base/folding.ts`). Only those mailboxes that it spells otherwise than before are indexed anew: few of a million.
 */
export async function up(db: Kysely<unknown>) {
  const row = (of: string) => sql.raw(`(${COLUMNS.map((column) => `${of}.${column}`).join(', ')})`);
  const { rows } = await sql<{ ids: string }>`
    select json_group_array(stored.mailbox_id) as ids
    from mailbox_search as stored join mailbox_to_search as wanted using (mailbox_id)
    where ${row('stored')} is not ${row('wanted')}`.execute(db);
  const changed = sql`(select value from json_each(${rows[0]?.ids ?? '[]'}))`;
  await sql`delete from mailbox_search where mailbox_id in ${changed}`.execute(db);
  await sql`insert into mailbox_search select * from mailbox_to_search where mailbox_id in ${changed}`.execute(db);
}
