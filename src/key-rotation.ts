import { existsSync, renameSync } from 'node:fs';
import { sql } from 'kysely';
import { SYSTEM } from './base/actor.ts';
import { flush } from './base/durable-file.ts';
import { makeNextSecret, readSecrets, type Secrets, seal, unseal } from './base/secrets.ts';
import { UNSET } from './data/act.ts';
import type { Trx } from './data/database.ts';
import { outboxKey, UNDER_PASSWORD_SEAL } from './data/secret-functions.ts';
import { databaseFile, endRotation, nextKeyFile, openFile, openPresent, type Place } from './installation.ts';
import { audit } from './trail/audit.ts';
import { headOf } from './trail/chain.ts';

/**
 * Puts a new key in the place of the one in use (decision 032). The database goes over in one transaction, between the new
 * key's being on the disk and its taking the name: killed anywhere, the next start or call ends it. The caller has the lock.
 * @returns the fingerprint of the key that is in use now, and whether that only ended a rotation that was cut off
 * @throws WrongSetting or DatabaseUnusable in one line; nothing was changed then
 */
export async function rotateKey(place: Place, now: Date) {
  const { secretFile } = place;
  if (await endRotation(place)) return { fingerprint: readSecrets(secretFile).fingerprint, wasCutOff: true };
  await (await openPresent(place)).close(); // the key that is there is the right one
  const next = nextKeyFile(secretFile);
  makeNextSecret(secretFile, next);
  const secrets = readSecrets(next);
  const { db, close } = openFile(secrets, databaseFile(place.dataDir));
  try {
    await db.transaction().execute((trx) => carryOver(trx, secrets, now));
  } finally {
    await close();
  }
  if (existsSync(next)) renameSync(next, secretFile); // unless a command beside this one has ended it
  flush(secretFile);
  return { fingerprint: secrets.fingerprint, wasCutOff: false };
}

/**
 * What the database holds under an earlier key goes on under the one in use: what is sealed in it is sealed anew, sessions end,
 * and an audit row, the first under this key, names both.
 * @param former the key that the database is under; the one before this, where nothing else is said
 */
export async function carryOver(trx: Trx, secrets: Secrets, now: Date, former = secrets.former[0]) {
  if (former === undefined) throw new Error('there is no key before this one');
  await sealAnew(trx, 'authenticator', 'sealed_secret', former.authenticators, secrets.authenticators);
  await sealAnew(trx, 'directory_password', 'sealed', former.passwords, secrets.passwords);
  await sealAnew(trx, 'unsaved_form', 'sealed', former.unsavedForms, secrets.unsavedForms);
  await sealAnew(trx, 'outbox', 'secret', outboxKey(former.audit), outboxKey(secrets.audit));
  const sealed = sql.raw(UNDER_PASSWORD_SEAL);
  // one that did not fit the key before was put in its place by another hand, and is not made right by this
  await sql`
    update user set password_seal = audit_hash('password', ${sealed})
    where password_seal = former_hash(${former.fingerprint}, 'password', ${sealed})`.execute(trx);
  await trx.deleteFrom('session').execute();
  const record = await headOf(trx, 'record');
  await audit(
    { trx, actor: SYSTEM, now, settings: UNSET },
    {
      action: 'key.rotated',
      item: { type: 'database', id: 1, name: 'IPMS', agencyId: null },
      before: { key: former.fingerprint },
      after: { key: secrets.fingerprint, last_record: record?.id ?? 0, record_seal: record?.hash ?? '' },
    },
  );
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(trx);
  await sql`pragma user_version = ${sql.raw(String((rows[0]?.user_version ?? 0) + 1))}`.execute(trx);
}

/** What cannot be opened was spoilt before, and stays as it is. */
async function sealAnew(trx: Trx, table: string, column: string, from: Buffer, to: Buffer) {
  const [rows, name] = [sql.table(table), sql.ref(column)];
  const found = await sql<{ id: number; sealed: string }>`
    select rowid as id, ${name} as sealed from ${rows} where ${name} is not null`.execute(trx);
  for (const { id, sealed } of found.rows) {
    const text = unseal(from, sealed);
    if (text !== null) await sql`update ${rows} set ${name} = ${seal(to, text)} where rowid = ${id}`.execute(trx);
  }
}
