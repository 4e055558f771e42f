import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../base/settings.ts';
import { isoTime } from '../base/time.ts';
import { type Db, migrate } from '../data/database.ts';
import { openFile, readKey } from '../installation.ts';
import { headOf } from '../trail/chain.ts';
import { checkAll, numberOfFaults } from './check.ts';
import { Refused } from './command.ts';
import { SERVED_TWICE } from './faults.ts';
import { bringIn, keyOf } from './restore.ts';

/**
 * Restores a backup into a folder that is gone afterwards, as `restore` would, and looks over all of it. It lies in the clear
 * only where the database does.
 * @param identity the file with the private key, where the backup is encrypted
 * @returns what was found there, in one line
 * @throws Refused when it cannot be restored, or has a fault; each fault is a line on the standard output
 */
export async function verifyBackup(settings: Settings, file: string, identity: string | undefined) {
  if (!existsSync(file)) throw new Refused(`There is no file ${file}.`);
  const present = readKey(settings);
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  const scratch = mkdtempSync(join(settings.dataDir, 'backup-verify-'));
  try {
    const copy = join(scratch, 'ipms.db');
    await bringIn(file, copy, identity);
    const installation = openFile(await keyOf(settings, present, copy), copy);
    try {
      await migrate(installation.db);
      const found = (await checkAll(installation, undefined)).filter((fault) => !fault.startsWith(SERVED_TWICE));
      for (const fault of found) console.log(fault);
      if (found.length > 0)
        throw new Refused(`${file} can be restored, and check found ${numberOfFaults(found)} in it.`);
      return `${file} can be restored, and check finds no fault in it: ${await newestRow(installation.db)}.`;
    } finally {
      await installation.close();
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** How far its trail goes, which says how much would be lost. */
async function newestRow(db: Db) {
  const head = await headOf(db, 'audit');
  if (head === undefined) return 'its audit trail is empty';
  const { at } = await db.selectFrom('audit').select('at').where('id', '=', head.id).executeTakeFirstOrThrow();
  return `its last audit row is ${head.id}, of ${isoTime(at)}`;
}
