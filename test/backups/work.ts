import type { Test } from 'tap';
import { noteEnd, noteInDatabase, noteRun } from '../../src/backups/due.ts';
import { type Happening, type Tools, workInFolders } from '../../src/backups/folder.ts';
import { knownCopies, readBackupWork } from '../../src/backups/queries.ts';
import type { BackupSettings } from '../../src/base/settings.ts';
import { toolsFor } from '../../src/command-line/backup-tools.ts';
import type { Db } from '../../src/data/database.ts';
import { databaseFile, openPresent } from '../../src/installation.ts';
import { dataFolder } from '../command-line/folder.ts';
import { newInstallation } from '../command-line/installed.ts';

export const KEEP = { days: 3, weeks: 0, months: 0 };
/** Half past one in the morning of that day in Kuala Lumpur. */
export const night = (day: string) => new Date(`${day}T01:30:00+08:00`);

/** For runs whose copies are not what is tested: a look into one is most of what a run takes. */
export const UNSEEN = { lookOver: async () => ({ faults: [], lastAuditRow: 1 }) };

/** An installation with its own folder for backups, and what the server's thread does there, done here. */
export async function withBackups(t: Test, more: Partial<BackupSettings> = {}, own?: string) {
  const folder = own ?? (await newInstallation(t));
  const settings: BackupSettings = {
    dir: dataFolder(t),
    at: '01:30',
    keep: KEEP,
    recipients: [],
    copyTo: null,
    ...more,
  };
  const place = { dataDir: folder, secretFile: `${folder}/secret.key` };

  async function look<T>(read: (db: Db) => Promise<T>) {
    const { db, close } = await openPresent(place);
    try {
      return await read(db);
    } finally {
      await close();
    }
  }

  /** One run of the work, noted as it is by the server. @returns what happened */
  async function run(now: Date, isMaking = true, other: Partial<Tools> = {}) {
    return look(async (db) => {
      const known = await knownCopies(db);
      const { folder: own } = await readBackupWork(db);
      const begun = await noteRun(db, isMaking, now);
      const happened: Happening[] = [];
      const tools = { ...toolsFor({ file: databaseFile(folder), secretFile: place.secretFile }), ...other };
      const job = { settings, scratch: `${folder}/backup-scratch`, isMaking, now, known, folder: own };
      await workInFolders(job, { ...tools, tell: (happening) => void happened.push(happening) });
      for (const happening of happened) await noteInDatabase(db, happening, begun, now);
      await noteEnd(db, now);
      return happened;
    });
  }

  const rows = () => look((db) => db.selectFrom('backup').selectAll().orderBy('id').execute());
  return { folder, settings, look, run, rows };
}
