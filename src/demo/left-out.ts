import type { Database } from 'better-sqlite3';
import { withoutTriggers } from '../mailboxes/bulk.ts';

/**
 * Those that no row is found by while sample data are written. At the end they are made in one go, from sorted rows, instead of
 * row by row all over a file that is larger than the memory.
 */
const INDEXES = [
  ...['audit_item', 'audit_agency', 'audit_act', 'audit_actor'],
  ...['outbox_waiting', 'outbox_state', 'outbox_item', 'record_item', 'record_agency'],
  ...['mailbox_primary_email', 'mailbox_agency', 'mailbox_ic', 'mailbox_passport', 'mailbox_name', 'mailbox_contact'],
  ...['mailbox_created', 'mailbox_name_anywhere', 'mailbox_last_used', 'mailbox_agency_last_used', 'mailbox_used_on'],
  ...['mailbox_to_complete', 'mailbox_deleted'],
  ...['user_email_ended', 'user_signed_in', 'user_agency_signed_in', 'user_hash_cost'],
  ...['membership_page', 'membership_history', 'membership_disabling', 'membership_termination', 'membership_past'],
];

/** What marks items of the past for the directory, over and over. */
const MARKS = [
  ...['mailbox_changed', 'mailbox_life', 'service_changed', 'membership_added', 'membership_changed'],
  ...['address_added', 'address_changed', 'address_removed', 'termination_added', 'termination_changed'],
  'user_changed',
].map((name) => `directory_follows_${name}`);

type Index = { name: string; sql: string };

/** Does work that writes more rows than there are, and makes the indexes of it at its end, also where it fails. */
export function indexedAtTheEnd(sqlite: Database, work: () => void) {
  const indexes = sqlite
    .prepare(`select name, sql from sqlite_schema where type = 'index' and name in (${INDEXES.map(() => '?')})`)
    .all(INDEXES) as Index[];
  sqlite.transaction(() => {
    for (const { name } of indexes) sqlite.exec(`drop index ${name}`);
  })();
  try {
    work();
  } finally {
    for (const { sql } of indexes) sqlite.exec(sql);
  }
}

/** To be called inside a transaction: nothing that `work` does is marked for the directory; `markAll` is for the end. */
export const unmarked = (sqlite: Database, work: () => void) => withoutTriggers(sqlite, MARKS, work);

/**
 * The directory is to be brought in step with everything that a past can have changed.
 * @param first the first mailbox to which something happened
 */
export function markAll(sqlite: Database, first: number, now: Date) {
  const mark = sqlite.prepare(`
    update directory_object set state = 'due', tries = 0, next_try_at = null, wanted_at = iif(state = 'due', wanted_at, ?),
      agency_id = iif(item_type = 'mailbox', (select mailbox.agency_id from mailbox where mailbox.id = item_id), agency_id)
    where item_type in ('group', 'helper') or (item_type = 'mailbox' and item_id >= ?)`);
  mark.run(now.toISOString(), first);
}
