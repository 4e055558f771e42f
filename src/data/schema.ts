import type { Generated, Insertable, Selectable } from 'kysely';
import type { AgencyTable, MailboxTallyTable, PackageLimitTable } from './tables/agencies.ts';
import type { BackupTable, BackupWorkTable } from './tables/backups.ts';
import type {
  BulkArrivingTable,
  BulkRowTable,
  BulkRunTable,
  UsageFileTable,
  UsageRowTable,
} from './tables/bulk-and-usage.ts';
import type {
  DirectoryAdoptionRowTable,
  DirectoryAdoptionTable,
  DirectoryChangeTable,
  DirectoryObjectTable,
  DirectoryWorkTable,
} from './tables/directory.ts';
import type { ContactTable, GroupTable, ListChangeRequestTable, MembershipTable } from './tables/groups.ts';
import type {
  CorrectionTable,
  IdentityClaimTable,
  IdentityHolderView,
  MailboxKnownAsView,
  SecondAccountTable,
} from './tables/identities.ts';
import type { AccessCodeRequestTable, AccessCodeTable, AccountRequestTable } from './tables/joining.ts';
import type {
  AddressTable,
  DisablingTable,
  MailboxSearchTable,
  MailboxTable,
  TerminationTable,
  TransferTable,
} from './tables/mailboxes.ts';
import type {
  OneTimeLinkTable,
  PasskeyTable,
  PasswordRequestTable,
  RefusedTryTable,
  SessionTable,
  ThrottleTable,
  UnsavedFormTable,
  UserTable,
} from './tables/sign-in.ts';
import type { TicketTable } from './tables/tickets.ts';
import type { AttachmentTable, AuditTable, OutboxTable, RecordTable } from './tables/trail.ts';

/**
 * The database, table by table, as the migrations make it; what is long stands in `tables`, a file a group of tables. Times are
 * ISO 8601 in UTC; flags are 0 or 1.
 */
export type Schema = {
  agency: AgencyTable;
  mail_domain: { domain: string; agency_id: number };
  system_setting: { name: string; value: string };
  package_limit: PackageLimitTable;
  user: UserTable;
  past_password: { id: Generated<number>; user_id: number; password_hash: string; created_at: string };
  authenticator: { user_id: number; sealed_secret: string; last_used_step: number; set_up_at: string };
  passkey: PasskeyTable;
  answered_challenge: { digest: string; expires_at: string };
  recovery_code: { user_id: number; code_hash: string };
  session: SessionTable;
  unsaved_form: UnsavedFormTable;
  one_time_link: OneTimeLinkTable;
  throttle: ThrottleTable;
  refused_try: RefusedTryTable;
  known_place: { place: string; user_id: number; first_at: string; last_at: string };
  password_request: PasswordRequestTable;
  audit: AuditTable;
  submission: { act: string; at: string };
  outbox: OutboxTable;
  access_code: AccessCodeTable;
  access_code_request: AccessCodeRequestTable;
  account_request: AccountRequestTable;
  mailbox: MailboxTable;
  mailbox_search: MailboxSearchTable;
  login_name: { login_id: string; account_request_id: number | null; user_id: number | null };
  group: GroupTable;
  group_owner: { group_id: number; mailbox_id: number };
  group_sender: { group_id: number; address: string };
  membership: MembershipTable;
  list_change_request: ListChangeRequestTable;
  contact: ContactTable;
  accepted_sender: { mailbox_id: number; address: string };
  disabling: DisablingTable;
  termination: TerminationTable;
  ticket: TicketTable;
  weekend: { id: Generated<number>; state: string; since: string; days: string };
  /** In some states; none is all of Malaysia. */
  holiday: { id: Generated<number>; day: string; name: string; states: Generated<string> };
  address: AddressTable;
  record: RecordTable;
  attachment: AttachmentTable;
  attachment_content: { attachment_id: number; piece: number; bytes: Buffer };
  file_under_way: { attachment_id: Generated<number> };
  mailbox_tally: MailboxTallyTable;
  monthly_report: { agency_id: number; reports: string; since: string };
  monthly_report_sent: { agency_id: number; month: string; at: string };
  transfer: TransferTable;
  second_account: SecondAccountTable;
  correction: CorrectionTable;
  identity_claim: IdentityClaimTable;
  mailbox_known_as: MailboxKnownAsView;
  identity_holder: IdentityHolderView;
  directory_object: DirectoryObjectTable;
  directory_change: DirectoryChangeTable;
  /** Sealed, and erased as soon as the directory has it. */
  directory_password: { user_id: number; sealed: string; must_change: Generated<number>; made_at: string };
  directory_work: DirectoryWorkTable;
  directory_adoption: DirectoryAdoptionTable;
  directory_adoption_row: DirectoryAdoptionRowTable;
  bulk_run: BulkRunTable;
  bulk_row: BulkRowTable;
  bulk_arriving: BulkArrivingTable;
  usage_file: UsageFileTable;
  usage_row: UsageRowTable;
  backup: BackupTable;
  backup_work: BackupWorkTable;
};

export type Category = 'civil_servant' | 'other';
export type Package = 'A' | 'B' | 'C';
export type ServiceType = 'ordinary' | 'vip';
export type SignInRole = 'user' | 'admin' | 'helpdesk';

/** How a person is known: a civil servant by a number, everybody else by an address. */
export type IdentityKind = 'ic_number' | 'passport' | 'email';
export type IdentityHolder = 'access_code' | 'account_request' | 'mailbox';

export type Row<Table extends keyof Schema> = Selectable<Schema[Table]>;
export type NewRow<Table extends keyof Schema> = Insertable<Schema[Table]>;
