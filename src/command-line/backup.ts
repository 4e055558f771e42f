import { existsSync, linkSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { flush } from '../base/durable-file.ts';
import { openWithAnyKey } from '../installation.ts';
import { type Command, Refused, Usage } from './command.ts';
import { copyDatabase, refuseToOverwrite } from './files.ts';
import { verifyBackup } from './verify-backup.ts';

export const backup: Command = {
  usage: 'FILE | verify FILE [--identity FILE]',
  does: 'Copies the database into a new file, while a server runs or not; verifies a backup by restoring it aside.',
  help: `
FILE: the copy is checked before it gets its name, and holds the state of one commit. An existing file is not overwritten.
The secret file is not in it: keep a copy of that elsewhere. With IPMS_BACKUP_DIR the server makes copies by itself.

verify FILE: restores a backup, packed and encrypted or not, into a folder that is removed again, and looks over all of it.
The database that is in use is not touched. Needs the secret file that the backup was sealed with.

  --identity FILE   verify: the private key of age, as age-keygen writes it, for a backup that is encrypted`,
  options: { identity: { type: 'string' } },
  files: [1, 2],
  async run({ settings, values, files: [first = '', second] }) {
    const identity = values.identity as string | undefined;
    if (first === 'verify' && second !== undefined) {
      console.log(await verifyBackup(settings, second, identity));
      return;
    }
    if (second !== undefined) throw new Usage(`backup ${first} takes no file: backup FILE, or backup verify FILE.`);
    if (identity !== undefined) throw new Usage('backup FILE takes no --identity: it encrypts nothing.');
    const file = first;
    refuseToOverwrite(file);
    if (!existsSync(dirname(file))) throw new Refused(`There is no folder ${dirname(file)}.`);
    const { sqlite, close } = await openWithAnyKey(settings);
    const unfinished = `${file}.unfinished-${process.pid}`;
    try {
      await copyDatabase(sqlite, unfinished);
      takeName(unfinished, file);
      console.log(`The database was copied to ${file}.`);
    } finally {
      rmSync(unfinished, { force: true });
      await close();
    }
  },
};

/** A link, unlike renaming, never replaces what has come to be there meanwhile. */
function takeName(unfinished: string, file: string) {
  try {
    linkSync(unfinished, file);
  } catch (error) {
    refuseToOverwrite(file);
    throw error;
  }
  flush(file);
}
