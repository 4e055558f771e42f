import { sql } from 'kysely';
import type { Db } from '../../data/database.ts';

/** So many are named. */
const NAMED = 20;

/**
 * What is wrong with pages, and with indexes against their rows. A quick look at all pages in one go tells whether each is used once, by
 * a table, an index or the list of free ones: a look at one table cannot. What indexes hold, which takes most of the time, is then
 * asked table by table.
 * @param whole also what indexes hold
 */
export function pageFaults(whole: boolean) {
  const [ofAll, ofTables]: [string[], string[]] = [[], []];
  const ask = async (by: Db, pragma: string, answers: string[]) => {
    const { rows } = await sql<Record<string, string>>`${sql.raw(`pragma ${pragma}`)}`.execute(by);
    for (const text of rows.flatMap((row) => Object.values(row))) answers.push(...text.split('\n'));
  };
  return {
    /** Looks at all pages in one go. */
    atOnce: (by: Db) => ask(by, `quick_check(${NAMED})`, ofAll),
    /** What is to be asked of each table, by any connection. */
    async byTable(by: Db) {
      if (!whole) return [];
      const { rows } = await sql<{ name: string }>`${sql.raw(TABLES)}`.execute(by);
      return rows.map(
        ({ name }) =>
          (by: Db) =>
            ask(by, `integrity_check('${name.replaceAll("'", "''")}')`, ofTables),
      );
    },
    /** One text each. A fault of a page is told of all pages, and of its table. */
    found() {
      const texts = new Set(
        [...ofAll, ...ofTables].filter((text) => text !== 'ok' && !text.startsWith('*** in database')),
      );
      return [...texts].slice(0, NAMED).map((text) => `damaged database: ${text}`);
    },
  };
}

/** Those that take longest come first. Of what has no rows or no index, the quick look has seen everything. */
const TABLES = `
  select name from pragma_table_list as t where schema = 'main' and type in ('table', 'shadow')
    and (wr or exists (select 1 from sqlite_schema where type = 'index' and tbl_name = t.name))
    order by name = 'audit' desc, name in ('mailbox', 'outbox', 'record', 'membership', 'user') desc`;
