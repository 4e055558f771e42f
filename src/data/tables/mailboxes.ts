import type { Generated, GeneratedAlways } from 'kysely';
import type { Category, Package, ServiceType } from '../schema.ts';

/** What SOP tables 3A and 3B ask for beside the name. */
export type DetailColumns = {
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

export type MailboxTable = DetailColumns & {
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
export type MailboxSearchTable = {
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

export type AddressTable = {
  address: string;
  kind: 'postmaster' | 'request' | 'mailbox' | 'alias' | 'group' | 'contact' | 'reserved';
  agency_id: number | null;
  item_id: number;
  reserved_until: string | null;
};

export type DisablingTable = {
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

export type TerminationTable = {
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

export type TransferTable = {
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
