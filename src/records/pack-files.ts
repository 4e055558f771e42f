import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { Actor } from '../base/actor.ts';
import { ENDINGS } from '../base/file-type.ts';
import type { Db } from '../data/database.ts';
import { csvOf } from '../lists/csv.ts';
import { type PdfDocument, pdfOf } from '../paper/pdf.ts';
import { bytesOf, isHeld } from '../trail/attachment-queries.ts';
import { fileSayers, type Sayers } from '../web/pages.ts';
import { type Case, gatherCase } from './case.ts';
import { attachmentsIn } from './content.ts';
import { documentOf, fileName } from './document.ts';
import type { Draw, DrawnRecord } from './draw.ts';
import type { FiledRecord } from './queries.ts';

type Sum = { path: string; sha256: string };
type Packed = Sum & { found: Case; drawn: DrawnRecord; attached: Sum[] };
type Zip = InstanceType<typeof ZipFile>;

/**
 * The pack as a ZIP that is written while it is read: a PDF a record, its attachments, the draw explained, and the checksum
 * of each file.
 * Errors destroy the stream; a reader who leaves ends the work.
 */
export function packOf(db: Db, actor: Actor, draw: Draw, say: Sayers, at: Date): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  fill(zip, db, actor, draw, say, at).catch((error: Error) => output.destroy(error));
  return output;
}

async function fill(zip: Zip, db: Db, actor: Actor, draw: Draw, say: Sayers, at: Date) {
  const printed = { at, by: actor.name };
  const packed: Packed[] = [];
  for (const drawn of draw.drawn) {
    if ((zip.outputStream as Readable).destroyed) return;
    const found = await gatherCase(db, actor, drawn.id);
    const path = `records/${fileName(drawn.number)}.pdf`;
    const sha256 = await add(zip, path, await buffer(pdfOf(documentOf(found, say, printed))), at);
    packed.push({ found, drawn, path, sha256, attached: await addAttachments(zip, db, found.record, at) });
  }
  const sums = packed.flatMap(({ path, sha256, attached }) => [{ path, sha256 }, ...attached]);
  const cover = await buffer(pdfOf(coverOf(draw, packed, say, printed)));
  sums.push({ path: 'draw.pdf', sha256: await add(zip, 'draw.pdf', cover, at) });
  sums.push({
    path: 'hashes.csv',
    sha256: await add(zip, 'hashes.csv', await buffer(csvOf([listOf(packed, fileSayers(say.language, at))])), at),
  });
  await add(zip, 'SHA256SUMS', Buffer.from(sums.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('')), at);
  zip.end();
}

/**
 * The files of a record's case, under names of the pack's own. Each is read when its turn in the ZIP comes: 200 records may
 * have a gigabyte. The sums are those in the records' seals, so one that was changed or is missing shows.
 */
async function addAttachments(zip: Zip, db: Db, record: FiledRecord, at: Date): Promise<Sum[]> {
  const sums: Sum[] = [];
  for (const [index, file] of attachmentsIn(record).entries()) {
    const path = `attachments/${fileName(record.number)}-${index + 1}${ENDINGS[file.file_type][0]}`;
    sums.push({ path, sha256: file.sha256 });
    if (!(await isHeld(db, file))) continue;
    zip.addReadStreamLazy(path, { mtime: at, compress: false }, (open) => {
      bytesOf(db, file).then(
        (bytes) => open(null, Readable.from([bytes ?? Buffer.alloc(0)])),
        (error) => open(error, Readable.from([])),
      );
    });
  }
  return sums;
}

/** Returns the file's SHA-256 in hexadecimal, as `sha256sum` writes it. */
async function add(zip: Zip, path: string, content: Buffer, at: Date) {
  // a PDF is compressed already
  zip.addBuffer(content, path, { mtime: at, compress: !path.endsWith('.pdf') });
  return createHash('sha256').update(content).digest('hex');
}

function listOf(packed: Packed[], { t, time, seal }: Sayers) {
  const rows = packed.map(({ found: { record, agency, sealed }, drawn, path, sha256, attached }) => [
    record.number,
    agency,
    t(record.title),
    record.item_name,
    time(record.filed_at),
    record.filed_by_name,
    drawn.value,
    seal(record.hash),
    t(sealed ? 'yes' : 'no'),
    path,
    sha256,
    attached.map((file) => file.path).join(' '),
  ]);
  const heading = [
    'records.number',
    'field.agency',
    'records.title',
    'records.about',
    'records.filedAt',
    'records.filedBy',
    'records.pack.value',
    'records.seal',
    'records.pack.asFiled',
    'records.pack.file',
    'records.pack.sha256',
    'attachment.heading',
  ] as const;
  return [heading.map((key) => t(key)), ...rows];
}

/** The first page of a pack: what was asked for, from how many, and how the draw can be done again. */
function coverOf(draw: Draw, packed: Packed[], say: Sayers, printed: { at: Date; by: string }): PdfDocument {
  const { t, date, time, number, language } = say;
  const { period, seed, population } = draw;
  return {
    language,
    title: t('records.pack.title'),
    subtitle: t('records.pack.subtitle', { from: date(period.from), to: date(period.to) }),
    at: printed.at,
    foot: t('records.printed', { time: time(printed.at), name: printed.by }),
    blocks: [
      {
        kind: 'facts',
        facts: [
          [t('records.pack.period'), t('records.pack.days', { from: date(period.from), to: date(period.to) })],
          [t('records.sop'), period.sops.length > 0 ? period.sops.join(', ') : t('list.all')],
          [t('records.pack.population'), number(population)],
          [t('records.pack.drawn'), number(packed.length)],
          [t('records.pack.seed'), seed],
        ],
      },
      { kind: 'heading', text: t('records.pack.how') },
      { kind: 'paragraph', text: t('records.pack.howText') },
      { kind: 'paragraph', text: t('records.pack.sealText') },
      { kind: 'heading', text: t('records.pack.list') },
      {
        kind: 'table',
        columns: [
          { heading: t('records.number'), share: 1.6 },
          { heading: t('records.title'), share: 2 },
          { heading: t('records.about'), share: 2 },
          { heading: t('records.pack.asFiled'), share: 0.8 },
        ],
        rows: packed.map(({ found: { record, sealed } }) => [
          record.number,
          t(record.title),
          record.item_name,
          t(sealed ? 'yes' : 'no'),
        ]),
      },
    ],
  };
}
