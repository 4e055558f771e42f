// The thread behind `pdfOf`: it writes documents, each of which comes part by part through a port of its own.
import { on } from 'node:events';
import { arrayBuffer } from 'node:stream/consumers';
import { type MessagePort, parentPort } from 'node:worker_threads';
import type { Answer, Order, Part, PdfBlock } from './pdf.ts';
import { writePdf } from './pdf-writer.ts';

parentPort?.on('message', async ({ port, ...document }: Order) => {
  try {
    const pdf = await arrayBuffer(writePdf({ ...document, blocks: blocksOf(port) }));
    port.postMessage(pdf satisfies Answer, [pdf]);
  } catch (error) {
    port.postMessage((error instanceof Error ? error : new Error(String(error))) satisfies Answer);
  }
});

/** Asks for one part after the other. */
async function* blocksOf(port: MessagePort): AsyncIterable<PdfBlock> {
  const parts = on(port, 'message', { close: ['close'] }) as AsyncIterableIterator<[Part]>;
  const next = async (): Promise<Part> => {
    port.postMessage('next' satisfies Answer);
    const { value, done } = await parts.next();
    if (done) throw new Error('nobody waits for the document any more');
    return value[0];
  };
  let part = await next();
  const rowsHere = async function* () {
    for (part = await next(); Array.isArray(part); part = await next()) yield* part;
  };
  while (part !== 'end') {
    if (Array.isArray(part)) throw new TypeError('rows without a table');
    if (part.kind === 'table') yield { ...part, rows: rowsHere() };
    else {
      yield part;
      part = await next();
    }
  }
}
