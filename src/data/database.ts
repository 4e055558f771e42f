import { existsSync, promises as fs, statSync } from 'node:fs';
import path, { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  sql,
  type Transaction,
} from 'kysely';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import type { Secrets } from '../base/secrets.ts';
import { addHash } from './hash-function.ts';
import { keepingStatements } from './kept-statements.ts';
import { SteadyQueryCompiler } from './query-compiler.ts';
import type { Schema } from './schema.ts';
import { addSeals } from './seals.ts';
import { addSearchFunctions } from './search-functions.ts';
import { addSecretFunctions } from './secret-functions.ts';
import { watchChanges } from './unchanged.ts';

export type Db = Kysely<Schema>;
export type Trx = Transaction<Schema>;
export type { Sqlite };
export type FormerKey = Pick<Secrets, 'fingerprint' | 'audit'>;

/** The database cannot be used as it is; the message says why in one line. */
export class DatabaseUnusable extends Error {}

const MIGRATIONS = join(import.meta.dirname, '../../migrations');
/** SQLite before 3.51.3 can damage a database in WAL mode when it resets the log. */
const OLDEST_SQLITE = '3.51.3';
const WRITE_AHEAD = 'wal';

/**
 * Opens the file (or ':memory:', or a serialized database) with every pragma that durability and integrity need.
 * @param auditKey seals the audit chain; a connection without the right one cannot add rows that `check` accepts
 * @param former the keys before it, with which older rows are verified
 * @throws DatabaseUnusable
 */
export function openSqlite(file: string | Buffer, auditKey: Buffer, former: FormerKey[] = []): Sqlite.Database {
  if (typeof file === 'string' && existsSync(file) && statSync(file).size === 0)
    throw new DatabaseUnusable(`${file} is empty: restore a backup, or remove it to begin anew.`);
  try {
    const sqlite = new Sqlite(file);
    const version = sqlite.prepare('select sqlite_version()').pluck().get() as string;
    if (version.localeCompare(OLDEST_SQLITE, undefined, { numeric: true }) < 0)
      throw new DatabaseUnusable(`SQLite ${version} is too old: ${OLDEST_SQLITE} or newer is needed.`);
    sqlite.pragma('busy_timeout = 10000');
    if (
      typeof file === 'string' &&
      file !== ':memory:' &&
      sqlite.pragma(`journal_mode = ${WRITE_AHEAD}`, { simple: true }) !== WRITE_AHEAD
    )
      throw new DatabaseUnusable(`${file} cannot be switched to write-ahead logging.`);
    sqlite.pragma('synchronous = FULL'); // only after journal_mode: in WAL the library's default would be NORMAL
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma('secure_delete = ON');
    sqlite.pragma('cache_size = -8192');
    sqlite.pragma('wal_autocheckpoint = 8192'); // 32 MB: most pages of a change are written anew by the next ones
    addSeals(sqlite, { audit: auditKey, former });
    addHash(sqlite);
    addSearchFunctions(sqlite);
    addSecretFunctions(sqlite, auditKey);
    return sqlite;
  } catch (error) {
    if (error instanceof DatabaseUnusable) throw error;
    throw new DatabaseUnusable(`The database ${String(file)} cannot be opened: ${(error as Error).message}`);
  }
}

/**
 * What is open is not what it was: the file was deleted or another one was put in its place, or it goes on under another key.
 */
class DatabaseReplaced extends Error {}

/**
 * How often the key was rotated stands in the head of the file. A command that goes on beside a rotation would write one row
 * under the key before it, and break the chain for good.
 * @returns what throws `DatabaseReplaced` inside a transaction once that is another number than when the database was opened
 */
function keyGuard(database: Sqlite.Database) {
  const rotations = database.prepare('pragma user_version').pluck();
  const opened = rotations.get();
  return () => {
    if (rotations.get() !== opened)
      throw new DatabaseReplaced('the key was rotated meanwhile: nothing was changed, start this again');
  };
}

/**
 * SQLite goes on writing into a file that nobody will find again.
 * @returns what throws `DatabaseReplaced` once the file that was opened has its name no more
 */
function fileGuard(database: Sqlite.Database) {
  const { name, memory } = database;
  if (memory || !existsSync(name)) return () => undefined;
  const { dev, ino } = statSync(name);
  return () => {
    const now = statSync(name, { throwIfNoEntry: false });
    if (now?.dev !== dev || now.ino !== ino)
      throw new DatabaseReplaced(
        `${name} was deleted or replaced while it was open: stop IPMS, put it back, start it again`,
      );
  };
}

