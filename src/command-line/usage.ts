import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { SYSTEM } from '../base/actor.ts';
import { byChunks } from '../base/chunks.ts';
import { sentence } from '../base/language.ts';
import type { Settings } from '../base/settings.ts';
import { dayOf } from '../base/time.ts';
import { type Act, inAct } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { openPresent } from '../installation.ts';
import { type ReadRow, readUsage } from '../usage/check.ts';
import { usageFileById } from '../usage/queries.ts';
import { takeOverUsage } from '../usage/take-over.ts';
import { addRows, beginUsage, confirmUsage, endReading } from '../usage/usage-file.ts';
import { type Command, Refused } from './command.ts';

const MOST_ROWS = 1_000_000;

export const usage: Command = {
  usage: 'FILE',
  does: 'Takes over how much storage each mailbox uses, from a file of the mail system.',
  files: 1,
  help: `
  FILE   CSV with the headings address, used_mb, date and, where the mail system tells it, last_mail:
         aminah.yusof@agency.gov.my,742,2026-11-24,2026-11-23

May run beside a server. Each row that is refused is listed, the others are taken over, and the exit code is then 1.
The helpdesk sees the file under "Storage used".`,
  async run({ settings, files: [path = ''] }) {
    const bytes = readFile(path);
    const { db, close } = await openPresent(settings);
    try {
      const rows = await readUsage(db, bytes, dayOf(new Date()), MOST_ROWS);
      const hash = createHash('sha256').update(bytes).digest('base64url');
      const id = await keep(db, settings, { fileName: basename(path).slice(0, 120), hash, rows });
      for (const row of rows) if (row.problems.length > 0) console.log(inWords(row));
      if (id !== null) await takeOverUsage({ db, settings, clock: () => new Date() });
      await report(db, id, rows.length);
    } finally {
      await close();
    }
  },
};

function readFile(path: string) {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Refused(`${path} cannot be read: ${(error as Error).message}`);
  }
}

/** Keeps the rows, some at a time, and confirms them. Returns the file's id; null when no row can be taken. */
async function keep(
  db: Db,
  settings: Settings,
  { fileName, hash, rows }: { fileName: string; hash: string; rows: ReadRow[] },
) {
  if (rows.every((row) => row.problems.length > 0)) return null;
  const act = <T>(work: (act: Act) => Promise<T>) => inAct(db, { actor: SYSTEM, now: new Date(), settings }, work);
  const id = await act((each) => beginUsage(each, { fileName, hash, total: rows.length }));
  for (const chunk of byChunks(rows)) await act((each) => addRows(each, id, chunk));
  await act((each) => endReading(each, id));
  await act((each) => confirmUsage(each, id));
  return id;
}

function inWords({ line, problems }: ReadRow) {
  return `line ${line}: ${problems.map((problem) => sentence('en', problem)).join(' ')}`;
}

async function report(db: Db, id: number | null, total: number) {
  if (id === null) throw new Refused(`None of the ${total} rows could be taken over.`);
  const { done, same, refused, state } = await usageFileById(db, id);
  console.log(`new figures: ${done}, already so: ${same}, refused: ${refused}`);
  if (state !== 'done') throw new Refused(`The file is not carried out to its end: it is ${state}.`);
  if (refused > 0) throw new Refused(`${refused} of ${total} rows were refused.`);
}
