import PDFDocument from 'pdfkit';
import type { Font, Weight } from './pdf-fonts.ts';
import { type Line, linesOf } from './pdf-lines.ts';

/** Where the next thing is written, in points from the top left corner of an A4 page. */
export type Sheet = {
  doc: PDFKit.PDFDocument;
  left: number;
  width: number;
  bottom: number;
  y: number;
  /** Written again at the top of each following page, while a table goes on. */
  heading: (() => void) | null;
  /** Lets other work be done, when this has been at it for a while. */
  breathe(): Promise<void>;
};

export type Style = { size: number; weight: Weight; colour?: string };
export type Element = PDFKit.PDFStructureElement;

const MARGIN = 54;
const FOOT = 40;
const INK = '#1a1a1a';
const QUIET = '#5a5a5a';
const RULE = '#c8c8c8';
const LONGEST_WORK_MS = 10;

/** A document without a page yet. Its pages are kept until the end, since their feet say how many there are. */
export function newSheet(about: { title: string; subject: string; language: string; landscape: boolean; at: Date }) {
  const doc = new PDFDocument({
    size: 'A4',
    layout: about.landscape ? 'landscape' : 'portrait',
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN },
    pdfVersion: '1.7',
    lang: about.language,
    tagged: true,
    displayTitle: true,
    bufferPages: true,
    autoFirstPage: false,
    // no standard font: only what is embedded looks the same everywhere
    font: null as unknown as string,
    info: {
      Title: forXml(about.title),
      Subject: forXml(about.subject),
      Author: 'IPMS',
      Creator: 'IPMS',
      CreationDate: about.at,
    },
  });
  const sheet: Sheet = { doc, left: MARGIN, width: 0, bottom: 0, y: 0, heading: null, breathe: breather() };
  turnPage(sheet);
  return sheet;
}

/** PDFKit copies a document's title into XML as it is, which has no place for half a character either. */
function forXml(text: string) {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\ufffe\uffff]/gu, ' ')
    .replaceAll('&', '＆')
    .replaceAll('<', '‹')
    .replaceAll('>', '›');
}

function breather() {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < LONGEST_WORK_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  };
}

export function turnPage(sheet: Sheet) {
  sheet.doc.addPage();
  sheet.width = sheet.doc.page.width - 2 * MARGIN;
  sheet.bottom = sheet.doc.page.height - MARGIN - FOOT / 2;
  sheet.y = MARGIN;
  sheet.heading?.();
}

/** Turns the page unless there is room for something of that height. */
export function needRoom(sheet: Sheet, height: number) {
  if (sheet.y + height > sheet.bottom) turnPage(sheet);
}

export function lineHeight({ size }: Style) {
  return size * 1.36;
}

/** Breaks a text into lines for a width. */
export function layOut(sheet: Sheet, text: string, style: Style, width: number) {
  const measure = (part: string, font: Font) => choose(sheet, font, style.size).widthOfString(part);
  return linesOf(text, style.weight, width, measure);
}

function choose({ doc }: Sheet, font: Font, size: number) {
  registered(doc, font);
  return doc.font(font.name).fontSize(size);
}

const registrations = new WeakMap<PDFKit.PDFDocument, Set<string>>();

function registered(doc: PDFKit.PDFDocument, font: Font) {
  const names = registrations.get(doc) ?? new Set();
  registrations.set(doc, names);
  if (names.has(font.name)) return;
  // an opened font is taken as it is, though the types know of files only
  doc.registerFont(font.name, font.open() as unknown as string);
  names.add(font.name);
}

/** Writes lines at a place, as the content of an element of the document's structure. */
export function writeLines(
  sheet: Sheet,
  element: Element,
  lines: Line[],
  style: Style,
  at: { x: number; y: number; width: number; toRight?: boolean },
) {
  const { doc } = sheet;
  if (lines.length === 0) return;
  element.add(doc.markStructureContent(tagOf(element)));
  for (const [index, line] of lines.entries()) {
    const x = at.toRight ? at.x + at.width - line.width : at.x;
    drawLine(sheet, line, style, x, at.y + index * lineHeight(style));
  }
  doc.endMarkedContent();
}

function tagOf(element: Element) {
  return (element as unknown as { dictionary: { data: { S: string } } }).dictionary.data.S;
}

function drawLine(sheet: Sheet, line: Line, style: Style, x: number, y: number) {
  for (const piece of line.pieces) {
    if (piece.text.trim() === '') continue;
    const doc = choose(sheet, piece.font, style.size).fillColor(style.colour ?? INK);
    // a reader hears and copies the letters, in whatever order their glyphs are drawn
    if (piece.shaped) doc.markContent('Span', { actual: piece.text });
    doc.text(piece.drawn, x + piece.x, y + style.size, { lineBreak: false, baseline: 'alphabetic' });
    if (piece.shaped) doc.endMarkedContent();
  }
}

/** A thin line across the page, which means nothing to a reader. */
export function rule(sheet: Sheet, y: number) {
  const { doc, left, width } = sheet;
  doc.markContent('Artifact', { type: 'Layout' });
  doc
    .moveTo(left, y)
    .lineTo(left + width, y)
    .lineWidth(0.5)
    .strokeColor(RULE)
    .stroke();
  doc.endMarkedContent();
}

/** Writes lines that are not part of the text: a heading that is repeated, a page's foot. */
export function writeArtifact(
  sheet: Sheet,
  lines: Line[],
  style: Style,
  at: { x: number; y: number },
  type: 'Layout' | 'Pagination' = 'Pagination',
) {
  sheet.doc.markContent('Artifact', { type });
  for (const [index, line] of lines.entries()) drawLine(sheet, line, style, at.x, at.y + index * lineHeight(style));
  sheet.doc.endMarkedContent();
}

/** At the foot of each page: what it belongs to, and which of how many it is. */
export async function writeFeet(sheet: Sheet, text: string, page: (number: number, all: number) => string) {
  const { doc, left, width } = sheet;
  const style: Style = { size: 7.5, weight: 'regular', colour: QUIET };
  const { count } = doc.bufferedPageRange();
  for (let index = 0; index < count; index++) {
    doc.switchToPage(index);
    const y = doc.page.height - MARGIN - 6;
    const [number] = layOut(sheet, page(index + 1, count), style, width);
    if (number === undefined) continue;
    const [foot] = layOut(sheet, text, style, width - number.width - 12);
    rule(sheet, y - 6);
    if (foot !== undefined) writeArtifact(sheet, [foot], style, { x: left, y });
    writeArtifact(sheet, [number], style, { x: left + width - number.width, y });
    await sheet.breathe();
  }
}
