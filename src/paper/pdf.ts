import { on } from 'node:events';
import { Readable } from 'node:stream';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { translator } from '../base/language.ts';
import { MINUTE } from '../base/time.ts';
import { takeTurns } from '../base/turns.ts';
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

/** `share` is how wide it is beside the others (1 when not said); where none is said, they are as wide as their first rows need. */
export type PdfColumn = { heading: string; share?: number; toRight?: boolean };

/** A document as the thread is given it, with the port through which its parts come; its last page says `page` of them. */
export type Order = Omit<PdfDocument, 'blocks'> & { page: string; port: MessagePort };
/** A block, its rows after it, some at a time; and after the last one the end. */
export type Part = Exclude<PdfBlock, { kind: 'table' }> | Omit<Table, 'rows'> | (readonly string[])[] | 'end';
/** What the thread says: that it wants the next part, what it has written, or what went wrong. */
export type Answer = 'next' | ArrayBuffer | Error;
type Table = PdfBlock & { kind: 'table' };

const ROWS_AT_ONCE = 50;
/** After so long without a document the thread ends, and gives its memory back. */
const IDLE = MINUTE;

/** A long one takes some 300 MB while it is written: the others wait for their turn. */
const turns = takeTurns({ atOnce: 2, most: 100, mostOfOne: 100 });

let thread: Worker | null = null;
/** Why a thread ended that was not told to. */
let fault: unknown;
let underWay = 0;
let idle: NodeJS.Timeout | undefined;

/**
 * Writes a document as PDF. Loading what writes it, its fonts, and the end of a long one hold a thread up for a tenth of a second
 * and more: so it has one of its own, which is there while it is needed. Errors destroy the stream; a reader who leaves ends
 * the work.
 */
export function pdfOf(document: PdfDocument): Readable {
  const gone = new AbortController();
  let isBegun = false;
  return new Readable({
    read() {
      if (isBegun) return;
      isBegun = true;
      const waiter = { site: '', network: '', gone: gone.signal };
      turns(waiter, () => written(document, gone.signal)).then(
        (pdf) => {
          this.push(pdf);
          this.push(null);
        },
        (error: Error) => this.destroy(error),
      );
    },
    destroy(error, done) {
      gone.abort();
      done(error);
    },
  });
}

async function written({ blocks, ...document }: PdfDocument, gone: AbortSignal) {
  const page = translator(document.language)('list.page', { page: '{page}', pages: '{pages}' });
  const { port1, port2 } = new MessageChannel();
  const answers = on(port1, 'message', { close: ['close'] }) as AsyncIterableIterator<[Answer]>;
  const next = async () => {
    const { value, done } = await answers.next();
    if (done) throw new Error('the thread that writes documents has ended', { cause: fault });
    const [answer] = value;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const leave = () => port1.close();
  gone.addEventListener('abort', leave);
  try {
    begin().postMessage({ ...document, page, port: port2 } satisfies Order, [port2]);
    for await (const part of partsOf(blocks)) {
      await next();
      port1.postMessage(part);
    }
    return Buffer.from((await next()) as ArrayBuffer);
  } finally {
    gone.removeEventListener('abort', leave);
    port1.close();
    end();
  }
}

async function* partsOf(blocks: PdfDocument['blocks']): AsyncIterable<Part> {
  for await (const block of blocks) {
    if (block.kind !== 'table') {
      yield block;
      continue;
    }
    const { rows, ...table } = block;
    yield table;
    let some: (readonly string[])[] = [];
    for await (const row of rows) {
      some.push(row);
      if (some.length < ROWS_AT_ONCE) continue;
      yield some;
      some = [];
    }
    if (some.length > 0) yield some;
  }
  yield 'end';
}

/** The thread, which no end of the program waits for unless it is at work. */
function begin() {
  clearTimeout(idle);
  underWay += 1;
  thread ??= startThread();
  thread.ref();
  return thread;
}

function startThread() {
  const started = new Worker(new URL('./pdf-thread.ts', import.meta.url));
  return started
    .on('error', (error) => {
      fault = error; // each document that is under way fails with it, as its port closes
    })
    .once('exit', () => {
      if (thread === started) thread = null;
    });
}

function end() {
  underWay -= 1;
  if (underWay > 0) return;
  thread?.unref();
  idle = setTimeout(() => {
    void thread?.terminate();
    thread = null;
  }, IDLE).unref();
}

/** Answers a document as a file that the browser shows; `name` is the file's without its ending. */
export function sendPdf(reply: Reply, name: string, document: PdfDocument) {
  return reply
    .type('application/pdf')
    .header('content-disposition', `inline; filename="${name}.pdf"`)
    .send(pdfOf(document));
}
