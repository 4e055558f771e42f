import { type RawBuilder, sql } from 'kysely';
import { t } from 'tap';
import type { Db } from '../../src/data/database.ts';
import { startIpms } from '../helper.ts';
import { plantItems } from './items.ts';
import { forgetHistory, keepTables, stateOfTables, tablesOf } from './tables.ts';

// What the hostile tries rely on: whatever one of them wrote is seen, and all of it goes back

type Column = { name: string; type: string; notnull: number; dflt_value: string | null; pk: number };

const columnsOf = async (db: Db, table: string) =>
  (await sql<Column>`select * from pragma_table_info(${table})`.execute(db)).rows;
const VALUES: Record<string, RawBuilder<unknown>> = { INTEGER: sql.lit(4242), BLOB: sql`x'4242'` };
const anyValue = ({ type }: Column) => VALUES[type] ?? sql.lit('[4242]');

const WRITES: [what: string, write: (db: Db, table: string) => Promise<unknown>][] = [
  [
    'new',
    async (db, table) => {
      const needed = (await columnsOf(db, table)).filter((each) => each.pk || (each.notnull && !each.dflt_value));
      const names = sql.join(needed.map(({ name }) => sql.ref(name)));
      return sql`insert into ${sql.table(table)} (${names}) values (${sql.join(needed.map(anyValue))})`.execute(db);
    },
  ],
  [
    'changed',
    async (db, table) => {
      const last = (await columnsOf(db, table)).at(-1) as Column;
      return sql`update or ignore ${sql.table(table)} set ${sql.ref(last.name)} = ${anyValue(last)}`.execute(db);
    },
  ],
  ['deleted', (db, table) => sql`delete from ${sql.table(table)}`.execute(db)],
];

for (const [what, write] of WRITES)
  t.test(`rows that are ${what}, a table at a time, with all that triggers do then`, async (t) => {
    const ipms = await startIpms(t);
    const { db } = ipms;
    await forgetHistory(db);
    await plantItems(ipms);
    // so that a mark of the directory is a change, also one that is made by putting another table back
    await db.updateTable('directory_object').set({ state: 'held' }).execute();
    const { changed, restore } = await keepTables(db);
    const [state, content] = [await stateOfTables(db), await contentOf(db)];
    const tables = (await tablesOf(db)).filter((name) => name !== 'sqlite_sequence');
    let written = 0;
    for (const table of tables) {
      await withoutChecks(db, () => write(db, table));
      const now = await stateOfTables(db);
      const differ = Object.keys(now).filter((name) => now[name] !== state[name]);
      t.strictSame(await changed(), differ.sort(), `${table}: what differs was noted`);
      if ((await contentOf(db))[table] !== content[table]) written += 1;
      await restore();
      t.strictSame(await contentOf(db), content, `${table}: all is as it was`);
    }
    t.ok(written > tables.length / 2, `${written} of ${tables.length} tables were written to`);
    await sql`insert into mailbox_fts (mailbox_fts, rank) values ('integrity-check', 1)`.execute(db);
  });

/** Every row of every table, those that change by looking and the counters of numbers with them. */
async function contentOf(db: Db) {
  const content: Record<string, string> = {};
  for (const name of await tablesOf(db)) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(db);
    content[name] = rows
      .map((row) => JSON.stringify(row))
      .sort()
      .join('\n');
  }
  return content;
}

/** What the values mean is not the question here. */
async function withoutChecks(db: Db, write: () => Promise<unknown>) {
  await sql`pragma foreign_keys = off`.execute(db);
  await sql`pragma ignore_check_constraints = on`.execute(db);
  await write();
  await sql`pragma ignore_check_constraints = off`.execute(db);
  await sql`pragma foreign_keys = on`.execute(db);
}
