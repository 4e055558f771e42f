import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Sqlite } from './database.ts';

/** Pages of the log that wait to be written into the file: 32 MB. */
const MANY = 8192;
/** So many a page that waits does not feel: 1 MB. */
const LITTLE = 256;
/** A commit that finds so many, 128 MB, writes them itself: more came than the thread could write, or it did not start. */
const TOO_MANY = 32_768;

/** Somebody reads what was before, as a backup does for minutes: so many looks later there is something to write again. */
const REST = 5;

/**
 * Leaves checkpoints to a thread: one writes 32 MB and waits for the disk, and in the commit that happens to be the next every
 * page would wait for that.
 * @returns what looks whether a checkpoint is due, and waits for it; to be called every second
 */
export function checkpointsAside(sqlite: Sqlite.Database) {
  sqlite.pragma(`wal_autocheckpoint = ${TOO_MANY}`);
  const waiting = () => {
    const [now] = sqlite.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
    return now === undefined ? 0 : now.log - now.checkpointed;
  };
  let rest = 0;
  return async () => {
    rest -= 1;
    if (rest > 0 || waiting() < MANY) return;
    const thread = new Worker(new URL('./checkpoint-thread.ts', import.meta.url), {
      workerData: { file: sqlite.name, little: LITTLE },
    });
    await once(thread, 'exit');
    // the log begins anew once all of it is written: what came since is little
    const left = waiting();
    if (left <= LITTLE) sqlite.pragma('wal_checkpoint(PASSIVE)');
    else if (left >= MANY) rest = REST;
  };
}
