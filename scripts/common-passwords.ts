import { hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Makes src/sign-in/common-passwords.bin out of a list with one password a line, the commonest first:
//   node scripts/common-passwords.ts 10_million_password_list_top_1M.txt
// Where the list is from, and why this one: docs/decisions/023-guessable-passwords.md

const MOST = 100_000;
const MARK = 5;
const file = process.argv[2];
if (file === undefined) throw new Error('Which list?');
const listed = readFileSync(file, 'utf8').split('\n').slice(0, MOST);
const words = new Set(listed.map((word) => word.trim().toLowerCase()).filter((word) => word.length >= 4));
const marks = [...words].map((word) => hash('sha256', word, 'buffer').subarray(0, MARK)).sort(Buffer.compare);
writeFileSync(join(import.meta.dirname, '../src/sign-in/common-passwords.bin'), Buffer.concat(marks));
console.log(`${marks.length} passwords`);
