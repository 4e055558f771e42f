import type { Generated } from 'kysely';
import type { ItemType } from '../../trail/items.ts';

export type BulkRunTable = {
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
  /** What is still to be done to its rows, some hundred at a time. */
  owed: Generated<'forget' | 'leave' | 'fill' | null>;
};

export type BulkRowTable = {
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

export type BulkArrivingTable = {
  id: Generated<number>;
  run_id: number;
  /** Rows that were read and are not in `bulk_row` yet, as JSON, packed. */
  packed_rows: Buffer;
};

export type UsageFileTable = {
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

export type UsageRowTable = {
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
