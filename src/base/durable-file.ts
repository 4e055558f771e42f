import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Windows flushes only what is open for writing, and no folder: there the file system sees to names. */
const IS_WINDOWS = process.platform === 'win32';

/** Waits until a file, and its name in its folder, are on the disk. */
export function flush(file: string) {
  for (const each of IS_WINDOWS ? [file] : [file, dirname(file)]) {
    const opened = openSync(each, IS_WINDOWS ? 'r+' : 'r');
    fsyncSync(opened);
    closeSync(opened);
  }
}

/**
 * Writes a small file that only its owner may read. Whenever the power fails, it is there whole, as it is now or as it was before.
 * @param replace whether it may take the place of one that is there
 * @throws Error when it may not, and one is there
 */
export function writeDurably(file: string, text: string, replace: boolean) {
  const unfinished = `${file}.new-${process.pid}`;
  try {
    writeFileSync(unfinished, text, { mode: 0o600, flush: true });
    if (replace) renameSync(unfinished, file);
    else linkSync(unfinished, file); // unlike renaming, it never replaces what has come to be there meanwhile
    flush(file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
