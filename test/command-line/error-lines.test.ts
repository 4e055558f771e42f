import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { t } from 'tap';

// Whoever runs IPMS finds each line that a start or a command may end with in docs/operations.md.

const ROOT = join(import.meta.dirname, '../..');
const ERRORS = 'Refused|WrongSetting|DatabaseUnusable|DatabaseReplaced|Unreadable';
const TEXT = "`(?:[^`\\\\]|\\\\.)*`|'(?:[^'\\\\]|\\\\.)*'";
const THROWN = new RegExp(`new (?:${ERRORS})\\(\\s*(${TEXT})`, 'g');
/** Invented data are for trying: a release does not have the command. */
const NOT_INSTALLED = /^(demo\b|command-line\/seed\.ts)/;
/** A line is looked for by so much of it. */
const ENOUGH = 24;

const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !NOT_INSTALLED.test(file))
  .sort();
const lines = files.flatMap((file) =>
  [...readFileSync(join(ROOT, 'src', file), 'utf8').matchAll(THROWN)].map(([, text = '']) => ({
    file,
    text: text.slice(1, -1),
  })),
);
const paper = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8').split('## What an error line means')[1] ?? '';

/** The longest part of a line that is always the same. */
function sameInAll(text: string) {
  const parts = text.split(/\$\{(?:[^{}]|\{[^{}]*\})*(?:\}|$)/).map((part) => part.trim());
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

t.test('each line that ends a start or a command is in the papers', async (t) => {
  t.ok(lines.length > 90, `${lines.length} were found in the source`);
  const settings = lines.filter(({ file }) => file === 'base/settings.ts');
  for (const { text } of settings)
    t.match(text, /^(IPMS_[A-Z_]+|\$\{(name|setting)\})/, 'names its setting, and is in the first row');
  t.ok(paper.includes('| `IPMS_…=… is not …`'));
  const missing = lines
    .filter((line) => !settings.includes(line))
    .filter(({ text }) => !paper.includes(sameInAll(text).slice(0, ENOUGH)))
    .map(({ file, text }) => `${file}: ${text}`);
  t.strictSame(missing, []);
});
