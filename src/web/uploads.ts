import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import multipart, { type Multipart } from '@fastify/multipart';
import { digest } from '../base/secrets.ts';
import { oneSpelling } from '../base/spelling.ts';
import { MINUTE } from '../base/time.ts';
import type { App, Request } from './app-types.ts';

/** A file may be so large. */
export const LARGEST_FILE = 5 * 1024 * 1024;
/** What a form around a file may hold beside it. */
const AROUND = 16 * 1024;
const MOST_FIELDS = 8;
/** So much of a form that is refused is taken from whoever sends it, for so long. */
const MOST_THROWN_AWAY = 32 * 1024 * 1024;
const LONGEST_REST = 2 * MINUTE;

export type Upload = { fileName: string; bytes: Buffer; hash: string };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes a file: the one kind of form that may be multipart. */
    upload?: boolean;
  }
  interface FastifyRequest {
    /** The parts of a form with a file, as far as they were not read yet. */
    partsLeft: AsyncIterator<Multipart> | null;
    fileLeft: Extract<Multipart, { type: 'file' }> | null;
  }
}

/** More came than may come. */
class TooLarge extends Error {
  readonly statusCode = 413;
}
/** The form ends in the middle, or is none. */
class Broken extends Error {
  readonly statusCode = 400;
}

/**
 * Routes that take a file live in a part of the application that knows multipart; everywhere else it stays refused.
 * Of such a form, only the fields before the file are read here, so that its token is checked before anything else is
 * looked at: the file comes last, and is read by the route itself.
 */
export function readFieldsFirst(app: App) {
  app.decorateRequest('partsLeft', null);
  app.decorateRequest('fileLeft', null);
  app.addHook('preValidation', async (request, reply) => {
    if (!request.routeOptions.config.upload || !request.isMultipart()) return;
    reply.header('connection', 'close'); // of what is refused, the end may not have been read
    if (Number(request.headers['content-length'] ?? 0) > LARGEST_FILE + AROUND) throw new TooLarge();
    request.body = await fieldsOf(request);
  });
  app.addHook('onSend', async ({ raw, routeOptions }) => {
    if (routeOptions.config.upload && !raw.complete) await throwAwayRest(raw);
  });
}

/**
 * A file may be refused before all of it is there, also because the session is over. Browsers and proxies read no answer
 * while they send: they would say that the connection broke. So the rest is taken first, and thrown away.
 */
async function throwAwayRest(raw: IncomingMessage) {
  let left = MOST_THROWN_AWAY;
  if (Number(raw.headers['content-length'] ?? 0) > left) return;
  raw.unpipe().on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) raw.destroy();
  });
  raw.resume(); // it is held back when nobody reads the file
  await finished(raw, { signal: AbortSignal.timeout(LONGEST_REST) }).catch(() => undefined);
}

async function fieldsOf(request: Request) {
  // names come from outside: without a prototype, none of them means anything but itself
  const fields: Record<string, string | string[]> = Object.create(null);
  const parts = request.parts()[Symbol.asyncIterator]();
  for (;;) {
    const { value: part, done } = await parts.next().catch(refuse);
    if (done) break;
    if (part.type === 'file') {
      request.partsLeft = parts;
      request.fileLeft = part;
      break;
    }
    if (part.fieldnameTruncated || part.valueTruncated) throw new TooLarge();
    const value = String(part.value);
    const before = fields[part.fieldname];
    fields[part.fieldname] = before === undefined ? value : [before, value].flat();
  }
  return fields;
}

function refuse(error: Error & { statusCode?: number }): never {
  throw error.statusCode === undefined ? new Broken(error.message) : error;
}

/** Registers the routes of `routes` where forms with files are understood. */
export async function withUploads(app: App, routes: (part: App) => void) {
  await app.register(async (part) => {
    await part.register(multipart, {
      throwFileSizeLimit: false,
      limits: {
        fileSize: LARGEST_FILE,
        files: 1,
        fields: MOST_FIELDS,
        parts: MOST_FIELDS + 1,
        fieldNameSize: 100,
        fieldSize: 2000,
        headerPairs: 20,
      },
    });
    routes(part as App);
  });
}

/**
 * The file of a form, whole. Its content counts as a part of the form: the same form with another file is another act.
 * @returns null when none was chosen
 * @throws an error with status 413 when it is larger than may be, 400 when it ends too early
 */
export async function readUpload(request: Request): Promise<Upload | null> {
  const { fileLeft: part, partsLeft } = request;
  if (part === null || partsLeft === null) return null;
  const chunks: Buffer[] = [];
  const hash = createHash('sha256');
  try {
    for await (const chunk of part.file as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      hash.update(chunk);
    }
  } catch (error) {
    refuse(error as Error);
  }
  if (part.file.truncated) throw new TooLarge();
  const { done } = await partsLeft.next().catch(refuse);
  if (!done) throw new Broken('something follows the file');
  const upload = { fileName: plainName(part.filename), bytes: Buffer.concat(chunks), hash: hash.digest('base64url') };
  request.actor.act = digest(`${request.actor.act} ${upload.hash}`);
  return upload.fileName === '' && upload.bytes.length === 0 ? null : upload;
}

/** A file's name without its folders and without what cannot be seen. */
function plainName(name: string | undefined) {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? '';
  return oneSpelling(last).replace(/\p{C}/gu, '').trim().slice(0, 120);
}
