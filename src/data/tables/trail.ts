import type { Generated } from 'kysely';
import type { Role } from '../../base/actor.ts';
import type { FileType } from '../../base/file-type.ts';
import type { AuditAction, Label } from '../../texts.ts';
import type { ItemType } from '../../trail/items.ts';

export type AuditTable = {
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

export type RecordTable = {
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
export type AttachmentTable = {
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

export type OutboxTable = {
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
  next_try_at: string;
  sent_at: string | null;
  last_error: string | null;
  /** On its way until then, in the hands of one worker. */
  claimed_until: string | null;
};
