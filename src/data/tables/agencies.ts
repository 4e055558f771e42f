import type { Generated, GeneratedAlways } from 'kysely';
import type { Package } from '../schema.ts';

export type DirectoryMode = 'checklist' | 'script' | 'live';

export type AgencyTable = {
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

export type PackageLimitTable = {
  package: Package;
  largest_storage_mb: number | null;
  services: Generated<string>;
  services_limited: Generated<number>;
};

/** How many mailboxes of an agency are of a kind; the database counts by itself. */
export type MailboxTallyTable = {
  agency_id: GeneratedAlways<number>;
  fact: GeneratedAlways<'status' | 'package' | 'storage' | 'used' | 'service'>;
  value: GeneratedAlways<string>;
  count: GeneratedAlways<number>;
};
