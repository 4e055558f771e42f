import { type Kysely, sql } from 'kysely';

/**
 * What lists open with, and what the work of every minute looks for, is found by an index: also after ten years. No state
 * stands first for all rows: SQLite would take that for as good as a person's number, and read all in that state.
 */
export async function up(db: Kysely<unknown>) {
  for (const index of [
    // how lists open for the helpdesk, which sees all agencies
    'access_code_newest on access_code (issued_at)',
    "access_code_request_waiting on access_code_request (created_at) where status = 'submitted'",
    "account_request_waiting on account_request (submitted_at, status) where status in ('submitted', 'returned')",
    "contact_name on contact (full_name) where status = 'active'",
    'group_name on "group" (display_name) where status = \'active\'',
    'bulk_run_created on bulk_run (created_at)',
    "mailbox_deleted on mailbox (agency_id, deleted_at) where status = 'deleted'",
    // what a thing leads to
    'access_code_request_code on access_code_request (access_code_id) where access_code_id is not null',
    'bulk_run_undoing on bulk_run (undo_of) where undo_of is not null',
    'transfer_asked on transfer (to_agency_id, requested_at)',
    "user_office on user (role, status) where role <> 'user'",
    // what falls due
    'address_freed on address (kind, reserved_until) where reserved_until is not null',
    'bulk_run_state on bulk_run (state, created_at)',
    'bulk_run_kept on bulk_run (rows_kept, finished_at)',
    'disabling_until on disabling (status, disabled_until) where disabled_until is not null',
    "disabling_senders on disabling (id) where status = 'in-force' and previous_accept_from = 'listed'",
    'one_time_link_expiry on one_time_link (expires_at)',
    'throttle_ended on throttle (window_ends_at)',
    'throttle_locked on throttle (locked_until) where locked_until is not null',
  ])
    await sql`create index ${sql.raw(index)}`.execute(db);
  await sql`alter table outbox add column packed_letter blob`.execute(db); // of a mail that was sent: all of it
  await sql`drop index address_reserved`.execute(db); // never taken: the other one begins with the kind
}
