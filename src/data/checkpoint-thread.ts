// The thread behind `checkpointsAside`: it writes what is in the log into the file, as far as nobody reads what was before, and ends.
import { workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';

const sqlite = new Sqlite(workerData as string, { fileMustExist: true });
sqlite.pragma('wal_checkpoint(PASSIVE)');
sqlite.close();
