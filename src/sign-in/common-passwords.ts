import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The first bytes of the SHA-256 of each of the 100,000 commonest passwords, in order; `scripts/common-passwords.ts` makes it. */
const FILE = join(import.meta.dirname, 'common-passwords.bin');
const MARK = 5;
export const SHORTEST_COMMON = 4;

let marks: Buffer | undefined;

/** Is it one of the 100,000 commonest? @param text in small letters */
export function isCommon(text: string) {
  marks ??= readFileSync(FILE); // once, when the first password is chosen
  const mark = hash('sha256', text, 'buffer').subarray(0, MARK);
  let [low, high] = [0, marks.length / MARK];
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = marks.compare(mark, 0, MARK, middle * MARK, (middle + 1) * MARK);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}
