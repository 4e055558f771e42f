import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { type AuditHead, auditHead } from './platform/audit.ts';
import { DatabaseUnusable, type Db, migrate, openSqlite, queryBuilder } from './platform/database.ts';
import { readSecrets, type Secrets } from './platform/secrets.ts';
import type { Settings } from './platform/settings.ts';

export type Installation = { db: Db; sqlite: Database; secrets: Secrets; close(): Promise<void> };

/** The database within a data folder. */
export const databaseFile = (dataDir: string) => join(dataDir, 'ipms.db');
const markFile = (dataDir: string) => join(dataDir, 'installed');

/**
 * Opens the data folder: the database, brought up to date, and the secret.
 * A folder that has held a database once never gets a fresh one in its place.
 * @throws DatabaseUnusable in one line
 */
export async function openInstallation(settings: Pick<Settings, 'dataDir' | 'secretFile'>): Promise<Installation> {
  const { dataDir } = settings;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = databaseFile(dataDir);
  if (existsSync(markFile(dataDir)) && !existsSync(file))
    throw new DatabaseUnusable(
      `${file} is missing: restore a backup (npm run ipms -- restore FILE), or remove ${markFile(dataDir)} to begin anew.`,
    );
  const secrets = readSecrets(settings.secretFile);
  const sqlite = openSqlite(file, secrets.audit);
  const db = queryBuilder(sqlite);
  await migrate(db);
  if (!existsSync(markFile(dataDir))) writeFileSync(markFile(dataDir), `${new Date().toISOString()}\n`);
  return { db, sqlite, secrets, close: () => db.destroy() };
}

/**
 * Takes the data folder for one server; the lock ends with the process, however that ends.
 * @returns what gives it back
 * @throws DatabaseUnusable when another server has it
 */
export function lockDataDir(dataDir: string) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = openSqlite(join(dataDir, 'ipms.lock'), Buffer.alloc(32));
  try {
    lock.pragma('journal_mode = DELETE');
    lock.pragma('busy_timeout = 0');
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('begin exclusive; create table if not exists held (at text); commit');
  } catch {
    lock.close();
    throw new DatabaseUnusable(`Another IPMS is running on ${dataDir}: stop it first.`);
  }
  return () => lock.close();
}

const headFile = (secretFile: string) => `${secretFile}.audit-head`;

/** Keeps the newest audit row's number and seal beside the key, so that cutting off the end of the trail shows. */
export async function keepAuditHead(db: Db, secretFile: string) {
  const head = await auditHead(db);
  if (head === undefined) return;
  const file = headFile(secretFile);
  writeFileSync(`${file}.new`, JSON.stringify(head), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The kept head, if there is one. */
export function keptAuditHead(secretFile: string): AuditHead | undefined {
  const file = headFile(secretFile);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as AuditHead) : undefined;
}
