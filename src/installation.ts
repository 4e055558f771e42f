import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { NO_ROW, writeAuditHead } from './audit-head.ts';
import { flush, writeDurably } from './base/durable-file.ts';
import { deriveSecrets, makeSecret, readSecrets, type Secrets } from './base/secrets.ts';
import { type Settings, WrongSetting } from './base/settings.ts';
import { DatabaseUnusable, type Db, migrate, openSqlite, pendingMigrations, queryBuilder } from './data/database.ts';
import { openReader, type Reading } from './data/reader.ts';
import { headOf, isSealed } from './trail/chain.ts';

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
  if (isNew) makeKey(place.secretFile);
  else await endRotation(place);
  const secrets = readKey(place);
  if (isNew) beginAuditHead(place.secretFile);
  const installation = openFile(secrets, file);
  if (!isNew) {
    lookOver(installation.sqlite, file, hasBeenInstalled);
    const fault = await orClose(installation, file, () => otherKey(installation, place));
    if (fault !== null) {
      await installation.close();
      throw new WrongSetting(fault);
    }
  }
  installation.migrated = await migrate(installation.db);
  if (!hasBeenInstalled) writeDurably(markFile(dataDir), `${new Date().toISOString()}\n`, true);
  return installation;
}

/**
 * Opens the database that is there, as it is: commands beside a running server change no table.
 * @throws DatabaseUnusable when there is none, or when it needs to be migrated first; WrongSetting for a key that is not its own
 */
export async function openPresent(place: Place): Promise<Installation> {
  const { keyFault, secrets, ...installation } = await openWithAnyKey(place);
  if (keyFault === null && secrets !== null) return { ...installation, secrets };
  await installation.close();
  throw new WrongSetting(keyFault ?? missingKey(place.secretFile));
}

/**
 * As `openPresent`, for who only looks or copies: also without the key, or with another one, and says what is wrong with it.
 * Without a key that can be read, `secrets` is null and no seal can be verified.
 * @param reading as of `openReader`
 */
export async function openWithAnyKey(place: Place, reading?: Reading) {
  const file = databaseFile(place.dataDir);
  if (!existsSync(file)) throw new DatabaseUnusable(`There is no database in ${place.dataDir}: set IPMS_DATA_DIR.`);
  const key = keyOrFault(place);
  const installation = openFile(key.secrets ?? deriveSecrets(randomBytes(32)), file, reading);
  return orClose(installation, file, async () => {
    if (!isOurs(installation.sqlite)) throw new DatabaseUnusable(`${file} is not a database of IPMS.`);
    if ((await pendingMigrations(installation.db)).length > 0)
      throw new DatabaseUnusable('The database is of an older IPMS: npm run ipms -- migrate brings it up to date.');
    const keyFault = key.fault ?? (await otherKey(installation, place));
    if (keyFault !== null && (await fitsNext(place)))
      return { ...installation, secrets: key.secrets, keyFault: CUT_OFF };
    return { ...installation, secrets: key.secrets, keyFault };
  });
}

/** What the work gives back; when it fails, the installation is closed. */
async function orClose<T>(installation: Installation, file: string, work: () => Promise<T>) {
  try {
    return await work();
  } catch (error) {
    await installation.close();
    throw unusable(file, error);
  }
}

/** Opens a database file, as it is, with the secrets of the installation. */
export function openFile(secrets: Secrets, file: string, reading?: Reading): Installation {
  const isNew = !existsSync(file);
  const sqlite = openSqlite(file, secrets.audit, secrets.former);
  if (isNew) chmodSync(file, 0o600); // its log files take over the mode
  const [db, reader] = [queryBuilder(sqlite), openReader(file, secrets, reading)];
  const close = async () => {
    await reader.destroy();
    await db.destroy();
  };
  return { db, reader, sqlite, secrets, migrated: [], close };
}

