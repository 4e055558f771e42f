import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { RuleBroken } from '../base/errors.ts';
import { bareWord } from '../base/folding.ts';
import { both, joined } from '../base/language.ts';
import { type Breathe, paced } from '../base/pace.ts';
import { type Field, FieldRefused } from '../forms/form.ts';
import type { Params } from '../texts.ts';
import { headingOf, namesOf } from './cells.ts';
import type { Columns, Message } from './kind.ts';

/** A file holds so many rows at most: what is more is easier to look over in two. */
export const MOST_ROWS = 20_000;
/** So many times as many lines, with those without anything: a spreadsheet may have many of them at its end. */
const EMPTY_LINES = 2;
/** The widest kind has 20 columns. Each cell costs time and memory, also an empty one: 5 MB hold five million. */
const MOST_COLUMNS = 100;
const CELLS_A_ROW = 25;
/** Bytes. */
const LONGEST_RECORD = 64 * 1024;
/** What is longer is no heading, and is not compared with any. */
const LONGEST_HEADING = 200;
/** Columns of our own reports, which may come back with the rest. */
const OURS = ['line', 'problem'] as const;
const SEPARATORS = [',', ';', '\t'] as const;
/** Bytes that are decoded at a stretch, and about as many characters in which bare text is looked for. */
const PART = 256 * 1024;
const BARE_PART = 32 * 1024;
/** Characters that are read at a stretch: as many rows may be in them, and some milliseconds of work. */
const CHUNK = 1024;

/** A form's field for it. The file itself is no field of text: whatever is sent in its place is refused. */
export const fileField: Field<null> = {
  kind: 'text',
  label: 'bulk.file',
  hint: 'bulk.fileHint',
  optional: false,
  max: 200,
  attributes: { type: 'file', accept: '.csv,.txt,text/csv' },
  read() {
    throw new FieldRefused('bulk.chooseFile');
  },
};

/** One row of a file: which it is in a spreadsheet, where the headings stand in the first, and its cells by column. */
export type FileRow = { line: number; cells: Record<string, string>; problem?: Message };

const refuse = (key: RuleBroken['key'], params: Params = {}) => new RuleBroken(key, params, 'file');

/**
 * UTF-8 with or without a mark, UTF-16 with one, and Windows-1252. A letter of the one in a file of the other becomes U+FFFD,
 * and the cell that holds it is refused.
 * @throws RuleBroken for anything else
 */
export async function decode(bytes: Buffer, breathe: Breathe = paced()): Promise<string> {
  let text = '';
  for await (const part of decoded(bytes, await encodingOf(bytes, breathe), breathe)) {
    if (/[\0-\x08\x0e-\x1f]/.test(part)) throw refuse('bulk.file.binary');
    text += part;
  }
  return text;
}

async function* decoded(bytes: Buffer, encoding: string, breathe: Breathe) {
  const decoder = new TextDecoder(encoding, { ignoreBOM: false });
  for (let at = 0; at < bytes.length; at += PART) {
    await breathe();
    yield decoder.decode(bytes.subarray(at, at + PART), { stream: true });
  }
  yield decoder.decode();
}

async function encodingOf(bytes: Buffer, breathe: Breathe) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (isUtf8(bytes)) return 'utf-8';
  // a mark, or one letter of UTF-8, and the whole is UTF-8 that was spoilt; else it is what Excel here writes as plain "CSV"
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (hasMark) return 'utf-8';
  for await (const part of decoded(bytes, 'utf-8', breathe)) if (/[^\0-\x7f\ufffd]/.test(part)) return 'utf-8';
  return 'windows-1252';
}

/**
 * The rows of a file. Commas, semicolons or tabs, as the heading has it; other pages are answered meanwhile.
 * @param most rows that it may hold: more than a page takes, where no page waits
 * @throws RuleBroken beside `file`: no rows; too many rows, columns or cells; headings unknown, missing or doubled; a quote
 *   that does not close. Nothing is read after the first excess
 */
export async function readRows(
  kind: Pick<Columns, 'form' | 'changes'>,
  bytes: Buffer,
  breathe: Breathe = paced(),
  most = MOST_ROWS,
): Promise<FileRow[]> {
  const text = await decode(bytes, breathe);
  if (text.trim() === '') throw refuse('bulk.file.empty');
  const rows: FileRow[] = [];
  let columns: string[] | undefined;
  let lines = 0;
  for await (const record of recordsOf(text, breathe, most)) {
    await breathe();
    lines += 1;
    if (lines > EMPTY_LINES * most + 1) throw refuse('bulk.file.lines', { most: EMPTY_LINES * most });
    if (record.every((cell) => cell.trim() === '')) continue;
    if (columns === undefined) {
      columns = columnsOf(kind, withoutEmptyEnd(record));
      continue;
    }
    if (rows.length === most) throw refuse('bulk.file.many', { most });
    const cells: Record<string, string> = Object.create(null);
    for (const [at, name] of columns.entries()) if (name !== '') cells[name] = record[at] ?? '';
    const problem = wrongLength(record, columns.length);
    rows.push({ line: lines, cells, ...(problem ? { problem } : {}) });
  }
  if (rows.length === 0) throw refuse('bulk.file.empty');
  return rows;
}

/** Empty cells at the end are a spreadsheet's habit. */
function withoutEmptyEnd(record: string[]) {
  return record.slice(0, record.findLastIndex((cell) => cell.trim() !== '') + 1);
}

