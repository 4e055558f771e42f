import { createHmac, hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

/** With what the chains are sealed: the key in use, and those before it. */
export type SealKeys = { audit: Uint8Array; former: { fingerprint: string; audit: Uint8Array }[] };

const BLOCK = 64;
/** Of longer texts there are few. */
const LONGEST = 8192;

/** `audit_hash` seals with the key in use; `former_hash` with one before it, by its fingerprint, and is '' for one that is not known. */
export function addSeals(sqlite: Database, { audit, former }: SealKeys) {
  const seal = sealing(audit);
  const seals = new Map(former.map(({ fingerprint, audit }) => [fingerprint, sealing(audit)]));
  sqlite.function('audit_hash', { deterministic: true }, (previous: unknown, row: unknown) =>
    seal(`${previous}\n${row}`),
  );
  sqlite.function('former_hash', { deterministic: true }, (name: unknown, previous: unknown, row: unknown) => {
    return seals.get(String(name))?.(`${previous}\n${row}`) ?? '';
  });
}

/**
 * HMAC-SHA-256 of a text. What a chain holds is sealed by the million, and `createHmac` takes most of that time for making an object
 * of each: so the two hashes of RFC 2104 are asked for directly.
 */
export function sealing(key: Uint8Array): (text: string) => string {
  if (key.length > BLOCK) throw new Error('a key that is longer than a block would have to be hashed first');
  const [inner, outer] = [Buffer.alloc(BLOCK + 3 * LONGEST, 0x36), Buffer.alloc(BLOCK + 32, 0x5c)];
  for (const [at, byte] of key.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  return (text) => {
    if (text.length > LONGEST) return createHmac('sha256', key).update(text).digest('base64url');
    const end = BLOCK + inner.write(text, BLOCK);
    outer.write(hash('sha256', inner.subarray(0, end), 'binary'), BLOCK, 'binary');
    return hash('sha256', outer, 'base64url');
  };
}