/** Where a rotation keeps the new key until the database has gone over to it. */
export const nextKeyFile = (secretFile: string) => `${secretFile}.next`;

const CUT_OFF =
  'The rotation of the key was cut off after the database had gone over to the new one: start IPMS, or call npm run ipms -- key rotate; either ends it.';

/** Has the database gone over to the key of a rotation whose last step is missing? */
async function fitsNext(place: Place) {
  const secretFile = nextKeyFile(place.secretFile);
  if (!existsSync(secretFile) || !existsSync(databaseFile(place.dataDir))) return false;
  const { secrets } = keyOrFault({ ...place, secretFile });
  if (secrets === null) return false;
  const installation = openFile(secrets, databaseFile(place.dataDir));
  try {
    return (await otherKey(installation, place)) === null;
  } finally {
    await installation.close();
  }
}

/**
 * Ends a rotation that was cut off when the database had gone over to the new key already. One that was cut off before that
 * has changed nothing: the key that it had made is no key of anything.
 * @returns whether there was one to end
 */
export async function endRotation(place: Place) {
  if (!(await fitsNext(place))) return false;
  renameSync(nextKeyFile(place.secretFile), place.secretFile);
  flush(place.secretFile);
  return true;
}

const unusableKey = (secretFile: string, error: unknown) =>
  `IPMS_SECRET_FILE=${secretFile} cannot be used: ${(error as Error).message}. Put the copy of it back.`;

/**
 * Makes the key of a new installation; one that is there already stays. Whoever has made sure that there is no database calls
 * this: beside one, a new key would seal what follows so that nothing could verify it.
 * @throws WrongSetting in one line
 */
export function makeKey(secretFile: string) {
  if (existsSync(secretFile)) return;
  try {
    makeSecret(secretFile);
  } catch (error) {
    throw new WrongSetting(`IPMS_SECRET_FILE=${secretFile} cannot be made: ${(error as Error).message}`);
  }
}

/** Before there can be a row. @throws WrongSetting in one line */
function beginAuditHead(secretFile: string) {
  try {
    writeAuditHead(secretFile, NO_ROW);
  } catch (error) {
    throw new WrongSetting(
      `IPMS_SECRET_FILE=${secretFile}: nothing can be kept beside it: ${(error as Error).message}`,
    );
  }
}

/** @throws WrongSetting in one line, whatever is wrong with the file */
export function readKey(place: Place): Secrets {
  const { secrets, fault } = keyOrFault(place);
  if (secrets === null) throw new WrongSetting(fault);
  return secrets;
}

function keyOrFault({ secretFile }: Place): { secrets: Secrets; fault: null } | { secrets: null; fault: string } {
  try {
    return { secrets: readSecrets(secretFile), fault: null };
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { secrets: null, fault: isMissing ? missingKey(secretFile) : unusableKey(secretFile, error) };
  }
}

const missingKey = (secretFile: string) =>
  `${secretFile} is missing, the key that the database was sealed with: put the copy of it back, or set IPMS_SECRET_FILE.`;

/**
 * What is wrong when the newest row of the audit trail was not sealed with this key, or null. Whatever is written has such a
 * row, so that one tells; only in a trail without any does the newest record.
 */
export async function otherKey({ db, sqlite }: Pick<Installation, 'db' | 'sqlite'>, { dataDir, secretFile }: Place) {
  const isThere = sqlite.prepare('select 1 from sqlite_schema where name = ?');
  for (const [table, called] of [
    ['audit', 'audit row'],
    ['record', 'record'],
  ] as const) {
    if (isThere.get(table) === undefined) return null; // of a first start that was cut off, or of the oldest versions
    const newest = await headOf(db, table);
    if (newest === undefined) continue;
    if (await isSealed(db, table, newest.id)) return null;
    return `${secretFile} is not the key that ${databaseFile(dataDir)} was sealed with (its newest ${called} ${newest.id} tells): put the right one in its place, or restore a backup.`;
  }
  return null;
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
