import type { Sqlite } from '../../src/data/database.ts';

const LEFT = {
  mailbox_tally: 'select * from mailbox_tally where count <> 0 order by agency_id, fact, value',
  identity_claim: `select holder_id, kind, value, second_account_id, surplus from identity_claim
    where holder = 'mailbox' order by 1, 2`,
  directory_object: `select item_type, item_id, agency_id, state from directory_object
    where item_type = 'mailbox' order by item_id`,
  mailbox: 'select id, last_used_at from mailbox order by id',
};

/** What follows on mailboxes in other tables, and when they were used last. */
export const leftOf = (sqlite: Sqlite.Database) =>
  Object.fromEntries(Object.entries(LEFT).map(([table, sql]) => [table, sqlite.prepare(sql).all()]));

/** The same, made anew by the triggers, as each mailbox is written once more; everything stays as it was. */
export function leftByTriggers(sqlite: Sqlite.Database) {
  sqlite.pragma('foreign_keys = off');
  sqlite.exec(`
    begin;
    create temp table written as select * from mailbox;
    delete from mailbox;
    delete from mailbox_tally;
    delete from identity_claim where holder = 'mailbox';
    delete from directory_object where item_type = 'mailbox';
    insert into mailbox select * from written order by id`);
  const left = leftOf(sqlite);
  sqlite.exec('rollback');
  sqlite.pragma('foreign_keys = on');
  return left;
}
