import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Letter } from '../base/letter.ts';
import type { Row } from '../data/schema.ts';

// A letter that has gone out is kept for ten years as it was sent. Packed against letters of its kind it takes a tenth. Those
// stand in a file that never changes, since nothing could be unpacked any more: other words get a further file and number.

const SAMPLES: Record<number, Buffer> = { 1: readFileSync(join(import.meta.dirname, 'letters-1.txt')) };
const NEWEST = 1;
/** A letter is short: with the buffers for long texts, a third of the time would go into making them ready. */
const PACKING = { level: constants.Z_BEST_COMPRESSION, memLevel: 5, chunkSize: 1024 };

type Kept = Pick<Row<'outbox'>, 'letter' | 'packed_letter'>;

/** What an outbox row keeps of a letter that was sent: all of it, packed, and in the open what lists and searches read. */
export function packLetter(text: string): Kept {
  return { letter: openPart(JSON.parse(text)), packed_letter: packed(text) };
}

/** What lists and searches read of a letter. */
export const openPart = ({ subject, secret }: Letter) => JSON.stringify({ subject, secret });

/** A letter's text as it is kept. */
export const packed = (text: string) =>
  Buffer.concat([Buffer.of(NEWEST), deflateRawSync(text, { ...PACKING, dictionary: SAMPLES[NEWEST] })]);

/** The letter, as it was put into the outbox. @throws Error where it was packed by a newer IPMS, or is damaged */
export function letterOf({ letter, packed_letter }: Kept): Letter {
  if (packed_letter === null) return JSON.parse(letter);
  const dictionary = SAMPLES[packed_letter[0] ?? 0];
  if (dictionary === undefined) throw new Error('a letter was packed by a newer IPMS');
  return JSON.parse(inflateRawSync(packed_letter.subarray(1), { dictionary }).toString());
}
