import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../src/data/database.ts';

/** What changes by looking: who is signed in, wrong tries, what was refused, and which of the forms that came too late were seen. */
const RESTLESS = new Set(['session', 'throttle', 'refused_try', 'unsaved_form']);

/** Reading the audit trail and saving an attachment are written into it: the looks that leave a row behind. */
const NO_READING = sql`action not in ('audit-trail.read', 'audit-trail.exported', 'attachment.downloaded')`;

/** The names of all tables, without those that SQLite keeps for a search index. */
export async function tablesOf(db: Db) {
  const { rows } = await sql<{ name: string }>`
    select name from pragma_table_list where schema = 'main' and type = 'table' order by name`.execute(db);
  return rows.map(({ name }) => name).filter((name) => name !== 'sqlite_schema');
}

/** The number of rows and a digest of all content, table by table. */
export async function stateOfTables(db: Db, tables?: string[]) {
  const state: Record<string, string> = {};
  for (const name of tables ?? (await tablesOf(db))) {
    if (RESTLESS.has(name) || name === 'sqlite_sequence') continue;
    const { rows } =
      await sql`select * from ${sql.table(name)} where ${name === 'audit' ? NO_READING : sql`true`}`.execute(db);
    const hash = createHash('sha256').update(JSON.stringify(rows)).digest('base64url');
    state[name] = `${rows.length} rows, ${hash}`;
  }
  return state;
}

/** Takes away the demo's history, and what makes it unchangeable: a small database is quickly looked over and put back. */
export async function forgetHistory(db: Db) {
  const { rows: triggers } = await sql<{ name: string }>`
    select name from sqlite_schema where type = 'trigger' and sql like '%raise(abort%'`.execute(db);
  for (const trigger of triggers) await sql`drop trigger ${sql.ref(trigger.name)}`.execute(db);
  for (const table of ['audit', 'outbox', 'record', 'submission'] as const) await db.deleteFrom(table).execute();
}

/**
 * Keeps a copy of every table; to be used after `forgetHistory`. Triggers note which are written to, so that only these
 * are looked over.
 * @returns what names the tables that are no longer as they are now, and what puts them back
 */
export async function keepTables(db: Db) {
  const tables = await tablesOf(db);
  await sql`attach ':memory:' as kept`.execute(db);
  await sql`create temp table written (name text primary key)`.execute(db);
  for (const name of tables) {
    await sql`create table ${sql.table(`kept.kept_${name}`)} as select * from ${sql.table(`main.${name}`)}`.execute(db);
    if (name !== 'sqlite_sequence') await noteWrites(db, name);
  }
  const kept = await stateOfTables(db);
  const changed = async () => {
    const { rows } = await sql<{ name: string }>`select name from written order by name`.execute(db);
    const names = rows.map(({ name }) => name);
    const now = await stateOfTables(db, names);
    return names.filter((name) => now[name] !== kept[name]);
  };
  const putBack = async (name: string) => {
    await sql`delete from ${sql.table(`main.${name}`)}`.execute(db);
    await sql`insert into ${sql.table(`main.${name}`)} select * from ${sql.table(`kept.kept_${name}`)}`.execute(db);
  };
  return {
    changed,
    async restore() {
      await sql`pragma foreign_keys = off`.execute(db);
      // a trigger of one table may write to another that was already put back
      for (let left = await changed(); left.length > 0; left = await changed())
        for (const name of left) await putBack(name);
      for (const name of [...RESTLESS, 'sqlite_sequence']) await putBack(name);
      await sql`delete from written`.execute(db);
      await sql`pragma foreign_keys = on`.execute(db);
    },
  };
}

/** Asks first, as `or ignore` in a trigger gives way to what the statement that fires it says of conflicts. */
async function noteWrites(db: Db, name: string) {
  for (const write of ['insert', 'update', 'delete'])
    await sql`create temp trigger ${sql.ref(`${write}_${name}`)} after ${sql.raw(write)} on ${sql.table(`main.${name}`)}
      begin insert into written select ${sql.lit(name)} where ${sql.lit(name)} not in (select name from written); end`.execute(
      db,
    );
}
