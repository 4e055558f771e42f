import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import {
  DatabaseUnusable,
  type Db,
  migrate,
  openSqlite,
  pendingMigrations,
  queryBuilder,
} from './platform/database.ts';
import { openReader } from './platform/reader.ts';
import { readSecrets, type Secrets } from './platform/secrets.ts';
import { type Settings, WrongSetting } from './platform/settings.ts';

export type Installation = {
  db: Db;
  /** The same database for long reading, in a thread of its own. */
  reader: Db;
  sqlite: Database;
  secrets: Secrets;
  /** The migrations that opening it ran. */
  migrated: string[];
  close(): Promise<void>;
};
/** Where an installation is. */
export type Place = Pick<Settings, 'dataDir' | 'secretFile'>;

/** The database within a data folder. */
export const databaseFile = (dataDir: string) => join(dataDir, 'ipms.db');
const markFile = (dataDir: string) => join(dataDir, 'installed');

/** Reading every page of a database up to this size costs a start less than a second. */
const LOOKED_OVER_AT_START = 128 * 1024 * 1024;

/**
 * Opens the data folder: the database, brought up to date, and the secret.
 * A folder that has held a database once never gets a fresh one in its place.
 * @throws DatabaseUnusable or WrongSetting in one line
 */
export async function openInstallation(place: Place): Promise<Installation> {
  const { dataDir } = place;
  makeDataDir(dataDir);
  const file = databaseFile(dataDir);
  const isNew = !existsSync(file);
  const hasBeenInstalled = existsSync(markFile(dataDir));
  if (hasBeenInstalled && isNew)
    throw new DatabaseUnusable(
      `${file} is missing: restore a backup (npm run ipms -- restore FILE), or remove ${markFile(dataDir)} to begin anew.`,
    );
  const installation = openFile(place, file);
  if (!isNew) lookOver(installation.sqlite, file, hasBeenInstalled);
  installation.migrated = await migrate(installation.db);
  if (!hasBeenInstalled) writeFileSync(markFile(dataDir), `${new Date().toISOString()}\n`);
  return installation;
}

/**
 * Opens the database that is there, as it is: commands beside a running server change no table.
 * @throws DatabaseUnusable when there is none, or when it needs to be migrated first
 */
export async function openPresent(place: Place): Promise<Installation> {
  const file = databaseFile(place.dataDir);
  if (!existsSync(file)) throw new DatabaseUnusable(`There is no database in ${place.dataDir}: set IPMS_DATA_DIR.`);
  const installation = openFile(place, file);
  try {
    if (!isOurs(installation.sqlite)) throw new DatabaseUnusable(`${file} is not a database of IPMS.`);
    if ((await pendingMigrations(installation.db)).length > 0)
      throw new DatabaseUnusable('The database is of an older IPMS: npm run ipms -- migrate brings it up to date.');
    return installation;
  } catch (error) {
    await installation.close();
    throw unusable(file, error);
  }
}

/** Opens a database file, as it is, with the secret of the installation; the secret is made when there is none. */
export function openFile({ secretFile }: Pick<Place, 'secretFile'>, file: string): Installation {
  const secrets = readSecretFile(secretFile, file);
  const isNew = !existsSync(file);
  const sqlite = openSqlite(file, secrets.audit);
  if (isNew) chmodSync(file, 0o600); // its log files take over the mode
  const [db, reader] = [queryBuilder(sqlite), openReader(file)];
  const close = async () => {
    await reader.destroy();
    await db.destroy();
  };
  return { db, reader, sqlite, secrets, migrated: [], close };
}

/** @throws WrongSetting in one line, whatever is wrong with the file */
function readSecretFile(secretFile: string, file: string) {
  const isNew = !existsSync(secretFile);
  try {
    const secrets = readSecrets(secretFile);
    if (isNew && existsSync(file))
      console.error(
        `${secretFile} was missing and has been made anew: everybody must sign in again, and "check" cannot verify older audit rows.`,
      );
    return secrets;
  } catch (error) {
    throw new WrongSetting(`IPMS_SECRET_FILE=${secretFile} cannot be used: ${(error as Error).message}`);
  }
}

function makeDataDir(dataDir: string) {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new WrongSetting(`IPMS_DATA_DIR=${dataDir} cannot be used: ${(error as Error).message}`);
  }
}

/**
 * A start on a damaged database would do more damage. Large ones are left to `check`, so that a start stays quick.
 * A first start that was cut off has left no table: that one begins again.
 */
function lookOver(sqlite: Database, file: string, hasBeenInstalled: boolean) {
  try {
    const tables = sqlite.prepare('select count(*) from sqlite_schema').pluck().get() as number;
    if (!isOurs(sqlite) && (tables > 0 || hasBeenInstalled))
      throw new DatabaseUnusable(`${file} is not a database of IPMS: restore a backup.`);
    if (statSync(file).size > LOOKED_OVER_AT_START) return;
    const answer = sqlite.pragma('quick_check(1)', { simple: true });
    if (answer !== 'ok') throw new DatabaseUnusable(`${file} is damaged: restore a backup.`);
  } catch (error) {
    sqlite.close();
    throw unusable(file, error);
  }
}

/** Is there nobody and nothing yet? A folder that was only started counts as empty. */
export async function isEmpty(db: Db) {
  for (const table of ['user', 'agency'] as const)
    if ((await db.selectFrom(table).select('id').limit(1).executeTakeFirst()) !== undefined) return false;
  return true;
}

function isOurs(sqlite: Database) {
  return sqlite.prepare("select 1 from sqlite_schema where name = 'kysely_migration'").get() !== undefined;
}

function unusable(file: string, error: unknown) {
  if (!(error instanceof Sqlite.SqliteError)) return error;
  return new DatabaseUnusable(`${file} is damaged: restore a backup (${error.message}).`);
}

/**
 * Takes the data folder for one server; the lock ends with the process, however that ends.
 * @returns what gives it back
 * @throws DatabaseUnusable when another server has it
 */
export function lockDataDir(dataDir: string) {
  makeDataDir(dataDir);
  const file = join(dataDir, 'ipms.lock');
  let lock: Database | undefined;
  try {
    lock = new Sqlite(file, { timeout: 0 });
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('begin exclusive; create table if not exists held (at text); commit');
  } catch (error) {
    lock?.close();
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw new DatabaseUnusable(`Another IPMS is running on ${dataDir}: stop it first.`);
    throw new DatabaseUnusable(`${file} cannot be written: ${(error as Error).message}.`);
  }
  const held = lock;
  return () => void held.close();
}
