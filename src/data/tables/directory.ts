import type { Generated } from 'kysely';

/** Which object of the directory is an item's, or one of IPMS's own helpers (a name in place of a number), and whether it is due. */
export type DirectoryObjectTable = {
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

/** What is still different in the directory, and the steps that a person has done. */
export type DirectoryChangeTable = {
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
export type DirectoryWorkTable = {
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
export type DirectoryAdoptionTable = {
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
  rows_kept: Generated<number>;
};

export type DirectoryAdoptionRowTable = {
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
