import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROCEDURES } from '../src/sop/index.ts';
import type { Bilingual } from '../src/texts.ts';

// Writes docs/words.md: every text in both languages by room and key, for somebody who proofreads.
//   node scripts/words.ts
// A test holds that it is up to date.

const ROOT = join(import.meta.dirname, '..');

/** A cell as Markdown shows it, letter by letter. */
const cell = (text: string) => text.replace(/[\\|<>*_`[\]]/g, '\\$&').replaceAll('\n', '<br>');

function table(heading: string, rows: (readonly [name: string, text: Bilingual])[]) {
  return [
    `## ${heading}\n`,
    '| key | Bahasa Melayu | English |',
    '| --- | --- | --- |',
    ...rows.map(([name, { ms, en }]) => `| \`${name}\` | ${cell(ms)} | ${cell(en)} |`),
    '',
  ].join('\n');
}

/** The texts of one file: each of its dictionaries. */
async function textsIn(file: string): Promise<[string, Bilingual][]> {
  const dictionaries: Record<string, Record<string, Bilingual>> = await import(
    pathToFileURL(join(ROOT, 'src', file)).href
  );
  return Object.values(dictionaries).flatMap((texts) => Object.entries(texts));
}

/** The whole of docs/words.md. */
export async function wordsForProofreading() {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /[/-]texts\.ts$/.test(file))
    .sort();
  const parts = [
    '# Words\n',
    'Every text that IPMS says, in both languages, by the file that holds it (`src/…`) and its key. Made by `node scripts/words.ts`:',
    'to change a text, change it there and run that again. `{name}` is filled with a value; `{count:day|days}` chooses by a number.',
    'What one thing is called in Malay, in English and in the code: [glossary.md](glossary.md).\n',
  ];
  for (const file of files) parts.push(table(`src/${file}`, await textsIn(file)));
  const steps = PROCEDURES.flatMap(({ sop, title, steps }) => [
    [`SOP ${sop}`, title] as const,
    ...steps.map(({ task }, at) => [`SOP ${sop}, ${at + 1}`, task] as const),
  ]);
  parts.push(table('src/sop: the procedures and their steps', steps));
  return parts.join('\n');
}

if (import.meta.main) writeFileSync(join(ROOT, 'docs/words.md'), await wordsForProofreading());
