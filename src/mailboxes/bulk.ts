import type { Database } from 'better-sqlite3';

type Trigger = { name: string; sql: string };

/**
 * For hundreds of thousands of mailboxes at once: the search index is built at the end, in one go, which takes a third of
 * the time and a tenth of the writing. Outside of the given transactions its triggers are always there, so whatever cuts
 * this off, other mailboxes are found as ever, and the next time catches up.
 */
export function searchIndexInBulk(sqlite: Database) {
  const find = sqlite.prepare("select name, sql from sqlite_schema where type = 'trigger' and name = ?");
  const without = (name: string, work: () => void) => {
    const trigger = find.get(name) as Trigger;
    sqlite.exec(`drop trigger ${trigger.name}`);
    work();
    sqlite.exec(trigger.sql);
  };
  return {
    /** To be called inside a transaction: the mailboxes that `work` adds are left to `catchUp`. */
    leaveOut: (work: () => void) => without('mailbox_search_added', work),

    /** Puts every mailbox that was left out into the search. */
    catchUp: sqlite.transaction(() =>
      without('mailbox_search_indexed', () => {
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
