import { hkdfSync } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { seal, unseal } from '../base/secrets.ts';

/** What the seal of a password is over, in a row of `user`. */
export const UNDER_PASSWORD_SEAL = 'json_array(id, password_hash, password_changed_at)';

/** What seals a waiting code or link, of an audit key. */
export function outboxKey(auditKey: Buffer) {
  return Buffer.from(hkdfSync('sha256', auditKey, '', 'ipms outbox', 32));
}

/**
 * What SQL seals a code or a link with while it waits in the outbox: the key is not in the database, and what SQLite writes
 * of such a row, into the database or its log, is sealed.
 * @param auditKey the connection's key; the one for this is derived from it
 */
export function addSecretFunctions(sqlite: Database, auditKey: Buffer) {
  const key = outboxKey(auditKey);
  const add = (name: string, work: (text: string) => string | null) =>
    sqlite.function(name, (text: unknown) => (text === null ? null : work(String(text))));
  add('seal_secret', (text) => seal(key, text));
  add('open_secret', (sealed) => unseal(key, sealed)); // null, when it was sealed with another key
}
