import { bareWord } from '../base/folding.ts';
import { type Breathe, paced } from '../base/pace.ts';
import { InvalidForm, readForm } from '../forms/form.ts';
import { EMPTY_WORDS, typedFrom } from './cells.ts';
import type { FileRow } from './file.ts';
import type { Columns, Message } from './kind.ts';

/** A row that was read: what a form would have been sent for it, and what is wrong with it by itself or beside the others. */
export type CheckedRow = { line: number; label: string; typed: Record<string, string[]>; problems: Message[] };

const LONGEST_WORD = 100;
const EMPTY = new Set(Object.values(EMPTY_WORDS).map(bareWord));
const isEmptyWord = (cell: string) =>
  cell.length <= LONGEST_WORD && /^\s*\(.*\)\s*$/.test(cell) && EMPTY.has(bareWord(cell));

/** Reads every row by the fields of the kind's form; rows that say two things of one person or address are both refused. */
export async function checkRows(kind: Columns, rows: FileRow[], breathe: Breathe = paced()): Promise<CheckedRow[]> {
  const seen = new Map<string, CheckedRow>();
  const checked: CheckedRow[] = [];
  for (const row of rows) {
    await breathe();
    checked.push(checkRow(kind, row, seen));
  }
  return checked;
}

function checkRow(kind: Columns, { line, cells, problem }: FileRow, seen: Map<string, CheckedRow>): CheckedRow {
  if (problem) return { line, label: labelFrom(kind, cells), typed: {}, problems: [problem] };
  const typed: CheckedRow['typed'] = Object.create(null);
  const problems: Message[] = [];
  for (const [name, cell] of Object.entries(cells)) {
    const field = kind.form.fields[name];
    if (field === undefined || (kind.changes && cell.trim() === '')) continue;
    const read = kind.changes && isEmptyWord(cell) ? [] : typedFrom(field, cell);
    if (Array.isArray(read)) typed[name] = read;
    else problems.push({ ...read, column: name });
  }
  const row: CheckedRow = { line, label: labelFrom(kind, cells), typed, problems };
  try {
    const values = readTyped(kind, typed, new Set(problems.map((problem) => problem.column ?? '')));
    if (problems.length > 0) return row;
    row.label = kind.label(values).slice(0, 200);
    for (const { column, value } of kind.identities(values)) refuseTwice(row, column, `${column} ${value}`, seen);
  } catch (error) {
    if (!(error instanceof InvalidForm)) throw error;
    for (const [column, problem] of Object.entries(error.problems)) row.problems.push({ ...problem, column });
  }
  return row;
}

/** Before a row can be read, people find it by its first cells. */
function labelFrom(kind: Columns, cells: Record<string, string>) {
  const [first = ''] = Object.keys(kind.form.fields).filter((name) => /name|mailbox|member|^address$/.test(name));
  return (cells[first] ?? '').trim().slice(0, 200);
}

function refuseTwice(row: CheckedRow, column: string, identity: string, seen: Map<string, CheckedRow>) {
  const other = seen.get(identity);
  if (other === undefined) {
    seen.set(identity, row);
    return;
  }
  row.problems.push({ key: 'bulk.twice', params: { line: other.line }, column });
  const known = other.problems.some((problem) => problem.key === 'bulk.twice' && problem.column === column);
  if (!known) other.problems.push({ key: 'bulk.twice', params: { line: row.line }, column });
}

/**
 * A row's values; where empty cells change nothing, only those that were given.
 * @param except columns that are known to be wrong
 * @throws InvalidForm
 */
export function readTyped(kind: Columns, typed: Record<string, string[]>, except = new Set<string>()) {
  const needed = kind.changes?.needed;
  const fields = Object.entries(kind.form.fields).filter(
    ([name]) => !except.has(name) && (needed === undefined || needed.includes(name) || Object.hasOwn(typed, name)),
  );
  const whole = except.size === 0 && needed === undefined;
  const { check: _check, ...form } = kind.form;
  return readForm({ ...(whole ? kind.form : form), fields: Object.fromEntries(fields) }, typed) as Record<
    string,
    never
  >;
}
