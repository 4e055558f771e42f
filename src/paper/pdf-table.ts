import type { PdfTable } from './pdf.ts';
import { BREAKS, type Line } from './pdf-lines.ts';
import {
  type Element,
  layOut,
  lineHeight,
  needRoom,
  rule,
  type Sheet,
  type Style,
  turnPage,
  writeArtifact,
  writeLines,
} from './pdf-sheet.ts';

type Cell = { x: number; width: number; lines: Line[]; style: Style; toRight: boolean; element: Element };
type Row = readonly string[];
type Column = { x: number; width: number; toRight: boolean };

const HEAD: Style = { size: 8.5, weight: 'bold' };
const CELL: Style = { size: 8.5, weight: 'regular' };
const GAP = 8;
const PADDING = 3;
/** So many rows show how wide the columns must be: the others have not come yet. */
const MEASURED = 50;
/** No text without a place to break takes more of the page from the other columns. */
const LARGEST_PART = 0.3;

/** Writes a table over as many pages as it needs, its heading on each. `firstIsHeading`: the first cell of a row names the row, and there is no other heading. */
export async function writeTable(sheet: Sheet, root: Element, table: PdfTable & { firstIsHeading: boolean }) {
  const element = sheet.doc.struct('Table');
  root.add(element);
  const headed = table.firstIsHeading ? 'rows' : 'none';
  let columns: Column[] | null = null;
  const waiting: Row[] = [];
  const begin = async () => {
    columns = columnsOf(sheet, table, waiting);
    if (!table.firstIsHeading) writeHeading(sheet, element, table, columns);
    for (const row of waiting) {
      writeRow(sheet, element, columns, row, headed);
      await sheet.breathe();
    }
    return columns;
  };
  for await (const row of table.rows) {
    if (columns === null) {
      waiting.push(row);
      if (waiting.length === MEASURED) columns = await begin();
    } else writeRow(sheet, element, columns, row, headed);
    await sheet.breathe();
  }
  if (columns === null) await begin();
  sheet.heading = null;
  element.end();
  sheet.y += 8;
}

/** As wide as is said, or as what stands in them needs. */
function columnsOf(sheet: Sheet, { columns }: PdfTable, rows: Row[]): Column[] {
  const room = sheet.width - GAP * (columns.length - 1);
  const shares = columns.some(({ share }) => share !== undefined)
    ? columns.map(({ share = 1 }) => share)
    : sharesOf(
        columns.map(({ heading }, at) =>
          needsOf(
            sheet,
            heading,
            rows.map((row) => row[at] ?? ''),
          ),
        ),
        room,
      );
  const all = sum(shares);
  let x = sheet.left;
  return columns.map(({ toRight = false }, at) => {
    const column = { x, width: (room * (shares[at] ?? 1)) / all, toRight };
    x += column.width + GAP;
    return column;
  });
}

/** What a column needs so that nothing breaks, no word, no word but at the first place for it, and so on: ever less. */
function needsOf(sheet: Sheet, heading: string, texts: string[]): number[] {
  const widest = (parts: (text: string) => string[]) => {
    const widthOf = (text: string, style: Style) =>
      Math.max(0, ...parts(text).flatMap((part) => layOut(sheet, part, style, Infinity).map((line) => line.width)));
    return 1 + Math.max(widthOf(heading, HEAD), ...texts.map((text) => widthOf(text, CELL)));
  };
  const words = (text: string) => text.split(/\s+/);
  const broken = BREAKS.map((at) => widest((text) => words(text).flatMap((word) => word.split(at))));
  const last = broken.pop() ?? 0;
  return [widest((text) => [text]), widest(words), ...broken, Math.min(last, LARGEST_PART * sheet.width)];
}

/** The most that there is room for; of the next need, what is left goes to each column alike, as far as it needs it. */
function sharesOf(needs: number[][], room: number): number[] {
  const levels = (needs[0] ?? []).map((_, level) => needs.map((need) => need[level] ?? 0));
  const fits = levels.findIndex((widths) => sum(widths) <= room);
  const widths = [...(levels.at(fits) ?? [])];
  const lacks = (levels[fits - 1] ?? []).map((wished, at) => ({ at, lack: wished - (widths[at] ?? 0) }));
  let rest = room - sum(widths);
  for (const [place, { at, lack }] of lacks.toSorted((one, other) => one.lack - other.lack).entries()) {
    const given = Math.min(lack, rest / (lacks.length - place));
    widths[at] = (widths[at] ?? 0) + given;
    rest -= given;
  }
  return widths;
}

