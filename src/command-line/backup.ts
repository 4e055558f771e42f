import { existsSync, linkSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { flush } from '../base/durable-file.ts';
import { openWithAnyKey } from '../installation.ts';
import { type Command, Refused } from './command.ts';
import { copyDatabase, refuseToOverwrite } from './files.ts';

export const backup: Command = {
  usage: 'FILE',
  does: 'Copies the database into a new file, while a server runs or not.',
  help: `
The copy is checked before it gets its name, and holds the state of one commit. An existing file is not overwritten.
The secret file is not in it: keep a copy of that elsewhere.`,
  files: 1,
  async run({ settings, files: [file = ''] }) {
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
