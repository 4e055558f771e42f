import type { Generated } from 'kysely';
import type { SignInRole } from '../schema.ts';

export type UserTable = {
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

export type PasskeyTable = {
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

export type SessionTable = {
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

export type UnsavedFormTable = {
  id: Generated<number>;
  user_id: number | null;
  access_code_id: number | null;
  sealed: string;
  shown: Generated<number>;
  expires_at: string;
};

export type OneTimeLinkTable = {
  token_hash: string;
  purpose: 'set-up' | 'invitation' | 'reset';
  user_id: number | null;
  expires_at: string;
};

export type ThrottleTable = {
  key: string;
  failures: number;
  window_ends_at: string;
  locked_until: string | null;
  user_id: Generated<number | null>;
};

/** A wrong try, and whether it was the last before the name or the network was shut; or a page that somebody may not open. */
export type RefusedTryTable = {
  id: Generated<number>;
  at: string;
  what: 'password' | 'code' | 'passkey' | 'access-code' | 'request' | 'page';
  user_id: number | null;
  address: string;
  page: string | null;
  shut: 'name' | 'network' | null;
};

export type PasswordRequestTable = {
  id: Generated<number>;
  user_id: number;
  agency_id: number | null;
  requested_at: string;
  handled_at: string | null;
  handled_by: number | null;
};