const sum = (widths: number[]) => widths.reduce((all, width) => all + width, 0);

function writeHeading(sheet: Sheet, element: Element, table: PdfTable, columns: Column[]) {
  needRoom(sheet, 5 * lineHeight(CELL));
  if (table.caption !== undefined) writeCaption(sheet, element, table.caption);
  const headings = table.columns.map((column) => column.heading);
  writeRow(sheet, element, columns, headings, 'columns');
  sheet.heading = () => repeatHeading(sheet, columns, headings);
}

function writeCaption(sheet: Sheet, table: Element, text: string) {
  const caption = sheet.doc.struct('Caption');
  table.add(caption);
  const lines = layOut(sheet, text, HEAD, sheet.width);
  writeLines(sheet, caption, lines, HEAD, { x: sheet.left, y: sheet.y, width: sheet.width });
  caption.end();
  sheet.y += lines.length * lineHeight(HEAD) + PADDING;
}

/** On the pages after the first: for the eye only, since a reader knows the columns' names already. */
function repeatHeading(sheet: Sheet, columns: Column[], headings: string[]) {
  const cells = columns.map((column, index) => layOut(sheet, headings[index] ?? '', HEAD, column.width));
  for (const [index, lines] of cells.entries()) {
    const column = columns[index] as Column;
    for (const [row, line] of lines.entries()) {
      const x = column.toRight ? column.x + column.width - line.width : column.x;
      writeArtifact(sheet, [line], HEAD, { x, y: sheet.y + PADDING + row * lineHeight(HEAD) });
    }
  }
  sheet.y += Math.max(...cells.map((lines) => lines.length)) * lineHeight(HEAD) + 2 * PADDING;
  rule(sheet, sheet.y);
}

function writeRow(
  sheet: Sheet,
  table: Element,
  columns: Column[],
  texts: readonly string[],
  headed: 'columns' | 'rows' | 'none',
) {
  const row = sheet.doc.struct('TR');
  table.add(row);
  const cells = columns.map((column, index): Cell => {
    const heads = headed === 'columns' || (headed === 'rows' && index === 0);
    const style = heads ? HEAD : CELL;
    const element = sheet.doc.struct(heads ? 'TH' : 'TD', heads ? scope(headed) : {});
    row.add(element);
    return { ...column, style, element, lines: layOut(sheet, texts[index] ?? '', style, column.width) };
  });
  placeRow(sheet, cells);
  for (const cell of cells) cell.element.end();
  row.end();
}

/** PDFKit knows scopes, its types do not. */
function scope(headed: 'columns' | 'rows' | 'none'): object {
  return { scope: headed === 'columns' ? 'Column' : 'Row' };
}

/** A row goes to the next page as a whole; only one that is higher than a page is broken. */
function placeRow(sheet: Sheet, cells: Cell[]) {
  const height = lineHeight(CELL);
  const needed = Math.max(...cells.map((cell) => cell.lines.length));
  if (sheet.y + needed * height + 2 * PADDING > sheet.bottom && !isAtTop(sheet)) turnPage(sheet);
  for (let from = 0; from < needed; ) {
    const fitting = Math.max(1, Math.floor((sheet.bottom - sheet.y - 2 * PADDING) / height));
    for (const cell of cells) {
      const { x, width, toRight } = cell;
      writeLines(sheet, cell.element, cell.lines.slice(from, from + fitting), cell.style, {
        x,
        y: sheet.y + PADDING,
        width,
        toRight,
      });
    }
    sheet.y += Math.min(fitting, needed - from) * height + 2 * PADDING;
    rule(sheet, sheet.y);
    from += fitting;
    if (from < needed) turnPage(sheet);
  }
}

/** Nothing but a table's heading is on the page: turning it again would leave a page empty. */
function isAtTop(sheet: Sheet) {
  return sheet.y < 130;
}
