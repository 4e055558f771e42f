import type { Readable } from 'node:stream';
import type { Language } from '../texts.ts';
import type { Reply } from '../web/app-types.ts';

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

/** Writes a document as PDF. What writes it takes 30 MB: it is loaded for the first document, and not before. */
export async function pdfOf(document: PdfDocument): Promise<Readable> {
  const { writePdf } = await import('./pdf-writer.ts');
  return writePdf(document);
}

/** Answers a document as a file that the browser shows; `name` is the file's without its ending. */
export async function sendPdf(reply: Reply, name: string, document: PdfDocument) {
  return reply
    .type('application/pdf')
    .header('content-disposition', `inline; filename="${name}.pdf"`)
    .send(await pdfOf(document));
}
