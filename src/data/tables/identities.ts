import type { Generated, GeneratedAlways } from 'kysely';
import type { IdentityHolder, IdentityKind } from '../schema.ts';

/** By what a person is served. The database writes it by itself; a unique index lets nobody be served twice. */
export type IdentityClaimTable = {
  holder: IdentityHolder;
  holder_id: number;
  kind: IdentityKind;
  value: string;
  second_account_id: number | null;
  /** More than 0 for a double that was there before doubles were refused. */
  surplus: Generated<number>;
};

/** Everything that serves a person now, or did until its code expired; the claims follow it. */
export type IdentityHolderView = {
  holder: GeneratedAlways<IdentityHolder>;
  holder_id: GeneratedAlways<number>;
  agency_id: GeneratedAlways<number>;
  name: GeneratedAlways<string>;
  kind: GeneratedAlways<IdentityKind>;
  value: GeneratedAlways<string>;
};

export type MailboxKnownAsView = {
  holder_id: GeneratedAlways<number>;
  agency_id: GeneratedAlways<number>;
  name: GeneratedAlways<string>;
  status: GeneratedAlways<'active' | 'disabled' | 'deleted'>;
  deleted_at: GeneratedAlways<string | null>;
  kind: GeneratedAlways<IdentityKind>;
  value: GeneratedAlways<string | null>;
};

/** The helpdesk's leave to serve a person a second time, in one agency. */
export type SecondAccountTable = {
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

export type CorrectionTable = {
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
