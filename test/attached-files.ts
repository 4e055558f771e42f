import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import type { Db, Trx } from '../src/data/database.ts';
import type { AttachedFile } from '../src/trail/attachments.ts';
import { formValues, type Page, type Visitor } from './helper.ts';

// Files as people attach them, and the forms that carry them.

export type Chosen = { name: string; bytes: Buffer };

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A PDF of a size, with whatever in it. */
export function pdf(name = 'surat.pdf', within = '', size = 0): Chosen {
  const [head, end] = [Buffer.from(`%PDF-1.7\n${within}\n`), Buffer.from('\n%%EOF\n')];
  return { name, bytes: Buffer.concat([head, Buffer.alloc(Math.max(0, size - head.length - end.length), 0x20), end]) };
}

export function png(name = 'imbasan.png'): Chosen {
  const piece = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
  const picture = deflateSync(Buffer.from([0, 255, 255, 255]));
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pieces = [piece('IHDR', header), piece('IDAT', picture), piece('IEND', Buffer.alloc(0))];
  return { name, bytes: Buffer.concat([start, ...pieces]) };
}

/** A JPEG as a camera writes it: the small picture before the picture has an end mark of its own. */
export function jpeg(name = 'ic.jpg'): Chosen {
  const small = Buffer.from([0xff, 0xe1, 0x00, 0x06, 0xff, 0xd8, 0xff, 0xd9]);
  const scan = Buffer.from([0xff, 0xda, 0x00, 0x04, 0x00, 0x00, 0x12, 0x34]);
  return { name, bytes: Buffer.concat([Buffer.from([0xff, 0xd8]), small, scan, Buffer.from([0xff, 0xd9])]) };
}

/** A small PDF whose bytes are there, as those of a form are before its act. */
export async function bringFile(db: Db | Trx, { name, bytes }: Chosen): Promise<AttachedFile> {
  const naming = db.insertInto('file_under_way').defaultValues().returning('attachment_id');
  const { attachment_id } = await naming.executeTakeFirstOrThrow();
  await db.insertInto('attachment_content').values({ attachment_id, piece: 0, bytes }).execute();
  return { id: attachment_id, name, bytes, type: 'application/pdf', sha256: sha256(bytes) };
}

const BOUNDARY = 'ipms-test-boundary';

type Fields = Record<string, string | string[]>;

/** A form with files, as a browser sends it: the fields first, and an empty file where none was chosen. */
export function multipart(fields: Fields, files: Chosen[]) {
  const { attachments: _none, ...rest } = fields;
  const head = (text: string) => Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; ${text}\r\n\r\n`);
  const end = Buffer.from('\r\n');
  const parts: Uint8Array[] = Object.entries(rest).flatMap(([name, value]) =>
    [value].flat().flatMap((each) => [head(`name="${name}"`), Buffer.from(each), end]),
  );
  const chosen = files.length > 0 ? files : [{ name: '', bytes: Buffer.alloc(0) }];
  for (const { name, bytes } of chosen)
    parts.push(head(`name="attachments"; filename="${name}"\r\ncontent-type: application/pdf`), bytes, end);
  const body = Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` } };
}

/** Opens a page, fills in the form that posts to `action`, chooses files, and sends it. */
export async function submitWith(
  browser: Visitor,
  page: string,
  action: string,
  fields: Fields,
  files: Chosen[],
  more: Record<string, string> = {},
): Promise<Page> {
  const { dom } = await browser.get(page);
  const { body, headers } = multipart({ ...formValues(dom, page, action), ...fields }, files);
  return browser.send('POST', action, body, { ...headers, ...more });
}
