import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../src/data/database.ts';

/** What changes by looking: who is signed in, and wrong tries. */
const RESTLESS = new Set(['session', 'throttle']);

/** Reading the audit trail and saving an attachment are written into it: the looks that leave a row behind. */
const NO_READING = sql`action not in ('audit-trail.read', 'audit-trail.exported', 'attachment.downloaded')`;

async function tablesOf(db: Db) {
  const { rows } = await sql<{ name: string }>`
    select name from pragma_table_list where schema = 'main' and type = 'table' order by name`.execute(db);
  return rows.map(({ name }) => name).filter((name) => name !== 'sqlite_schema');
}

/** The number of rows and a digest of all content, table by table. */
export async function stateOfTables(db: Db) {
  const state: Record<string, string> = {};
  for (const name of await tablesOf(db)) {
    if (RESTLESS.has(name) || name === 'sqlite_sequence') continue;
    const { rows } =
      await sql`select * from ${sql.table(name)} where ${name === 'audit' ? NO_READING : sql`true`}`.execute(db);
    const hash = createHash('sha256').update(JSON.stringify(rows)).digest('base64url');
    state[name] = `${rows.length} rows, ${hash}`;
  }
  return state;
}

/** A number that is the same as before when nothing at all was written: a quick look before a thorough one. */
export async function writesSoFar(db: Db) {
  const { rows } = await sql<{ writes: number }>`select total_changes() as writes`.execute(db);
  return rows[0]?.writes ?? 0;
}

/** Takes away the demo's history, and what makes it unchangeable: a small database is quickly looked over and put back. */
export async function forgetHistory(db: Db) {
  const { rows: triggers } = await sql<{ name: string }>`
    select name from sqlite_schema where type = 'trigger' and sql like '%raise(abort%'`.execute(db);
  for (const trigger of triggers) await sql`drop trigger ${sql.ref(trigger.name)}`.execute(db);
  for (const table of ['audit', 'outbox', 'record', 'submission'] as const) await db.deleteFrom(table).execute();
}

/**
 * Keeps a copy of every table; to be used after `forgetHistory`.
 * @returns what puts the tables back as they are now
 */
export async function keepTables(db: Db) {
  const tables = await tablesOf(db);
  await sql`attach ':memory:' as kept`.execute(db);
  for (const name of tables)
    await sql`create table ${sql.table(`kept.kept_${name}`)} as select * from ${sql.table(`main.${name}`)}`.execute(db);
  const kept = await stateOfTables(db);
  return async () => {
    const now = await stateOfTables(db);
    await sql`pragma foreign_keys = off`.execute(db);
    for (const name of tables.filter((each) => now[each] === undefined || now[each] !== kept[each])) {
      await sql`delete from ${sql.table(`main.${name}`)}`.execute(db);
      await sql`insert into ${sql.table(`main.${name}`)} select * from ${sql.table(`kept.kept_${name}`)}`.execute(db);
    }
    await sql`pragma foreign_keys = on`.execute(db);
  };
}
