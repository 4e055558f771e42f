import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { Reply } from '../web/app-types.ts';

/** What somebody's reader of CSV may take for the end of a line. */
const BREAKS = '\\n\\r\\v\\f\\u0085\\u2028\\u2029';
/** What a spreadsheet calculates with, or drops before it does; also as wide characters. */
const CALCULATES = '=+\\-@\\t\\uff1d\\uff0b\\uff0d\\uff20';
/** Apostrophes before it are a part: with one more, each text has a spelling of its own, which `unguard` reads back. */
const OPEN = new RegExp(`^(?='*[${CALCULATES}\\r])|(?<=[${BREAKS}])(?='*[${CALCULATES}])`, 'g');
const GUARDED = new RegExp(`^'(?='*[${CALCULATES}\\r])|(?<=[${BREAKS}])'(?='*[${CALCULATES}])`, 'g');
const OPTIONS = {
  record_delimiter: 'windows',
  // a lone LF or CR ends a line for most readers, but is no `windows` line end, and would go out bare
  quoted_match: new RegExp(`[${BREAKS}]`),
  cast: { string: guard },
} as const;

/** Puts an apostrophe before each line of a cell that begins like a formula: a spreadsheet then shows it and calculates nothing. */
export function guard(cell: string) {
  return cell.replace(OPEN, "'");
}

/** A cell without the apostrophes of `guard`. */
export function unguard(cell: string) {
  return cell.replace(GUARDED, '');
}

type Rows = string[][];

/**
 * Every CSV that goes out is written here: commas, Windows line ends and a byte-order mark, as spreadsheets of Malay and
 * English offices open it, and no cell that calculates. It is read no faster than it is taken: a million rows for a slow
 * line take no memory, and a reader who leaves ends the reading.
 * @param pieces some rows at a time, each packed and sent as one: by single rows, that would cost more than all the rest
 */
export function csvOf(pieces: Iterable<Rows> | AsyncIterable<Rows>): Readable {
  return Readable.from(textOf(pieces)); // an error of the rows destroys the file that is under way
}

async function* textOf(pieces: Iterable<Rows> | AsyncIterable<Rows>) {
  let bom = true;
  for await (const rows of pieces) {
    if (rows.length > 0) yield stringify(rows, { ...OPTIONS, bom });
    bom = false;
  }
}

/** Answers with rows as a file. @param name without its ending */
export function sendCsv(reply: Reply, name: string, rows: Rows) {
  return sendPieces(reply, name, [rows]);
}

/** Answers with rows that come piece by piece as a file. @param name without its ending */
export function sendPieces(reply: Reply, name: string, pieces: Iterable<Rows> | AsyncIterable<Rows>) {
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(csvOf(pieces));
}
