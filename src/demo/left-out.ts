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

/** What follows on each row that is written; what would come of it is made in one go: `makeUp`. */
const FOLLOWING = [
  ...[
    ...['mailbox_added', 'mailbox_changed', 'mailbox_life', 'service_added', 'service_changed', 'user_changed'],
    ...['membership_added', 'membership_changed', 'address_added', 'address_changed', 'address_removed'],
    ...['termination_added', 'termination_changed'],
  ].map((name) => `directory_follows_${name}`),
  ...['mailbox_tally_added', 'mailbox_tally_changed', 'mailbox_claim_changed'],
  // of these comes nothing: whoever has a code, or asks for an account, has the mailbox already
  ...['access_code_claimed', 'access_code_claim_changed', 'account_request_claimed', 'account_request_claim_changed'],
  // nor of these: every such mailbox is made with the days of its use
  ...['mailbox_used_first', 'mailbox_used_by_sign_in'],
];

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

/** To be called inside a transaction: nothing follows on what `work` does; `makeUp` is for the end. */
export const unfollowed = (sqlite: Database, work: () => void) => withoutTriggers(sqlite, FOLLOWING, work);

/**
 * Makes what would have followed on each row.
 * @param first the first mailbox that was made, or to which something happened
 */
export function makeUp(sqlite: Database, first: number, now: Date) {
  sqlite.exec(`
    delete from mailbox_tally;
    insert into mailbox_tally select agency_id, fact, value, count(*) from mailbox_to_count group by 1, 2, 3;
    delete from identity_claim where holder = 'mailbox' and holder_id not in (select holder_id from mailbox_identity)`);
  markAll(sqlite, first, now);
}

/** The directory is to be brought in step with everything that can have changed. @param first as of `makeUp` */
export function markAll(sqlite: Database, first: number, now: Date) {
  const marks = { first, now: now.toISOString() };
  sqlite
    .prepare(`
      insert into directory_object (item_type, item_id, agency_id, wanted_at)
        select 'mailbox', id, agency_id, @now from mailbox where id >= @first
      on conflict (item_type, item_id) do update set agency_id = excluded.agency_id`)
    .run(marks);
  sqlite
    .prepare(`
      update directory_object set state = 'due', tries = 0, next_try_at = null, wanted_at = iif(state = 'due', wanted_at, @now)
        where item_type in ('group', 'helper') or (item_type = 'mailbox' and item_id >= @first)`)
    .run(marks);
}
