import type { Generated } from 'kysely';

/** A copy of the database that IPMS made, or a try that failed. */
export type BackupTable = {
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
export type BackupWorkTable = {
  id: Generated<number>;
  /** Since when IPMS makes copies by itself; null: it does not. */
  scheduled_since: string | null;
  asked_at: string | null;
  asked_by_name: string | null;
  began_at: string | null;
  /** Who asked for the copy that is being made; null: nobody. */
  began_for: Generated<string | null>;
  looked_at: string | null;
  /** Why the newest copy is not in the second place. */
  copying_said: string | null;
  /** What the folder of this installation is called in the second place, which others may use, too. */
  folder: Generated<string>;
};
