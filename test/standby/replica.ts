import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Puts a file into a replica, as if it had come at that time. */
export function came(folder: string, file: string, at: Date) {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'x');
  utimesSync(path, at, at);
}

/** A segment of the log, as Litestream 0.3 names it. */
export const segment = (offset: number, generation = 'a'.repeat(16)) =>
  `generations/${generation}/wal/00000000_${offset.toString(16).padStart(8, '0')}.wal.lz4`;

const transaction = (number: number) => number.toString(16).padStart(16, '0');
/** Transactions in one file, as Litestream 0.5 names it. */
export const transactions = (level: number, from: number, to: number) =>
  `ltx/${level}/${transaction(from)}-${transaction(to)}.ltx`;
