// The thread that makes copies of the database and looks after them: it reads and packs for minutes, and no page waits for it.

import { parentPort, workerData } from 'node:worker_threads';
import { type Happening, workInFolders } from './backups/folder.ts';
import type { Given } from './backups/recurring.ts';
import { toolsFor } from './command-line/backup-tools.ts';

const given = workerData as Given;
await workInFolders(given.job, {
  ...toolsFor(given),
  tell: (happening: Happening) => parentPort?.postMessage(happening),
});
