// The thread that carries decisions into the directory: it computes for seconds, and no page waits for it.

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { readSecrets } from '../base/secrets.ts';
import { MINUTE, SECOND } from '../base/time.ts';
import { openSqlite, queryBuilder } from '../data/database.ts';
import { ADOPTION_FIELDS } from './adoption/sorting.ts';
import { adoptNext } from './adoption/worker.ts';
import { openDirectory } from './connector.ts';
import { openFollower } from './follower.ts';
import { FIELDS } from './mapping.ts';
import { cutOffErased } from './passwords/erased.ts';
import type { FollowedBy } from './recurring.ts';

const { file, secretFile, settings, told } = workerData as FollowedBy;
const secrets = readSecrets(secretFile);
const sqlite = openSqlite(file, secrets.audit, secrets.former);
sqlite.pragma('cache_size = -2048'); // a quarter of what pages get: it waits for the controller, and its memory is for what that says
const db = queryBuilder(sqlite);
const directory = settings === null ? null : openDirectory(settings, FIELDS);
const follower = openFollower({
  db,
  directory,
  passwordKey: secrets.passwords,
  signInSuffix: settings?.signInSuffix ?? null,
  told,
  passwordHours: settings?.passwordHours ?? null,
  brake: settings?.brake ?? 0,
  clock: () => new Date(),
  holder: randomUUID(),
});
const adopt = async () =>
  settings !== null &&
  adoptNext({
    db,
    told,
    baseDn: settings.baseDn,
    signInSuffix: settings.signInSuffix,
    open: () => openDirectory(settings, ADOPTION_FIELDS),
    clock: () => new Date(),
    holder: randomUUID(),
  });
let isOver = false;
parentPort?.once('message', () => {
  isOver = true;
});

for (let idleSince = Date.now(); !isOver; ) {
  try {
    const didWork = (await adopt()) || (await follower.turn());
    const isClean = await cutOffErased(db, sqlite);
    if (didWork || !isClean) idleSince = Date.now();
  } catch (error) {
    parentPort?.postMessage({ message: (error as Error).message, stack: (error as Error).stack });
  }
  // where nothing is sent, nobody has to look each minute
  if (Date.now() - idleSince > 2 * MINUTE) break;
  await pause(SECOND / 2);
}
await directory?.close();
await db.destroy();
parentPort?.close();
