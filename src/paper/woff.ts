import { inflateSync } from 'node:zlib';

const HEADER = 44;
const ENTRY = 20;

/**
 * Unpacks a WOFF 1.0 file (https://www.w3.org/TR/WOFF/) into the font that it holds. The font reader would do it with an
 * inflate of its own, which breaks off at one of the forms that zlib writes.
 */
export function unpackWoff(file: Buffer): Buffer {
  const count = file.readUInt16BE(12);
  const head = Buffer.alloc(12 + 16 * count);
  file.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  const tables: Buffer[] = [];
  let at = head.length;
  for (let index = 0; index < count; index += 1) {
    const entry = file.subarray(HEADER + ENTRY * index, HEADER + ENTRY * (index + 1));
    const table = tableOf(file, entry);
    const place = 12 + 16 * index;
    entry.copy(head, place, 0, 4);
    entry.copy(head, place + 4, 16, 20);
    head.writeUInt32BE(at, place + 8);
    head.writeUInt32BE(table.length, place + 12);
    // each table begins at a multiple of four
    const padding = -table.length & 3;
    tables.push(table, Buffer.alloc(padding));
    at += table.length + padding;
  }
  return Buffer.concat([head, ...tables]);
}

/** A table is packed only if that makes it smaller. */
function tableOf(file: Buffer, entry: Buffer) {
  const offset = entry.readUInt32BE(4);
  const packed = entry.readUInt32BE(8);
  const table = file.subarray(offset, offset + packed);
  return packed < entry.readUInt32BE(12) ? inflateSync(table) : table;
}
