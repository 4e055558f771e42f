import type { Generated, GeneratedAlways, Insertable, Selectable } from 'kysely';
import type { Role } from '../base/actor.ts';
import type { FileType } from '../base/file-type.ts';
import type { AuditAction, Label } from '../texts.ts';
import type { ItemType } from '../trail/items.ts';

/** The database, table by table, as the migrations make it. Times are ISO 8601 in UTC; flags are 0 or 1. */
export type Schema = {
  agency: AgencyTable;
  mail_domain: { domain: string; agency_id: number };
  system_setting: { name: string; value: string };
  package_limit: {
    package: Package;
    largest_storage_mb: number | null;
    services: Generated<string>;
    services_limited: Generated<number>;
  };
  user: UserTable;
  past_password: { id: Generated<number>; user_id: number; password_hash: string; created_at: string };
  authenticator: { user_id: number; sealed_secret: string; last_used_step: number; set_up_at: string };
  passkey: {
    id: Generated<number>;
    user_id: number;
    name: string;
    credential_id: string;
    public_key: Buffer;
    counter: number;
    transports: string;
    created_at: string;
    last_used_at: string | null;
  };
  answered_challenge: { digest: string; expires_at: string };
  recovery_code: { user_id: number; code_hash: string };
  session: SessionTable;
  unsaved_form: {
    id: Generated<number>;
    user_id: number | null;
    access_code_id: number | null;
    sealed: string;
    shown: Generated<number>;
    expires_at: string;
  };
  one_time_link: {
    token_hash: string;
    purpose: 'set-up' | 'invitation' | 'reset';
    user_id: number | null;
    expires_at: string;
  };
  throttle: {
    key: string;
    failures: number;
    window_ends_at: string;
    locked_until: string | null;
    user_id: Generated<number | null>;
  };
  /** A wrong try, and whether it was the last before the name or the network was shut; or a page that somebody may not open. */
  refused_try: {
    id: Generated<number>;
    at: string;
    what: 'password' | 'code' | 'passkey' | 'access-code' | 'request' | 'page';
    user_id: number | null;
    address: string;
    page: string | null;
    shut: 'name' | 'network' | null;
  };
  known_place: { place: string; user_id: number; first_at: string; last_at: string };
  password_request: {
    id: Generated<number>;
    user_id: number;
    agency_id: number | null;
    requested_at: string;
    handled_at: string | null;
    handled_by: number | null;
  };
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
  attachment_content: { attachment_id: number; bytes: Buffer };
  /** How many mailboxes of an agency are of a kind; the database counts by itself. */
  mailbox_tally: {
    agency_id: GeneratedAlways<number>;
    fact: GeneratedAlways<'status' | 'package' | 'storage' | 'used' | 'service'>;
    value: GeneratedAlways<string>;
    count: GeneratedAlways<number>;
  };
  monthly_report: { agency_id: number; reports: string; since: string };
  monthly_report_sent: { agency_id: number; month: string; at: string };
  transfer: TransferTable;
  second_account: SecondAccountTable;
  correction: CorrectionTable;
  identity_claim: IdentityClaimTable;
  mailbox_known_as: {
    holder_id: GeneratedAlways<number>;
    agency_id: GeneratedAlways<number>;
    name: GeneratedAlways<string>;
    status: GeneratedAlways<'active' | 'disabled' | 'deleted'>;
    deleted_at: GeneratedAlways<string | null>;
    kind: GeneratedAlways<IdentityKind>;
    value: GeneratedAlways<string | null>;
  };
  /** Everything that serves a person now, or did until its code expired; the claims follow it. */
  identity_holder: {
    holder: GeneratedAlways<IdentityHolder>;
    holder_id: GeneratedAlways<number>;
    agency_id: GeneratedAlways<number>;
    name: GeneratedAlways<string>;
    kind: GeneratedAlways<IdentityKind>;
    value: GeneratedAlways<string>;
  };
  directory_object: DirectoryObjectTable;
  directory_change: DirectoryChangeTable;
  /** Sealed, and erased as soon as the directory has it. */
  directory_password: { user_id: number; sealed: string; must_change: Generated<number>; made_at: string };
  directory_work: DirectoryWorkTable;
  directory_adoption: DirectoryAdoptionTable;
  directory_adoption_row: DirectoryAdoptionRowTable;
  bulk_run: BulkRunTable;
  bulk_row: BulkRowTable;
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

/** The helpdesk's leave to serve a person a second time, in one agency. */
type CorrectionTable = {
  id: Generated<number>;
  mailbox_id: number;
  agency_id: number;
  person_name: string;
  former_ic_number: string | null;
  former_passport: string | null;
  former_login_id: string;
  former_email: string | null;
  ic_number: string | null;
  passport: string | null;
  login_id: string;
  email: string | null;
  reason: string;
  status: Generated<'requested' | 'confirmed' | 'refused' | 'withdrawn'>;
  refusal: Generated<string>;
  requested_by: number;
  requested_at: string;
  decided_by: Generated<number | null>;
  decided_at: Generated<string | null>;
};

type SecondAccountTable = {
  id: Generated<number>;
  kind: IdentityKind;
  value: string;
  agency_id: number;
  full_name: string;
  reason: string;
  granted_by: number;
  granted_at: string;
  withdrawn_by: Generated<number | null>;
  withdrawn_at: Generated<string | null>;
};

/** By what a person is served. The database writes it by itself; a unique index lets nobody be served twice. */
type IdentityClaimTable = {
  holder: IdentityHolder;
  holder_id: number;
  kind: IdentityKind;
  value: string;
  second_account_id: number | null;
  /** More than 0 for a double that was there before doubles were refused. */
  surplus: Generated<number>;
};

type AgencyTable = {
  id: Generated<number>;
  name: string;
  code: string;
  ministry: Generated<string>;
  postmaster_email: string;
  file_reference: Generated<string>;
  state: Generated<string>;
  created_at: string;
  directory_mode: Generated<DirectoryMode>;
  /** Where its objects lie, below the base; empty: as its code. */
  directory_ou: Generated<string>;
  directory_drift: Generated<'show' | 'repair'>;
  /** Whether a password set by an administrator is to be changed at the next sign-in to Windows. */
  directory_must_change: Generated<number>;
  /** When somebody last saw what would be done, and since when it is done. */
  directory_planned_at: string | null;
  directory_agreed_at: string | null;
};

type UserTable = {
  id: Generated<number>;
  agency_id: number | null;
  role: SignInRole;
  status: Generated<'active' | 'disabled' | 'deleted'>;
  login_id: string;
  email: string;
  full_name: string;
  recovery_email: string | null;
  password_hash: string | null;
  must_change_password: Generated<number>;
  password_changed_at: string | null;
  last_sign_in_at: string | null;
  created_at: string;
  /** Of the hash and of when it was set, under a key that is not in the database: `sign-in/password.ts`. */
  password_seal: Generated<string | null>;
};

type SessionTable = {
  id: string;
  user_id: number | null;
  access_code_id: number | null;
  pending_user_id: Generated<number | null>;
  data: string;
  address: Generated<string>;
  agent: Generated<string>;
  created_at: string;
  seen_at: string;
  expires_at: string;
};

type AuditTable = {
  id: Generated<number>;
  at: string;
  act: string;
  actor_user_id: number | null;
  actor_name: string;
  actor_role: Role;
  address: string;
  agency_id: number | null;
  action: AuditAction;
  sop: string | null;
  item_type: ItemType;
  item_id: number;
  item_name: string;
  before: string | null;
  after: string | null;
  hash: string;
  /** The newest record that no row before has named, and its seal. */
  record_id: Generated<number | null>;
  record_hash: Generated<string | null>;
};

type OutboxTable = {
  id: Generated<number>;
  act: string;
  mail: string;
  agency_id: number | null;
  item_type: ItemType | null;
  item_id: number | null;
  to_name: string;
  to_address: string;
  message_id: string;
  letter: string;
  /** All of the letter, once it was sent: `letter` is then its subject alone. */
  packed_letter: Buffer | null;
  secret: string | null;
  state: Generated<'waiting' | 'sent' | 'failed' | 'withdrawn'>;
  tries: Generated<number>;
  created_at: string;
  give_up_at: string;
  next_try_at: string;
  sent_at: string | null;
  last_error: string | null;
  /** On its way until then, in the hands of one worker. */
  claimed_until: string | null;
};

export type AccessCodeStatus = 'issued' | 'returned' | 'confirmed' | 'registered' | 'activated' | 'revoked';

type AccessCodeTable = {
  id: Generated<number>;
  agency_id: number;
  category: Category;
  full_name: string;
  ic_number: string | null;
  email: string | null;
  contact_email: string | null;
  notify_kind: 'supervisor' | 'personal' | 'admin';
  notify_email: string;
  supervisor_email: string | null;
  /** Null of codes from before it was asked. */
  verified_with: 'human_resources' | 'division' | null;
  verification_note: Generated<string>;
  status: AccessCodeStatus;
  return_note: string | null;
  salt: string;
  code_hash: string;
  issued_by: number;
  issued_at: string;
  expires_at: string;
};

type AccessCodeRequestTable = {
  id: Generated<number>;
  agency_id: number;
  reference: string;
  category: Category;
  full_name: string;
  ic_number: string | null;
  email: string | null;
  contact_email: string;
  reporting_division: string;
  supervisor_email: string | null;
  note: Generated<string>;
  status: Generated<'submitted' | 'issued' | 'refused'>;
  verified_with: 'human_resources' | 'division' | null;
  verification_note: string | null;
  verified_by: number | null;
  verified_at: string | null;
  refusal_reason: string | null;
  decided_by: number | null;
  decided_at: string | null;
  access_code_id: number | null;
  created_at: string;
};

/** What SOP tables 3A and 3B ask for beside the name. */
type DetailColumns = {
  ministry: Generated<string>;
  department: Generated<string>;
  division: Generated<string>;
  section: Generated<string>;
  unit: Generated<string>;
  position_title: Generated<string>;
  position: Generated<string>;
  address: Generated<string>;
  postcode: Generated<string>;
  city: Generated<string>;
  state: Generated<string>;
  country: Generated<string>;
  office_phone: Generated<string>;
  mobile_phone: Generated<string>;
  note: Generated<string>;
};

type AccountRequestTable = DetailColumns & {
  id: Generated<number>;
  agency_id: number;
  access_code_id: number;
  source: 'applicant' | 'admin';
  category: Category;
  status: Generated<'submitted' | 'returned' | 'approved' | 'refused'>;
  full_name: string;
  ic_number: string | null;
  email: string | null;
  stated_grade: Generated<string>;
  primary_email: string | null;
  login_id: string | null;
  package: Package | null;
  grade: string | null;
  storage_mb: number | null;
  services: Generated<string>;
  service_type: ServiceType | null;
  allocated_by: number | null;
  allocated_at: string | null;
  question: string | null;
  refusal_reason: string | null;
  decided_by: number | null;
  decided_at: string | null;
  mailbox_id: number | null;
  submitted_at: string;
  version: Generated<number>;
};

type MailboxTable = DetailColumns & {
  id: Generated<number>;
  agency_id: number;
  user_id: number;
  account_request_id: number | null;
  category: Category;
  status: Generated<'active' | 'disabled' | 'deleted'>;
  display_name: string;
  full_name: string;
  primary_email: string;
  login_id: string;
  ic_number: string | null;
  passport: string | null;
  contact_email: string | null;
  /** Who is no civil servant is known by this address, where that of the request was corrected. */
  known_email: Generated<string | null>;
  supervisor_email: string | null;
  package: Package;
  grade: string;
  storage_mb: number;
  /** Of the day `used_on`; without a day, nothing is known yet. */
  used_mb: Generated<number>;
  used_on: Generated<string | null>;
  last_mail_on: Generated<string | null>;
  /** Of the last mail, where it is known, else of the last sign-in. The database writes it by itself. */
  last_used_at: Generated<string | null>;
  services: Generated<string>;
  service_type: ServiceType;
  accept_from: Generated<'all' | 'listed'>;
  deleted_at: Generated<string | null>;
  created_at: string;
  version: Generated<number>;
  /** Taken over from the directory, and nobody has decided about its package yet. */
  to_complete: Generated<number>;
};

/** What is searched of a mailbox, folded. The database writes it by itself; `docid` is too large for a JavaScript number. */
type MailboxSearchTable = {
  docid: GeneratedAlways<never>;
  agency_id: GeneratedAlways<number>;
  mailbox_id: GeneratedAlways<number>;
  name: GeneratedAlways<string>;
  email: GeneratedAlways<string>;
  login: GeneratedAlways<string>;
  identity: GeneratedAlways<string>;
  status: GeneratedAlways<'active' | 'disabled'>;
  package: GeneratedAlways<Package>;
  service_type: GeneratedAlways<ServiceType>;
  category: GeneratedAlways<Category>;
  created_at: GeneratedAlways<string>;
};

type GroupTable = {
  id: Generated<number>;
  agency_id: number;
  display_name: string;
  primary_email: string;
  status: Generated<'active' | 'deleted'>;
  accept_from: Generated<'all' | 'agency' | 'members' | 'listed'>;
  changed_at: Generated<string | null>;
  created_at: string;
  version: Generated<number>;
  joining: Generated<'nobody' | 'approval' | 'oneself'>;
  leaving: Generated<'nobody' | 'approval' | 'oneself'>;
};

type MembershipTable = {
  id: Generated<number>;
  group_id: number;
  member_type: 'mailbox' | 'group' | 'contact';
  member_id: number;
  member_name: string;
  member_address: string;
  since: string;
  until: Generated<string | null>;
  added_by: string;
  ended_by: Generated<string | null>;
  ending: Generated<'removed' | 'disabled' | 'deleted' | 'list-deleted' | null>;
  disabling_id: Generated<number | null>;
  termination_id: Generated<number | null>;
};

type ListChangeRequestTable = {
  id: Generated<number>;
  /** What was asked before requests said exactly what is wanted is `free-text`. */
  kind: 'free-text' | 'change' | 'new' | 'join' | 'leave';
  /** Null for a new list until it is made. */
  group_id: number | null;
  agency_id: number;
  requested_by: number;
  text: string;
  /** JSON, by the kind: `groups/change-requests/wanted.ts`. */
  wanted: Generated<string>;
  status: Generated<'requested' | 'approved' | 'refused' | 'withdrawn'>;
  answer: Generated<string | null>;
  /** It was not answered: its list was deleted. */
  closed_by_deletion: Generated<number>;
  /** JSON: what of an approved request could not be carried out, and why. */
  outcome: Generated<string>;
  decided_by: Generated<number | null>;
  decided_at: Generated<string | null>;
  created_at: string;
};

type ContactTable = {
  id: Generated<number>;
  full_name: string;
  email: string;
  position: Generated<string>;
  company: Generated<string>;
  phone: Generated<string>;
  address: Generated<string>;
  status: Generated<'active' | 'deleted'>;
  created_at: string;
  version: Generated<number>;
};

type DisablingTable = {
  id: Generated<number>;
  mailbox_id: number;
  agency_id: number;
  reason: string;
  description: Generated<string>;
  disabled_from: string;
  disabled_until: string | null;
  restrict_senders: Generated<number>;
  enable_by_itself: Generated<number>;
  status: Generated<'planned' | 'in-force' | 'ended' | 'cancelled'>;
  previous_accept_from: Generated<'all' | 'listed' | null>;
  previous_senders: Generated<string | null>;
  ordered_by: number;
  ordered_at: string;
  began_at: Generated<string | null>;
  ended_at: Generated<string | null>;
  reminded_at: Generated<string | null>;
};

type TerminationTable = {
  id: Generated<number>;
  mailbox_id: number;
  agency_id: number;
  effective_on: string;
  reason: string;
  status: Generated<'requested' | 'withdrawn' | 'carried-out' | 'restored'>;
  ticket_id: Generated<number | null>;
  previous_status: Generated<'active' | 'disabled' | null>;
  requested_by: number;
  requested_at: string;
  carried_out_at: Generated<string | null>;
  ended_by: Generated<string | null>;
  addresses: Generated<string>;
  /** When the helpdesk heard that a box of its ticket is still open. */
  reminded_at: Generated<string | null>;
};

/** Where a ticket comes from: an administrator's page, or one of the ways that the helpdesk is called. */
export type TicketSource = 'ipms' | '1mocc' | 'mampu' | 'email' | 'phone' | 'walk_in';

type TicketTable = {
  id: Generated<number>;
  agency_id: number;
  kind: string;
  subject: string;
  item_type: ItemType | null;
  item_id: number | null;
  content: Generated<string>;
  status: Generated<'requested' | 'open' | 'resolved' | 'closed' | 'refused' | 'withdrawn'>;
  due_on: Generated<string | null>;
  requested_by: number | null;
  assigned_to: Generated<number | null>;
  created_at: string;
  version: Generated<number>;
  description: Generated<string>;
  source: Generated<TicketSource>;
  caller_name: Generated<string>;
  caller_contact: Generated<string>;
  resolution: Generated<string>;
  refusal_reason: Generated<string>;
  due_at: Generated<string | null>;
  resolved_at: Generated<string | null>;
  ended_at: Generated<string | null>;
  wish: Generated<string | null>;
};

type AddressTable = {
  address: string;
  kind: 'postmaster' | 'request' | 'mailbox' | 'alias' | 'group' | 'contact' | 'reserved';
  agency_id: number | null;
  item_id: number;
  reserved_until: string | null;
};

type TransferTable = {
  id: Generated<number>;
  begun_by: 'receiving' | 'releasing';
  /** Null, with the mailbox, as long as nobody is known by what the receiving agency typed. */
  from_agency_id: number | null;
  to_agency_id: number;
  mailbox_id: number | null;
  sought_email: string | null;
  sought_ic: string | null;
  person_name: Generated<string>;
  former_email: Generated<string>;
  note: Generated<string>;
  effective_on: string;
  keep_address: Generated<number>;
  allocation: string | null;
  holds_address: Generated<number>;
  status: Generated<'requested' | 'agreed' | 'carried-out' | 'refused' | 'withdrawn' | 'expired'>;
  reason: Generated<string>;
  requested_by: number;
  requested_at: string;
  agreed_by: string | null;
  agreed_at: string | null;
  ended_by: string | null;
  ended_at: string | null;
  expires_on: string;
  kept_addresses: Generated<string>;
  kept_until: string | null;
  version: Generated<number>;
};

type RecordTable = {
  id: Generated<number>;
  agency_id: number;
  year: number;
  sequence: number;
  number: string;
  file_reference: string;
  sop: string;
  title: Label;
  item_type: ItemType;
  item_id: number;
  content: string;
  filed_by_name: string;
  filed_at: string;
  item_name: string;
  act: string;
  hash: string;
};

/** A file that belongs to something: a request, a ticket, a transfer, or an order about a mailbox; the item says it to people. */
type AttachmentTable = {
  id: Generated<number>;
  agency_id: number;
  holder: 'access_code_request' | 'account_request' | 'ticket' | 'disabling' | 'termination' | 'transfer';
  holder_id: number;
  item_type: ItemType;
  item_id: number;
  item_name: string;
  file_name: string;
  file_type: FileType;
  file_size: number;
  sha256: string;
  attached_by_name: string;
  attached_at: string;
};

/** Which object of the directory is an item's, or one of IPMS's own helpers (a name in place of a number), and whether it is due. */
type DirectoryObjectTable = {
  id: Generated<number>;
  item_type: 'mailbox' | 'group' | 'contact' | 'helper';
  item_id: number | string;
  agency_id: number | null;
  guid: string | null;
  dn: string | null;
  /** Where nobody reads a directory: the object as people say that it is (JSON). */
  real: string | null;
  /** When a password arrived: the account stays closed until then. */
  password_at: string | null;
  wanted_at: string;
  done_at: string | null;
  state: Generated<'due' | 'under-way' | 'listed' | 'step' | 'differs' | 'refused' | 'held'>;
  tries: Generated<number>;
  next_try_at: string | null;
  last_error: string | null;
  accepted: Generated<string>;
  /** What stays as it was when the object was taken over (JSON: `directory/adoption/adopted.ts`). */
  adopted: string | null;
};

export type DirectoryMode = 'checklist' | 'script' | 'live';

/** What is still different in the directory, and the steps that a person has done. */
type DirectoryChangeTable = {
  id: Generated<number>;
  agency_id: number | null;
  item_type: 'mailbox' | 'group' | 'contact' | 'helper';
  item_id: number | string;
  item_name: string;
  action: 'create' | 'update' | 'rename' | 'move' | 'open' | 'close' | 'members' | 'remove';
  field: Generated<string>;
  from_text: Generated<string>;
  to_text: Generated<string>;
  change: string;
  reason: 'plan' | 'step' | 'drift' | 'held';
  controller: string | null;
  since: string;
  released_at: string | null;
  done_at: string | null;
  done_by: number | null;
  done_by_name: string | null;
  /** What a script said of the step. */
  words: Generated<string>;
};

/** The one row about the work in the directory: who does it, how far it is, when it is tried again. */
type DirectoryWorkTable = {
  id: Generated<number>;
  holder: string | null;
  claimed_until: string | null;
  phase: Generated<string>;
  done: Generated<number>;
  total: Generated<number>;
  /** Since when a person waits for everything to be compared. */
  asked_at: string | null;
  failures: Generated<number>;
  next_at: string | null;
  last_error: string | null;
  last_error_at: string | null;
  controller: string | null;
  last_seen_at: string | null;
  last_whole_at: string | null;
  /** The attributes of the mapping that the directory does not have (JSON). */
  lacks: string | null;
  /** So many passwords were erased since the log of the database was cut off. */
  erased: Generated<number>;
};

/** What was read of a part of the directory for an agency, and the order to take over what is clean in it. */
type DirectoryAdoptionTable = {
  id: Generated<number>;
  agency_id: number;
  ou: string;
  state: Generated<'asked' | 'reported' | 'ordered' | 'done' | 'failed'>;
  asked_by: number;
  asked_by_name: string;
  asked_at: string;
  reported_at: string | null;
  ordered_by: number | null;
  ordered_by_name: string | null;
  ordered_from: string | null;
  ordered_at: string | null;
  ended_at: string | null;
  found: Generated<number>;
  clean: Generated<number>;
  taken: Generated<number>;
  /** Why it came to nothing: the text, and the directory's own words (JSON). */
  failure: string | null;
};

type DirectoryAdoptionRowTable = {
  id: Generated<number>;
  adoption_id: number;
  guid: string;
  /** One of `KINDS` in `directory/adoption/sorting.ts`. */
  kind: string;
  item_type: 'mailbox' | 'group' | 'contact';
  name: string;
  place: string;
  /** A sentence (JSON). */
  why: string | null;
  is_clean: number;
  outcome: 'taken' | 'refused' | 'changed' | null;
};

type BulkRunTable = {
  id: Generated<number>;
  agency_id: number;
  kind: string;
  state: Generated<
    'uploaded' | 'refused' | 'checked' | 'confirmed' | 'running' | 'done' | 'cancelled' | 'stopped' | 'discarded'
  >;
  file_name: string;
  file_hash: string;
  total: number;
  done: Generated<number>;
  failed: Generated<number>;
  undo_of: Generated<number | null>;
  reason: Generated<string>;
  /** With whom the people were verified, of a kind by which new people come in. */
  verified_with: Generated<'human_resources' | 'division' | null>;
  verification_note: Generated<string>;
  /** Shared by everything that the run's rows write. */
  act: string;
  created_by: number;
  created_by_name: string;
  created_at: string;
  confirmed_by: Generated<number | null>;
  confirmed_by_name: Generated<string | null>;
  confirmed_from: Generated<string>;
  confirmed_at: Generated<string | null>;
  finished_at: Generated<string | null>;
  rows_kept: Generated<number>;
};

type BulkRowTable = {
  id: Generated<number>;
  run_id: number;
  line: number;
  label: string;
  input: string;
  state: Generated<'unchecked' | 'bad' | 'waiting' | 'done' | 'failed' | 'left' | 'undone'>;
  /** It was so already: nothing to do, and nothing to undo. */
  same: Generated<number>;
  said: Generated<string>;
  notes: Generated<string>;
  mails: Generated<string>;
  item_type: Generated<ItemType | null>;
  item_id: Generated<number | null>;
  before: Generated<string | null>;
  undoes: Generated<number | null>;
};

type UsageFileTable = {
  id: Generated<number>;
  state: 'reading' | 'checked' | 'confirmed' | 'done' | 'cancelled' | 'stopped' | 'discarded';
  file_name: string;
  file_hash: string;
  total: number;
  refused: Generated<number>;
  done: Generated<number>;
  same: Generated<number>;
  created_by: number | null;
  created_by_name: string;
  created_at: string;
  confirmed_by: Generated<number | null>;
  confirmed_by_name: Generated<string | null>;
  confirmed_at: Generated<string | null>;
  finished_at: Generated<string | null>;
  rows_kept: Generated<number>;
};

type UsageRowTable = {
  id: Generated<number>;
  file_id: number;
  line: number;
  address: string;
  mailbox_id: number | null;
  used_mb: number | null;
  used_on: string | null;
  last_mail_on: string | null;
  state: 'waiting' | 'refused';
  said: Generated<string>;
};

export type Row<Table extends keyof Schema> = Selectable<Schema[Table]>;
export type NewRow<Table extends keyof Schema> = Insertable<Schema[Table]>;

/** A copy of the database that IPMS made, or a try that failed. */
type BackupTable = {
  id: Generated<number>;
  /** In the folder of the backups; empty of a try that failed. */
  file_name: string;
  /** In the folder: whole and without a fault, whole with the faults of the database, or not made by this database's IPMS. */
  state: 'good' | 'faults' | 'failed' | 'found' | 'spoilt' | 'gone' | 'removed';
  began_at: string;
  ended_at: string;
  asked_by_name: string;
  is_encrypted: number;
  bytes: number | null;
  sha256: string | null;
  last_audit_row: number | null;
  /** When all of it was last read and found as it was written. */
  read_at: string | null;
  /** When it came to be in the second place. */
  copied_at: string | null;
  /** When it was found to be spoilt or gone, or was removed as others had come. */
  lost_at: string | null;
  said: string | null;
};

/** The one row of what is known of the work itself. */
type BackupWorkTable = {
  id: Generated<number>;
  /** Since when IPMS makes copies by itself; null: it does not. */
  scheduled_since: string | null;
  asked_at: string | null;
  asked_by_name: string | null;
  began_at: string | null;
  looked_at: string | null;
  /** Why the newest copy is not in the second place. */
  copying_said: string | null;
};