const guards = new WeakMap<Db, () => void>();

/** @throws Error when the database's file was deleted or replaced since it was opened */
export function checkFileIsThere(db: Db) {
  guards.get(db)?.();
}

/** Kysely begins deferred transactions; one that reads and then writes beside another process fails. These begin IMMEDIATE. */
class ImmediateDriver extends SqliteDriver {
  readonly #database: Sqlite.Database;
  readonly #checkFile: () => void;
  readonly #checkKey: () => void;
  constructor(database: Sqlite.Database, checkFile: () => void) {
    super({ database: { close: () => database.close(), prepare: keepingStatements(database, 500) } });
    this.#database = database;
    this.#checkFile = checkFile;
    this.#checkKey = keyGuard(database);
  }
  override async beginTransaction(connection: DatabaseConnection) {
    this.#checkFile();
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
    try {
      this.#checkKey();
    } catch (error) {
      await this.rollbackTransaction(connection);
      throw error;
    }
  }
  override async commitTransaction(connection: DatabaseConnection) {
    this.#checkFile(); // whoever is told that it is done finds it done
    await super.commitTransaction(connection);
  }
  override async rollbackTransaction(connection: DatabaseConnection) {
    // a full disk has undone it already, and a second undoing would hide why
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

/** SQLite undoes changes of tables, too: with this, Kysely migrates inside one transaction. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl() {
    return true;
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #database: Sqlite.Database;
  readonly #checkFile: () => void;
  constructor(database: Sqlite.Database, checkFile: () => void) {
    super({ database });
    this.#database = database;
    this.#checkFile = checkFile;
  }
  override createDriver() {
    return new ImmediateDriver(this.#database, this.#checkFile);
  }
  override createAdapter() {
    return new TransactionalAdapter();
  }
  override createQueryCompiler() {
    return new SteadyQueryCompiler();
  }
}

export function queryBuilder(sqlite: Sqlite.Database): Db {
  const checkFile = fileGuard(sqlite);
  const db = new Kysely<Schema>({ dialect: new ImmediateDialect(sqlite, checkFile) });
  guards.set(db, checkFile);
  watchChanges(db, sqlite);
  return db;
}

const NEWER = 'The database was made by a newer IPMS than this one: install that version again.';

/** The migrations of this program, by file. */
function migrationFiles() {
  return new FileMigrationProvider({
    fs,
    path,
    migrationFolder: MIGRATIONS,
    import: (file: string) => import(file),
  });
}

/**
 * Brings the tables to what this program expects, all in one transaction: a start that is cut off leaves the old state.
 * @returns the names of the migrations that ran
 * @throws DatabaseUnusable when the database is newer than the program, or a migration failed
 */
export async function migrate(db: Db) {
  const { error, results } = await new Migrator({ db, provider: migrationFiles() }).migrateToLatest();
  if (error instanceof Error && error.message.includes('is missing')) throw new DatabaseUnusable(NEWER);
  if (error !== undefined) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown';
    throw new DatabaseUnusable(`The migration ${failed} failed: ${error instanceof Error ? error.message : error}`);
  }
  return (results ?? []).map((result) => result.migrationName);
}

/**
 * What `migrate` would run; looks only.
 * @throws DatabaseUnusable when the database is newer than the program
 */
export async function pendingMigrations(db: Db) {
  const known = Object.keys(await migrationFiles().getMigrations());
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const ran = new Set(rows.map((row) => row.name));
  if (rows.some((row) => !known.includes(row.name))) throw new DatabaseUnusable(NEWER);
  return known.filter((name) => !ran.has(name)).sort();
}

/** Is this the failure of a unique index or key on the column, written `table.column`? */
export function isTaken(error: unknown, column: string) {
  return (
    error instanceof Sqlite.SqliteError &&
    (error.code === 'SQLITE_CONSTRAINT_UNIQUE' || error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY') &&
    error.message.includes(column)
  );
}

const DISK_TROUBLE = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY|LOCKED|PERM)/;

/** Did the disk, and not the request, cause this? */
export function isDiskTrouble(error: unknown) {
  if (error instanceof DatabaseReplaced) return true;
  return error instanceof Sqlite.SqliteError && DISK_TROUBLE.test(error.code);
}
