import type { Readable } from 'node:stream';
import type { PdfBlock, PdfDocument, PdfFact } from './pdf.ts';
import {
  type Element,
  layOut,
  lineHeight,
  markAsUniversal,
  needRoom,
  newSheet,
  type Sheet,
  type Style,
  writeFeet,
  writeLines,
} from './pdf-sheet.ts';
import { writeTable } from './pdf-table.ts';

const TITLE: Style = { size: 17, weight: 'bold' };
const SUBTITLE: Style = { size: 10.5, weight: 'regular', colour: '#5a5a5a' };
const HEADINGS: Record<2 | 3, Style> = { 2: { size: 12, weight: 'bold' }, 3: { size: 10, weight: 'bold' } };
const BODY: Style = { size: 9.5, weight: 'regular' };
/** Lines that must follow a heading on its page. */
const KEPT_TOGETHER = 44;

/** With the words for a page's number, `{page}` of `{pages}`. */
type PagedDocument = PdfDocument & { page: string };

/** Writes a document as PDF, a little at a time: others that are written meanwhile have their turn. Errors destroy the stream. */
export function writePdf(document: PagedDocument): Readable {
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

async function write(sheet: Sheet, document: PagedDocument) {
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
  const pageOf = (page: number, pages: number) =>
    document.page.replace('{page}', String(page)).replace('{pages}', String(pages));
  await writeFeet(sheet, document.foot, pageOf);
  markAsUniversal(sheet);
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
