import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

/** `sha256` of bytes in SQL, in hexadecimal digits: by it a file is held against the one that was attached. */
export function addHash(sqlite: Database) {
  sqlite.function('sha256', { deterministic: true }, (bytes: unknown) =>
    createHash('sha256')
      .update(bytes as Buffer)
      .digest('hex'),
  );
}
