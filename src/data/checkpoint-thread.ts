// The thread behind `checkpointsAside`: it writes what is in the log into the file, as far as nobody reads what was before, and
// what came meanwhile, until little is left of that. Then it ends.
import { workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';

const { file, little } = workerData as { file: string; little: number };
/** Where more comes than it can write, or a reader stays for long, it is begun anew later. */
const MOST_ROUNDS = 20;

const sqlite = new Sqlite(file, { fileMustExist: true });
for (let round = 1; round <= MOST_ROUNDS; round += 1) {
  sqlite.pragma('wal_checkpoint(PASSIVE)');
  const [log] = sqlite.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
  if (log === undefined || log.log - log.checkpointed <= little) break;
}
sqlite.close();
