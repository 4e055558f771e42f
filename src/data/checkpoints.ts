import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Sqlite } from './database.ts';

/** Pages of a log that is written into the file, so that it can begin anew: 32 MB. */
const MANY = 8192;
/** So many a page that waits does not feel: 1 MB. */
const LITTLE = 256;
/** A commit that finds a log of so many, 1 GB, writes what waits itself: the thread did not start, or somebody read for very long. */
const TOO_MANY = 262_144;
/** While somebody reads what was before, as a backup does for minutes, the thread has nothing to write: so many looks later it is tried again. */
const REST = 5;

/** How long the log is, and how much of it waits to be written into the file, in pages. */
export function logOf(sqlite: Sqlite.Database) {
  const [now] = sqlite.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
  return { length: now?.log ?? 0, waiting: (now?.log ?? 0) - (now?.checkpointed ?? 0) };
}

/**
 * Leaves checkpoints to a thread: one writes 32 MB and waits for the disk, and in the commit that happens to be the next every
 * page would wait for that. A log begins anew once nothing of it waits.
 * @returns what looks whether a checkpoint is due, and waits for it; to be called every second
 */
export function checkpointsAside(sqlite: Sqlite.Database) {
  sqlite.pragma(`wal_autocheckpoint = ${TOO_MANY}`);
  let rest = 0;
  return async () => {
    rest -= 1;
    const { length, waiting } = logOf(sqlite);
    if (rest > 0 || length < MANY || waiting === 0) return;
    if (waiting > LITTLE) {
      const workerData = { file: sqlite.name, little: LITTLE };
      await once(new Worker(new URL('./checkpoint-thread.ts', import.meta.url), { workerData }), 'exit');
    }
    const { waiting: left } = logOf(sqlite);
    if (left <= LITTLE) sqlite.pragma('wal_checkpoint(PASSIVE)');
    else if (left >= waiting) rest = REST;
  };
}
