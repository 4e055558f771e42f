import type { Generated } from 'kysely';
import type { Category, Package, ServiceType } from '../schema.ts';
import type { DetailColumns } from './mailboxes.ts';

export type AccessCodeStatus = 'issued' | 'returned' | 'confirmed' | 'registered' | 'activated' | 'revoked';

export type AccessCodeTable = {
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

export type AccessCodeRequestTable = {
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

export type AccountRequestTable = DetailColumns & {
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
