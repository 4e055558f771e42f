import { existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { headsOf, keptAuditHead, writeAuditHead } from '../audit-head.ts';
import { doubtBackups } from '../backups/backup.ts';
import { isPacked, readIdentities, unpack } from '../backups/packing.ts';
import { SYSTEM } from '../base/actor.ts';
import { flush } from '../base/durable-file.ts';
import type { Secrets } from '../base/secrets.ts';
import { UNSET } from '../data/act.ts';
import { migrate, pendingMigrations, queryBuilder, type Trx } from '../data/database.ts';
import { databaseFile, lockDataDir, makeKey, openFile, otherKey, type Place, readKey } from '../installation.ts';
import { carryOver } from '../key-rotation.ts';
import { audit } from '../trail/audit.ts';
import { firstBadRow } from '../trail/chain.ts';
import { type Command, Refused } from './command.ts';
import { copyDatabase } from './files.ts';

const LOGS = ['-wal', '-shm', '-journal'];

export const restore: Command = {
  usage: 'FILE [--identity FILE] [--force]',
  does: 'Puts a backup in the place of the database.',
  help: `
Stop the server first. The file is verified before anything is changed; the present database is kept beside it, under a
name that says when. Everybody must sign in again, and one-time links are ended. A mail is not sent again when the backup
or the present database knows it as sent. A backup that IPMS has packed is unpacked.

  --identity FILE   the private key of age, as age-keygen writes it, for a backup that is encrypted
  --force           also a backup whose audit trail was sealed with another secret file, or is not as it was written`,
  options: { force: { type: 'boolean' }, identity: { type: 'string' } },
  files: 1,
  async run({ settings, values, files: [file = ''] }) {
    if (!existsSync(file)) throw new Refused(`There is no file ${file}.`);
    const release = lockDataDir(settings.dataDir);
    const present = databaseFile(settings.dataDir);
    const incoming = `${present}.incoming`;
    try {
      removeWithLogs(incoming);
      rmSync(`${incoming}.unpacked`, { force: true }); // of a restore that was cut off
      await bringIn(file, incoming, values.identity as string | undefined);
      const now = new Date();
      const head = await prepare(settings, incoming, { file, force: values.force === true }, now);
      const kept = replace(incoming, present, now);
      writeAuditHead(settings.secretFile, head);
      console.log(`${file} is in place.${kept === null ? '' : ` The database before it is kept as ${kept}.`}`);
    } finally {
      removeWithLogs(incoming);
      release();
    }
  },
};

/**
 * Unpacks a backup where it is packed, and copies the database in it into a new file.
 * @param identity the file with the private key, where the backup is encrypted
 * @throws Refused or Unreadable when there is no whole database of this IPMS or an older one in it
 */
export async function bringIn(file: string, incoming: string, identity: string | undefined) {
  if (!(await isPacked(file))) return copyVerified(file, file, incoming);
  const unpacked = `${incoming}.unpacked`;
  try {
    await unpack(file, unpacked, identity === undefined ? [] : readIdentities(identity));
    await copyVerified(file, unpacked, incoming);
  } finally {
    removeWithLogs(unpacked);
  }
}

/** @param file what it is called @param plain where it is @throws Refused */
async function copyVerified(file: string, plain: string, incoming: string) {
  let source: Sqlite.Database | undefined;
  try {
    source = new Sqlite(plain, { readonly: true, fileMustExist: true });
    if (source.prepare("select 1 from sqlite_schema where name = 'kysely_migration'").get() === undefined)
      throw new Refused(`${file} is not a database of IPMS.`);
    await copyDatabase(source, incoming);
    const broken = source.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0)
      throw new Refused(`${file} is damaged: ${broken.length} rows point at rows that are missing.`);
    await pendingMigrations(queryBuilder(source));
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error;
    throw new Refused(`${file} is no database that can be restored: ${error.message}.`);
  } finally {
    source?.close();
  }
}

