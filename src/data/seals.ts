import { createHmac, createSecretKey, hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

/** With what the chains are sealed: the key in use, and those before it. */
export type SealKeys = { audit: Uint8Array; former: { fingerprint: string; audit: Uint8Array }[] };

/**
 * `audit_hash` seals with the key in use; `former_hash` with one before it, by its fingerprint, and is '' for one that is not known.
 * @param sealWith what makes a seal of a text by a key: for a connection that only looks at seals, or writes sample data, the quicker one
 */
export function addSeals(sqlite: Database, { audit, former }: SealKeys, sealWith = sealing) {
  const seal = sealWith(audit);
  const seals = new Map(former.map((key) => [key.fingerprint, sealWith(key.audit)]));
  sqlite.function('audit_hash', { deterministic: true }, (previous: unknown, row: unknown) =>
    seal(`${previous}\n${row}`),
  );
  sqlite.function('former_hash', { deterministic: true }, (name: unknown, previous: unknown, row: unknown) => {
    return seals.get(String(name))?.(`${previous}\n${row}`) ?? '';
  });
}

type Sealing = (text: string) => string;

/** HMAC-SHA-256 of a text. */
export function sealing(bytes: Uint8Array): Sealing {
  const key = createSecretKey(bytes); // made once: with bare bytes, most of a seal's time goes into making it
  return (text) => createHmac('sha256', key).update(text).digest('base64url');
}

const BLOCK = 64;
/** Of longer texts there are few. */
const LONGEST = 8192;

/**
 * The same, for looking at what was sealed: there are millions of rows, and `createHmac` takes most of its time for making an object
 * for each. So the two hashes of RFC 2104 are asked for directly. Nothing but sample data is sealed so: should it ever err, `check` says so of all that is real.
 */
export function sealingAgain(key: Uint8Array): Sealing {
  if (key.length > BLOCK) throw new Error('a key that is longer than a block would have to be hashed first');
  const seal = sealing(key);
  const [inner, outer] = [Buffer.alloc(BLOCK + 3 * LONGEST, 0x36), Buffer.alloc(BLOCK + 32, 0x5c)];
  for (const [at, byte] of key.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  return (text) => {
    if (text.length > LONGEST) return seal(text);
    const end = BLOCK + inner.write(text, BLOCK);
    outer.write(hash('sha256', inner.subarray(0, end), 'binary'), BLOCK, 'binary');
    return hash('sha256', outer, 'base64url');
  };
}
