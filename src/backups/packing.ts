import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip, createGzip } from 'node:zlib';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';

/** A file that cannot be unpacked; the message says why in one line. */
export class Unreadable extends Error {}

/** As `age` and `gzip` begin their files. */
const AGE = Buffer.from('age-encryption.org/v1\n');
const GZIP = Buffer.from([0x1f, 0x8b]);

type Sum = { bytes: number; sha256: string };
/** @throws Error for a key that age does not know, such as one with a letter wrong */
export function checkRecipient(recipient: string) {
  new Encrypter().addRecipient(recipient);
}

/**
 * Packs a file into a new one, encrypted where there is anybody to open it, and reads it again from the disk: what comes out
 * is byte for byte what went in. A key that is made for this moment and then forgotten opens it once; the others are not here.
 * @throws Error when the disk refuses, or what was written cannot be unpacked to the same
 */
export async function pack(source: string, target: string, recipients: string[]): Promise<Sum> {
  const own = recipients.length > 0 ? await generateX25519Identity() : null;
  const [plain, packed] = [summing(), summing()];
  const into = createWriteStream(target, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(createReadStream(source), plain, createGzip(), await encrypting(recipients, own), packed, into);
  const again = summing();
  await pipeline(await unpacked(target, own === null ? [] : [own]), again, nowhere());
  if (again.sum().sha256 !== plain.sum().sha256) throw new Unreadable(`${target} is not what was written into it.`);
  return packed.sum();
}

/**
 * Unpacks a copy, whichever way it is packed; an unpacked one is copied as it is.
 * @param identities private keys of age
 * @throws Unreadable
 */
export async function unpack(source: string, target: string, identities: string[]) {
  try {
    const into = createWriteStream(target, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(await unpacked(source, identities), into);
  } catch (error) {
    if (error instanceof Unreadable || (error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    throw new Unreadable(`${source} is damaged, it cannot be unpacked: ${(error as Error).message}.`);
  }
}

/** Copies a file into a new one that only its owner may read. */
export async function copyFile(source: string, target: string) {
  await pipeline(createReadStream(source), createWriteStream(target, { flags: 'wx', mode: 0o600, flush: true }));
}

/** Is it packed, by how it begins? */
export async function isPacked(file: string) {
  return (await beginsWith(file, AGE)) || (await beginsWith(file, GZIP));
}

/** What is in a file, as SHA-256, and how long it is. */
export async function sumOf(file: string): Promise<Sum> {
  const sum = summing();
  await pipeline(createReadStream(file), sum, nowhere());
  return sum.sum();
}

/** The private keys in a file as `age-keygen` writes it. @throws Unreadable */
export function readIdentities(file: string): string[] {
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split(/\r?\n/);
  } catch (error) {
    throw new Unreadable(`${file} cannot be read: ${(error as Error).message}.`);
  }
  const keys = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  if (keys.length === 0 || !keys.every((key) => /^AGE-SECRET-KEY-1[0-9A-Z]{58}$/.test(key)))
    throw new Unreadable(`${file} is no private key of age: it has a line that begins with AGE-SECRET-KEY-1.`);
  return keys;
}

/** @throws Unreadable when none of the keys opens it */
async function unpacked(file: string, identities: string[]) {
  const isEncrypted = await beginsWith(file, AGE);
  if (!isEncrypted) return (await beginsWith(file, GZIP)) ? unzipped(createReadStream(file)) : createReadStream(file);
  if (identities.length === 0)
    throw new Unreadable(`${file} is encrypted: --identity FILE names the file with the private key.`);
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  const stream = Readable.toWeb(createReadStream(file)) as unknown as Parameters<Encrypter['encrypt']>[0];
  try {
    const opened = await decrypter.decrypt(stream as never);
    return unzipped(Readable.fromWeb(opened as unknown as ReadableStream));
  } catch (error) {
    throw new Unreadable(`${file} cannot be opened with that private key: ${(error as Error).message}.`);
  }
}

/** An end that comes too early is an error of the whole. */
function unzipped(packed: Readable) {
  const gunzip = createGunzip();
  pipeline(packed, gunzip).catch((error: Error) => void gunzip.destroy(error));
  return gunzip;
}

/** A step of a pipeline: encrypts, or hands on. */
async function encrypting(recipients: string[], own: string | null) {
  if (own === null) return (source: AsyncIterable<Buffer>) => source;
  const encrypter = new Encrypter();
  for (const recipient of [...recipients, await identityToRecipient(own)]) encrypter.addRecipient(recipient);
  return async function* (source: AsyncIterable<Buffer>) {
    const stream = Readable.toWeb(Readable.from(source)) as never;
    yield* Readable.fromWeb((await encrypter.encrypt(stream)) as unknown as ReadableStream);
  };
}

async function beginsWith(file: string, bytes: Buffer) {
  const opened = await open(file, 'r');
  try {
    const { buffer } = await opened.read(Buffer.alloc(bytes.length), 0, bytes.length, 0);
    return buffer.equals(bytes);
  } finally {
    await opened.close();
  }
}

/** Hands on what it is given, and knows its sum. */
function summing() {
  const hash = createHash('sha256');
  let bytes = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return Object.assign(through, { sum: () => ({ bytes, sha256: hash.copy().digest('hex') }) });
}

/** Takes all, and keeps nothing. */
async function drained(source: AsyncIterable<Buffer>) {
  for await (const _ of source);
}
const nowhere = () => drained;