function wrongLength(record: string[], wanted: number): Message | null {
  const found = Math.max(withoutEmptyEnd(record).length, Math.min(record.length, wanted));
  return found === wanted ? null : { key: 'bulk.file.cells', params: { found, wanted } };
}

/** A line that tells Excel the separator, and is no row of the sheet. */
const SEPARATOR_LINE = /^\s*"?sep=([,;\t])"?[,;\t]*(?:\r\n|\n|\r|$)/i;
/** `="0102"` with bare quotes, as programs write it and spreadsheets read it. Within quotes they would be doubled. */
const BARE_TEXT = /(^|[\r\n,;\t])="([^"\r\n]+)"(?=[\r\n,;\t]|$)/g;
const withoutBareText = (text: string) => text.replace(BARE_TEXT, '$1"$2"');

/** Where the line has ended in which a place is; where that is too long for a row, anywhere. */
function afterLine(text: string, at: number) {
  const end = /[\r\n]/.exec(text.slice(at, at + LONGEST_RECORD));
  return at + (end === null ? LONGEST_RECORD : end.index + 1);
}

/** Any may end a row: somebody may have put a heading above what another program wrote. */
const LINE_ENDS = ['\r\n', '\n', '\r'];

async function* recordsOf(whole: string, breathe: Breathe, most: number): AsyncGenerator<string[]> {
  const told = SEPARATOR_LINE.exec(whole.slice(0, LONGEST_HEADING));
  const text = whole.slice(told?.[0].length ?? 0);
  const [heading = ''] = withoutBareText(text.trimStart().slice(0, LONGEST_RECORD)).split(/\r?\n|\r/, 1);
  const counts = SEPARATORS.map((separator) => heading.split(separator).length);
  const delimiter = told?.[1] ?? SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',';
  let cells = 0;
  // asked for each cell: the parser's own limit does not see empty ones
  const cast = (cell: string, { index, records }: { index: number; records: number }) => {
    cells += 1;
    if (index >= MOST_COLUMNS) throw refuse('bulk.file.wide', { line: records + 1, most: MOST_COLUMNS });
    if (cells > CELLS_A_ROW * most) throw refuse('bulk.file.full', { line: records + 1, most: CELLS_A_ROW * most });
    return cell;
  };
  const parser = parse({
    cast,
    delimiter,
    record_delimiter: LINE_ENDS,
    relax_column_count: true,
    max_record_size: LONGEST_RECORD,
  });
  const pieces = async function* () {
    for (let [from, to] = [0, 0]; from < text.length; from = to) {
      to = afterLine(text, from + BARE_PART);
      const part = withoutBareText(text.slice(from, to));
      for (let at = 0; at < part.length; at += CHUNK) {
        await breathe();
        yield part.slice(at, at + CHUNK);
      }
    }
  };
  const input = Readable.from(pieces());
  input.pipe(parser);
  try {
    yield* parser;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.records ?? 0) + 1;
    if (error.code === 'CSV_MAX_RECORD_SIZE') throw refuse('bulk.file.long', { line, most: LONGEST_RECORD / 1024 });
    throw refuse('bulk.file.quotes', { line });
  } finally {
    input.destroy();
  }
}

/** The columns by position; '' for one of our own reports' that is left out. */
function columnsOf(kind: Pick<Columns, 'form' | 'changes'>, headings: string[]): string[] {
  const names = Object.keys(kind.form.fields);
  const ours = new Set(OURS.flatMap((name) => Object.values(both(`bulk.column.${name}`)).map(bareWord)));
  // made once: a file may have as many headings as fit into a record
  const called = new Map(names.toReversed().flatMap((name) => namesOf(kind, name).map((each) => [each, name])));
  const found = headings.map((heading) => {
    const written = heading.length > LONGEST_HEADING ? '' : bareWord(heading);
    return called.get(written) ?? (ours.has(written) ? '' : null);
  });
  const unknown = headings.filter((_, at) => found[at] === null).map((heading) => heading.trim().slice(0, 60) || '…');
  const doubled = [...new Set(found.filter((name, at) => name !== null && name !== '' && found.indexOf(name) !== at))];
  const needed = kind.changes?.needed ?? names.filter((name) => !isOptional(kind, name));
  const missing = needed.filter((name) => !found.includes(name));
  const faults = [
    unknown.length > 0 && both('bulk.heading.unknown', { headings: unknown.slice(0, 10).join(', ') }),
    doubled.length > 0 && both('bulk.heading.doubled', { headings: inWords(kind, doubled as string[]) }),
    missing.length > 0 && both('bulk.heading.missing', { headings: inWords(kind, missing) }),
  ].filter((each) => each !== false);
  if (faults.length > 0) throw refuse('bulk.heading.wrong', { faults: joined(faults, ' ') });
  return found.map((name) => name ?? '');
}

function inWords(kind: Pick<Columns, 'form' | 'changes'>, names: string[]) {
  const say = (language: 'ms' | 'en') => names.map((name) => headingOf(kind, name, language)).join(', ');
  return { ms: say('ms'), en: say('en') };
}

const isOptional = (kind: Pick<Columns, 'form' | 'changes'>, name: string) => {
  const field = kind.form.fields[name];
  return field === undefined || field.optional || field.kind === 'checkbox' || field.kind === 'checkboxes';
};
