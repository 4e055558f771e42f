import { Readable } from 'node:stream';
import type { Reply } from '../web/app-types.ts';

/** What somebody's reader of CSV may take for the end of a line. */
const BREAKS = '\\n\\r\\v\\f\\u0085\\u2028\\u2029';
/** What a spreadsheet calculates with, or drops before it does; also as wide characters. */
const CALCULATES = '=+\\-@\\t\\uff1d\\uff0b\\uff0d\\uff20';
/** Apostrophes before it are a part: with one more, each text has a spelling of its own, which `unguard` reads back. */
const OPEN = new RegExp(`^(?='*[${CALCULATES}\\r])|(?<=[${BREAKS}])(?='*[${CALCULATES}])`, 'g');
const GUARDED = new RegExp(`^'(?='*[${CALCULATES}\\r])|(?<=[${BREAKS}])'(?='*[${CALCULATES}])`, 'g');
/** Tells of most cells that they need no guard, in a tenth of the time. */
const MAY_NEED_GUARD = new RegExp(`^['${CALCULATES}\\r]|[${BREAKS}]`);
/** A lone LF or CR ends a line for most readers, though only both together end one here. */
const TO_QUOTE = new RegExp(`[",${BREAKS}]`);
/** Most cells have none of what those look for, and stay as they are. */
const MAY_NEED_EITHER = new RegExp(`^['${CALCULATES}\\r]|[",${BREAKS}]`);
const BYTE_ORDER_MARK = '\ufeff';

/** Puts an apostrophe before each line of a cell that begins like a formula: a spreadsheet then shows it and calculates nothing. */
export function guard(cell: string) {
  return MAY_NEED_GUARD.test(cell) ? cell.replace(OPEN, "'") : cell;
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
  let mark = BYTE_ORDER_MARK;
  for await (const rows of pieces) {
    if (rows.length > 0) yield Buffer.from(mark + linesOf(rows));
    mark = '';
  }
}

/** RFC 4180. A million rows pass through here. */
function linesOf(rows: Rows) {
  let lines = '';
  for (const row of rows) {
    for (let at = 0; at < row.length; at += 1) {
      const cell = row[at] ?? '';
      if (at > 0) lines += ',';
      lines += MAY_NEED_EITHER.test(cell) ? quoted(guard(cell)) : cell;
    }
    lines += '\r\n';
  }
  return lines;
}

function quoted(cell: string) {
  return TO_QUOTE.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
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
