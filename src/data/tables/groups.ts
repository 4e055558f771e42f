import type { Generated } from 'kysely';

export type GroupTable = {
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

export type MembershipTable = {
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

export type ListChangeRequestTable = {
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

export type ContactTable = {
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
