import { Worker } from 'node:worker_threads';
import type { BackupSettings } from '../base/settings.ts';
import type { Clock } from '../base/time.ts';
import type { Db } from '../data/database.ts';
import type { Run } from './backup.ts';
import { noteEnd, noteInDatabase, noteRun, noteSchedule, wantedNow } from './due.ts';
import type { Happening, Job } from './folder.ts';
import { knownCopies, readBackupWork } from './queries.ts';

/** What the thread is given: the work, and where the database and its key are. */
export type Given = { file: string; secretFile: string; job: Job };

type Place = { file: string; secretFile: string; scratch: string; settings: BackupSettings | null };

/**
 * Sees to it that copies are made: a thread is there while one is, or while the folders are looked at, and no page waits for
 * it, not even where a share does not answer.
 * @param report is given what went wrong in it
 */
export function backupWork(db: Db, { settings, ...place }: Place, clock: Clock, report: (error: unknown) => void) {
  let isScheduleNoted = false;
  let thread: Worker | null = null;
  let isStopped = false;

  async function start() {
    if (!isScheduleNoted) await noteSchedule(db, settings !== null, clock());
    isScheduleNoted = true;
    if (settings === null || thread !== null) return;
    const wanted = await wantedNow(db, settings, clock());
    if (wanted === null) return;
    const [now, isMaking] = [clock(), wanted === 'make'];
    const known = await knownCopies(db);
    const { folder } = await readBackupWork(db);
    const run = await noteRun(db, isMaking, now);
    begin({ ...place, job: { settings, scratch: place.scratch, isMaking, now, known, folder } }, run);
  }

  function begin(given: Given, run: Run) {
    const started = new Worker(new URL('../backup-thread.ts', import.meta.url), { workerData: given });
    thread = started;
    let noted = Promise.resolve();
    const note = (happening: Happening) => {
      noted = noted.then(() => noteInDatabase(db, happening, run, clock())).catch(report);
    };
    started.on('message', note);
    started.on('error', (error) => {
      report(error);
      if (given.job.isMaking) note({ what: 'failed', said: error.message });
    });
    started.once('exit', () => {
      // what was cut off has not ended: the next start sees that it was under way, and for whom
      if (!isStopped) noted.then(() => noteEnd(db, clock())).catch(report);
      void noted.finally(() => {
        thread = null;
      });
    });
  }

  /** What is not finished has no name, and is removed by the next one. */
  async function stop() {
    isStopped = true;
    await thread?.terminate();
  }

  return { start, stop };
}
