// The thread behind `checkpointsAside`: it writes what is in the log into the file, as far as nobody reads what was before, and
// what came meanwhile, until little is left of that. Then it ends.
import { workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { logOf } from './checkpoints.ts';

const { file, little } = workerData as { file: string; little: number };
const sqlite = new Sqlite(file, { fileMustExist: true });
for (let written = 0; ; ) {
  sqlite.pragma('wal_checkpoint(PASSIVE)');
  const { length, waiting } = logOf(sqlite);
  // somebody reads what was before, or the log has begun anew: there will be another look
  if (waiting <= little || length - waiting <= written) break;
  written = length - waiting;
}
sqlite.close();
