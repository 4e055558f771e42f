import type { Readable } from 'node:stream';
import type { Language } from '../texts.ts';
import type { Reply } from './app-types.ts';
import { translator } from './language.ts';
import {
  type Element,
  layOut,
  lineHeight,
  needRoom,
  newSheet,
  type Sheet,
  type Style,
  writeFeet,
  writeLines,
} from './pdf-sheet.ts';
import { writeTable } from './pdf-table.ts';

/** A document as it is to be read: real text on A4, with headings, tables and a language that a screen reader knows. */
export type PdfDocument = {
  language: Language;
  title: string;
  subtitle?: string;
  /** The moment that the document's properties name; the same document at the same moment is the same file. */
  at: Date;
  /** At the left of each page's foot; the page's number is at the right. One line. */
  foot: string;
  /** Wide tables lie down. */
  landscape?: boolean;
  /** Written as they come, so that a long document needs no list of them. */
  blocks: Iterable<PdfBlock> | AsyncIterable<PdfBlock>;
};

export type PdfBlock =
  | { kind: 'heading'; text: string; level?: 2 | 3 }
  | { kind: 'paragraph'; text: string }
  | { kind: 'facts'; facts: readonly PdfFact[] }
  | ({ kind: 'table' } & PdfTable);

/** A label and its value, one a row. */
export type PdfFact = readonly [label: string, value: string];

export type PdfTable = {
  /** Above the table, when no heading names it. */
  caption?: string;
  columns: readonly PdfColumn[];
  /** Each row has a text for each column; read as they are written. */
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>;
};

/** `share` is how wide it is beside the others (1 when not said). */
export type PdfColumn = { heading: string; share?: number; toRight?: boolean };

const TITLE: Style = { size: 17, weight: 'bold' };
const SUBTITLE: Style = { size: 10.5, weight: 'regular', colour: '#5a5a5a' };
const HEADINGS: Record<2 | 3, Style> = { 2: { size: 12, weight: 'bold' }, 3: { size: 10, weight: 'bold' } };
const BODY: Style = { size: 9.5, weight: 'regular' };
/** Lines that must follow a heading on its page. */
const KEPT_TOGETHER = 44;

/** Writes a document as PDF, a little at a time: other pages are answered meanwhile. Errors destroy the stream. */
export function pdfOf(document: PdfDocument): Readable {
  const sheet = newSheet({
    title: document.title,
    subject: document.subtitle ?? '',
    language: document.language,
    landscape: document.landscape ?? false,
    at: document.at,
  });
  write(sheet, document).catch((error: Error) => sheet.doc.destroy(error));
  return sheet.doc as unknown as Readable;
}

/** Answers a document as a file that the browser shows; `name` is the file's without its ending. */
export function sendPdf(reply: Reply, name: string, document: PdfDocument) {
  return reply
    .type('application/pdf')
    .header('content-disposition', `inline; filename="${name}.pdf"`)
    .send(pdfOf(document));
}

async function write(sheet: Sheet, document: PdfDocument) {
  const root = sheet.doc.struct('Document');
  sheet.doc.addStructure(root);
  writeText(sheet, root, 'H1', document.title, TITLE);
  if (document.subtitle !== undefined) writeText(sheet, root, 'P', document.subtitle, SUBTITLE);
  sheet.y += 8;
  for await (const block of document.blocks) {
    await writeBlock(sheet, root, block);
    await sheet.breathe();
  }
  root.end();
  const t = translator(document.language);
  await writeFeet(sheet, document.foot, (page, pages) => t('list.page', { page, pages }));
  sheet.doc.end();
}

async function writeBlock(sheet: Sheet, root: Element, block: PdfBlock) {
  if (block.kind === 'heading') {
    const level = block.level ?? 2;
    sheet.y += 10;
    needRoom(sheet, lineHeight(HEADINGS[level]) + KEPT_TOGETHER);
    writeText(sheet, root, `H${level}`, block.text, HEADINGS[level]);
  } else if (block.kind === 'paragraph') writeText(sheet, root, 'P', block.text, BODY);
  else if (block.kind === 'facts') await writeTable(sheet, root, factsTable(block.facts));
  else await writeTable(sheet, root, { ...block, firstIsHeading: false });
}

function factsTable(facts: readonly PdfFact[]) {
  return {
    columns: [
      { heading: '', share: 3 },
      { heading: '', share: 7 },
    ],
    rows: facts,
    firstIsHeading: true,
  };
}

function writeText(sheet: Sheet, root: Element, tag: string, text: string, style: Style) {
  const element = sheet.doc.struct(tag);
  root.add(element);
  const height = lineHeight(style);
  for (let lines = layOut(sheet, text, style, sheet.width); lines.length > 0; ) {
    needRoom(sheet, height);
    const fitting = Math.max(1, Math.floor((sheet.bottom - sheet.y) / height));
    const { left: x, y, width } = sheet;
    writeLines(sheet, element, lines.slice(0, fitting), style, { x, y, width });
    sheet.y += Math.min(fitting, lines.length) * height;
    lines = lines.slice(fitting);
  }
  element.end();
  sheet.y += style.size * 0.5;
}
