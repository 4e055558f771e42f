import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

/** `sha256` in SQL, of bytes in the order in which they come, in hexadecimal digits: by it a file is held against the one that was attached. */
export function addHash(sqlite: Database) {
  sqlite.aggregate('sha256', {
    start: () => createHash('sha256'),
    step: (hash, bytes: unknown) => void hash.update(bytes as Buffer),
    result: (hash) => hash.digest('hex'),
  });
}
