import { inflateRawSync } from 'node:zlib';
import type { Ipms, Visitor } from '../helper.ts';

/** A file as a browser would save it. */
export type Download = { status: number; type: string; name: string; content: Buffer };

/** Asks for a file with a browser's cookies; with fields it is posted. */
export async function download(
  { app }: Pick<Ipms, 'app'>,
  browser: Visitor,
  url: string,
  fields?: Record<string, string | string[]>,
): Promise<Download> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields ?? {})) for (const each of [value].flat()) body.append(name, each);
  const answer = await app.inject({
    method: fields === undefined ? 'GET' : 'POST',
    url,
    headers: {
      cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(fields === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(fields === undefined ? {} : { payload: body.toString() }),
  });
  return {
    status: answer.statusCode,
    type: String(answer.headers['content-type']),
    name: /filename="([^"]*)"/.exec(String(answer.headers['content-disposition']))?.[1] ?? '',
    content: answer.rawPayload,
  };
}

/** The files in a ZIP, by the directory at its end. */
export function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, length] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = zip.subarray(start, start + packed);
    const name = zip.subarray(at + 46, at + 46 + length).toString();
    files.set(name, zip.readUInt16LE(at + 10) === 0 ? content : inflateRawSync(content));
    at += 46 + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}
