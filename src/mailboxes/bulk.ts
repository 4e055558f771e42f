import type { Database } from 'better-sqlite3';

type Trigger = { name: string; sql: string };

/** What keeps the search in step with a mailbox. */
const FOLLOWING = ['mailbox_search_added', 'mailbox_search_changed', 'mailbox_search_turned'];

/**
 * For hundreds of thousands of mailboxes at once: the search index is built at the end, in one go, which takes a third of
 * the time and a tenth of the writing. Outside of the given transactions its triggers are always there, so whatever cuts
 * this off, other mailboxes are found as ever, and the next time catches up.
 */
export function searchIndexInBulk(sqlite: Database) {
  return {
    /** To be called inside a transaction: the mailboxes that `work` adds, and what it does to such ones, are left to `catchUp`. */
    leaveOut: (work: () => void) => withoutTriggers(sqlite, FOLLOWING, work),

    /** Puts every mailbox that was left out into the search. */
    catchUp: sqlite.transaction(() =>
      withoutTriggers(sqlite, ['mailbox_search_indexed'], () => {
        sqlite.exec(`
          insert into mailbox_search select * from mailbox_to_search
            where docid not in (select docid from mailbox_search) order by docid;
          insert into mailbox_fts (rowid, name, email, login, identity) select * from mailbox_indexed
            where docid not in (select rowid from mailbox_fts) order by docid;
          insert into mailbox_fts (mailbox_fts) values ('optimize')`);
      }),
    ),
  };
}

/** Inside a transaction, so that whatever cuts `work` off leaves the triggers where they were. */
export function withoutTriggers(sqlite: Database, names: string[], work: () => void) {
  const triggers = sqlite
    .prepare(
      `select name, sql from sqlite_schema where type = 'trigger' and name in (${names.map(() => '?').join(', ')})`,
    )
    .all(names) as Trigger[];
  if (triggers.length < names.length) throw new Error(`there are not all of the triggers ${names.join(', ')}`);
  for (const { name } of triggers) sqlite.exec(`drop trigger ${name}`);
  work();
  for (const { sql } of triggers) sqlite.exec(sql);
}
