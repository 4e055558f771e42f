import { closeSync, existsSync, openSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { flush } from '../base/durable-file.ts';
import { Refused } from './command.ts';

/** Copies all pages in one step: other processes that write meanwhile cannot make it begin again, and do not wait. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * Copies a database, in use or not, as it was after one commit, into a file that needs no other beside it.
 * @throws Refused when the copy is not whole
 */
export async function copyDatabase(source: Sqlite.Database, target: string) {
  closeSync(openSync(target, 'w', 0o600)); // before there is anything in it that others could read
  await source.backup(target, { progress: () => ALL_PAGES });
  const copy = new Sqlite(target);
  try {
    copy.pragma('journal_mode = DELETE');
    const [first] = copy.pragma('integrity_check(1)') as { integrity_check: string }[];
    if (first?.integrity_check !== 'ok') throw new Refused(`The database is damaged: ${first?.integrity_check}.`);
  } finally {
    copy.close();
  }
  flush(target);
}

/** @throws Refused for a file that is there already */
export function refuseToOverwrite(file: string) {
  if (existsSync(file)) throw new Refused(`${file} exists already: it is not overwritten.`);
}