/** Brings the copy up to date, and ends in it what must not live on. Returns the heads of its audit trail and records. */
async function prepare(place: Place, incoming: string, origin: { file: string; force: boolean }, now: Date) {
  const secrets = keyFor(place, origin.force);
  const key = await keyOf(place, secrets, incoming);
  await bringUpToDate(key, place, incoming, origin);
  const { db, sqlite, close } = openFile(secrets, incoming);
  try {
    knowWhatWasSent(sqlite, databaseFile(place.dataDir), now);
    const before = keptAuditHead(place.secretFile)?.id ?? null;
    await db.transaction().execute(async (trx) => {
      if (key.fingerprint !== secrets.fingerprint) await carryOver(trx, secrets, now, key);
      await trx.deleteFrom('session').execute();
      await trx.deleteFrom('one_time_link').execute();
      await endMailedLinks(trx);
      await doubtBackups({ trx });
      const entry = {
        action: 'database.restored' as const,
        item: { type: 'database' as const, id: 1, name: basename(origin.file), agencyId: null },
        after: { last_audit_row: before },
      };
      await audit({ trx, actor: SYSTEM, now, settings: UNSET }, entry);
    });
    sqlite.pragma('journal_mode = DELETE');
    return await headsOf(db);
  } finally {
    await close();
  }
}

/**
 * The key that the copy was sealed with: the one in use, or one before it, where the key was rotated since the backup was made.
 * Where none of them fits, the one in use, which then finds what is wrong.
 */
export async function keyOf(place: Place, secrets: Secrets, incoming: string) {
  for (const [index, key] of [secrets, ...secrets.former].entries()) {
    const candidate = { ...key, former: secrets.former.slice(index) };
    const { db, sqlite, close } = openFile(candidate, incoming);
    const fault = await otherKey({ db, sqlite }, place).finally(close);
    if (fault === null) return candidate;
  }
  return secrets;
}

/** Brings the copy up to date. @throws Refused when its audit trail is not as it was written with this key */
async function bringUpToDate(key: Secrets, place: Place, incoming: string, origin: { file: string; force: boolean }) {
  const { db, close } = openFile(key, incoming);
  try {
    await migrate(db);
    const badRow = await firstBadRow(db, 'audit');
    if (badRow !== null && !origin.force)
      throw new Refused(
        `Audit row ${badRow} of ${origin.file} was not written with ${place.secretFile}: put the secret file of that installation there, or add --force.`,
      );
  } finally {
    await close();
  }
}

/** With --force, a new installation may go on under a new key; beside a database there is never another one made. */
function keyFor(place: Place, force: boolean) {
  if (force && !existsSync(databaseFile(place.dataDir))) makeKey(place.secretFile);
  return readKey(place);
}

/** What the present database has sent since the backup was made is not sent again. */
function knowWhatWasSent(incoming: Sqlite.Database, present: string, now: Date) {
  if (!existsSync(present)) return;
  try {
    incoming.prepare('attach ? as present').run(present);
    incoming
      .prepare(
        `update outbox set state = 'sent', sent_at = ?, secret = null, last_error = null, claimed_until = null
          where state = 'waiting' and message_id in (select message_id from present.outbox where state = 'sent')`,
      )
      .run(now.toISOString());
    incoming.exec('detach present');
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error;
    console.error(`The present database cannot be read (${error.message}): what it has mailed may be mailed again.`);
  }
}

/** A mail that waits with a link would lead to nothing: it is not sent, and its owner asks again. */
async function endMailedLinks(trx: Trx) {
  await trx.updateTable('outbox').set({ claimed_until: null }).where('state', '=', 'waiting').execute();
  await trx
    .updateTable('outbox')
    .set({ state: 'failed', secret: null, last_error: 'its link ended when a backup was restored' })
    .where('state', '=', 'waiting')
    .where('secret', 'is not', null)
    .where(sql<boolean>`coalesce(open_secret(secret), '/') like '/%'`) // also what another key has sealed
    .execute();
}

/** Puts the copy in place in one step, and keeps what was there. Returns the name it is kept under, if there was one. */
function replace(incoming: string, present: string, now: Date) {
  flush(incoming);
  const kept = `${present}-before-restore-${now.toISOString().replace(/[:.]/g, '')}`;
  const isThere = existsSync(present);
  if (isThere) {
    foldLog(present);
    for (const log of LOGS) if (existsSync(present + log)) renameSync(present + log, kept + log);
    linkSync(present, kept);
  }
  renameSync(incoming, present);
  flush(present);
  return isThere ? kept : null;
}

/** Writes what is only in the write-ahead log into the database itself; a damaged one keeps its log under the new name. */
function foldLog(present: string) {
  try {
    const sqlite = new Sqlite(present);
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
    sqlite.close();
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error;
  }
}

function removeWithLogs(file: string) {
  for (const each of ['', ...LOGS]) rmSync(file + each, { force: true });
}
