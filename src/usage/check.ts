import { sql } from 'kysely';
import { byChunks } from '../base/chunks.ts';
import { type Breathe, paced } from '../base/pace.ts';
import { showDate } from '../base/time.ts';
import { readRows } from '../bulk/file.ts';
import type { Message } from '../bulk/kind.ts';
import { type CheckedRow, checkRows, readTyped } from '../bulk/rows.ts';
import type { Db } from '../data/database.ts';
import type { NewRow } from '../data/schema.ts';
import { type Figures, usageColumns } from './columns.ts';

/** A row of a file: to be taken, or what is wrong with it. */
export type ReadRow = Omit<NewRow<'usage_row'>, 'file_id' | 'said' | 'state'> & { problems: Message[] };

type Known = { mailbox_id: number | null; used_on: string | null };

export const dayInWords = (day: string) => ({ ms: showDate('ms', day), en: showDate('en', day) });

/**
 * Reads a file of the mail system and looks at every row: an address that no mailbox has, a day to come, a figure older than
 * what is known, and two rows for one mailbox are refused, each by itself. An alias counts for its mailbox.
 * @param today in Kuala Lumpur
 * @param most rows that the file may hold
 * @throws RuleBroken beside `file` when it cannot be read as a whole
 */
export async function readUsage(db: Db, bytes: Buffer, today: string, most?: number): Promise<ReadRow[]> {
  const breathe = paced();
  const checked = await checkRows(usageColumns, await readRows(usageColumns, bytes, breathe, most), breathe);
  const seen = new Map<number, ReadRow>();
  const rows: ReadRow[] = [];
  for (const chunk of byChunks(checked)) {
    const read = await readChunk(chunk, breathe);
    const known = await knownOf(
      db,
      read.map((row) => row.address),
    );
    for (const [index, row] of read.entries()) {
      rows.push(row);
      if (row.problems.length === 0) lookAt(row, known[index], today, seen);
    }
    await breathe();
  }
  return rows;
}

async function readChunk(chunk: CheckedRow[], breathe: Breathe): Promise<ReadRow[]> {
  const rows: ReadRow[] = [];
  for (const { line, label, typed, problems } of chunk) {
    const nothing = { line, address: label, mailbox_id: null, used_mb: null, used_on: null, last_mail_on: null };
    if (problems.length > 0) rows.push({ ...nothing, problems });
    else {
      const values = readTyped(usageColumns, typed) as unknown as Figures;
      const figures = { used_mb: values.used_mb, used_on: values.date, last_mail_on: values.last_mail };
      rows.push({ ...nothing, ...figures, problems: [] });
    }
    await breathe();
  }
  return rows;
}

/** Of each address, the mailbox that has it, and of which day its figure is. */
async function knownOf(db: Db, addresses: string[]): Promise<Known[]> {
  const { rows } = await sql<Known>`
    select mailbox.id as mailbox_id, mailbox.used_on from json_each(${JSON.stringify(addresses)}) as asked
    left join address on address.address = asked.value and address.kind in ('mailbox', 'alias')
    left join mailbox on mailbox.id = address.item_id and mailbox.status <> 'deleted'
    order by asked.key`.execute(db);
  return rows;
}

function lookAt(row: ReadRow, known: Known | undefined, today: string, seen: Map<number, ReadRow>) {
  const refuse = (column: string, key: Message['key'], params: Message['params'] = {}) =>
    row.problems.push({ key, params, column });
  if (known === undefined || known.mailbox_id === null) {
    refuse('address', 'usage.noMailbox', { typed: row.address });
    return;
  }
  row.mailbox_id = known.mailbox_id;
  const other = seen.get(known.mailbox_id);
  if (other === undefined) seen.set(known.mailbox_id, row);
  else {
    refuse('address', 'usage.twice', { line: other.line, address: other.address });
    if (!other.problems.some(({ key }) => key === 'usage.twice'))
      other.problems.push({ key: 'usage.twice', params: { line: row.line, address: row.address }, column: 'address' });
  }
  const day = row.used_on ?? '';
  if (day > today) refuse('date', 'usage.future', { day: dayInWords(day) });
  else if (known.used_on !== null && day < known.used_on)
    refuse('date', 'usage.older', { day: dayInWords(known.used_on) });
  const mailDay = row.last_mail_on ?? '';
  if (mailDay > today) refuse('last_mail', 'usage.future', { day: dayInWords(mailDay) });
}
