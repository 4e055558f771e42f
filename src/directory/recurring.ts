import { Worker } from 'node:worker_threads';
import type { DirectorySettings } from '../base/settings.ts';
import type { Act } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { nextAdoption } from './adoption/reports.ts';
import { agenciesOf } from './comparing.ts';
import { agenciesWithSteps } from './steps.ts';
import { readWork } from './work.ts';

/** What the thread is given: where the database and its key are, and the directory, if there is one. */
export type FollowedBy = {
  file: string;
  secretFile: string;
  settings: DirectorySettings | null;
  told: Act['settings'];
};

/** After a stop, the thread ends what it is at; for longer than this nobody waits. */
const MOST_TO_END = 3000;

/**
 * Sees to it that what is decided reaches the directory: a thread is there while there is anything to do.
 * @param report is given what went wrong in it
 */
export function directoryWork(db: Db, data: FollowedBy, report: (error: unknown) => void) {
  let thread: Worker | null = null;

  async function start() {
    if (thread !== null || !(await hasWork())) return;
    const started = new Worker(new URL('./thread.ts', import.meta.url), { workerData: data });
    thread = started;
    started.on('message', report);
    started.on('error', report);
    started.once('exit', () => {
      thread = null;
    });
  }

  async function hasWork() {
    const agencies = await agenciesOf(db);
    const isLive = agencies.some(({ directory_mode }) => directory_mode === 'live');
    if (data.settings !== null && (isLive || (await nextAdoption(db)) !== undefined)) return true;
    return (await agenciesWithSteps(db, agencies, new Date())).length > 0 || (await readWork(db)).erased > 0;
  }

  async function stop() {
    const ending = thread;
    if (ending === null) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.postMessage('stop');
    const late = setTimeout(() => void ending.terminate(), MOST_TO_END);
    await ended;
    clearTimeout(late);
  }

  return { start, stop };
}
