import { setImmediate as turn } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { unmarked } from '../base/english-words.ts';
import type { Font, Weight } from './pdf-fonts.ts';
import { type Line, linesOf, type Placed } from './pdf-lines.ts';

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
  /** Something was drawn that a font has no glyph for. */
  lacksGlyphs: boolean;
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
  const sheet: Sheet = {
    doc,
    left: MARGIN,
    width: 0,
    bottom: 0,
    y: 0,
    heading: null,
    breathe: breather(),
    lacksGlyphs: false,
  };
  turnPage(sheet);
  return sheet;
}

/** PDFKit copies a document's title into XML as it is, which has no place for half a character either. */
function forXml(text: string) {
  return unmarked(text)
    .plain.toWellFormed()
    .replace(/[\p{Cc}\ufffe\uffff]/gu, ' ')
    .replaceAll('&', '＆')
    .replaceAll('<', '‹')
    .replaceAll('>', '›');
}

function breather() {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < LONGEST_WORK_MS) return;
    await turn();
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

/**
 * Writes lines at a place, as the content of an element of the document's structure. What has to say more of itself is a piece
 * of content beside the others, not within one: some readers end an element where something in it ends.
 */
export function writeLines(
  sheet: Sheet,
  element: Element,
  lines: Line[],
  style: Style,
  at: { x: number; y: number; width: number; toRight?: boolean },
) {
  const { doc } = sheet;
  let opened: Properties | null = null;
  for (const [index, line] of lines.entries()) {
    const x = at.toRight ? at.x + at.width - line.width : at.x;
    for (const piece of line.pieces) {
      if (piece.text.trim() === '') continue;
      const properties = propertiesOf(piece);
      if (opened === null || opened !== PLAIN || properties !== PLAIN) {
        if (opened !== null) doc.endMarkedContent();
        element.add(
          properties === PLAIN
            ? doc.markStructureContent(tagOf(element))
            : doc.markStructureContent('Span', properties),
        );
        opened = properties;
      }
      drawPiece(sheet, piece, style, x, at.y + index * lineHeight(style));
    }
  }
  if (opened !== null) doc.endMarkedContent();
}

type Properties = { actual?: string; lang?: string };
const PLAIN: Properties = {};

/** What is to be said of a piece: a reader hears and copies the letters, in whatever order their glyphs are drawn. */
function propertiesOf(piece: Placed): Properties {
  if (piece.shaped) return { actual: piece.text };
  return piece.english ? { lang: 'en' } : PLAIN;
}

function tagOf(element: Element) {
  return (element as unknown as { dictionary: { data: { S: string } } }).dictionary.data.S;
}

function drawPiece(sheet: Sheet, piece: Placed, style: Style, x: number, y: number) {
  const doc = choose(sheet, piece.font, style.size).fillColor(style.colour ?? INK);
  doc.text(piece.drawn, x + piece.x, y + style.size, { lineBreak: false, baseline: 'alphabetic' });
  if (
    piece.shaped &&
    piece.font
      .open()
      .layout(piece.drawn)
      .glyphs.some(({ id }) => id === 0)
  )
    sheet.lacksGlyphs = true;
}

function drawLine(sheet: Sheet, line: Line, style: Style, x: number, y: number) {
  for (const piece of line.pieces) {
    if (piece.text.trim() === '') continue;
    if (piece.shaped) sheet.doc.markContent('Span', { actual: piece.text });
    drawPiece(sheet, piece, style, x, y);
    if (piece.shaped) sheet.doc.endMarkedContent();
  }
}

/**
 * Says of a document that it is one for everybody (ISO 14289-1, PDF/UA), where it is: what stands in it is tagged and has its
 * language, and each glyph that was drawn is there and stands for letters that a reader can say.
 */
export function markAsUniversal({ doc, lacksGlyphs }: Sheet) {
  // PDFKit's own way to this mark would list glyphs of its font files, and leaves out those that others are composed of
  const inner = doc as unknown as {
    _fontFamilies: Record<string, { unicode: number[][] }>;
    appendXML(xml: string): void;
  };
  const glyphs = Object.values(inner._fontFamilies).flatMap(({ unicode }) => unicode.slice(1));
  if (lacksGlyphs || !glyphs.every((points) => points.length > 0 && points.every(isSaid))) return;
  inner.appendXML(`
        <rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
            <pdfuaid:part>1</pdfuaid:part>
        </rdf:Description>
        `);
}

/** A letter that everybody knows: none of those that Unicode leaves to private agreement, or keeps for programs. */
const isSaid = (point: number) =>
  point > 0 && point !== 0xfeff && point !== 0xfffe && !/\p{Co}/u.test(String.fromCodePoint(point));

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
export function writeArtifact(sheet: Sheet, lines: Line[], style: Style, at: { x: number; y: number }) {
  sheet.doc.markContent('Artifact', { type: 'Pagination' });
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
