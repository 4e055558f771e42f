import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import multipart, { type Multipart } from '@fastify/multipart';
import type { Role } from '../base/actor.ts';
import { fileTypeOf } from '../base/file-type.ts';
import { digest } from '../base/secrets.ts';
import { cutTo, oneSpelling } from '../base/spelling.ts';
import { MINUTE, SECOND } from '../base/time.ts';
import { takeTurns, type Waiter } from '../base/turns.ts';
import { refuseRepeat } from '../data/act.ts';
import { type Form, InvalidForm, problemsOf } from '../forms/form.ts';
import { asOne } from '../forms/together.ts';
import type { Sentence } from '../texts.ts';
import { type AttachedFile, bringFiles, MOST_ATTACHED, noteHarmful, type ReceivedFile } from '../trail/attachments.ts';
import type { App, Request } from './app-types.ts';
import { scan } from './scanner.ts';
import { countFiles, networkOf, siteOf } from './throttle.ts';

const MB = 1024 * 1024;
/** A file may be so large. */
const LARGEST_FILE = 5 * MB;
/** What a form may hold beside its files, in how many fields: around one file little, with attachments as much as any form. */
const AROUND = { file: 16 * 1024, attachments: 256 * 1024 };
const MOST_FIELDS = { file: 8, attachments: 120 };
const LONGEST_FIELD = { file: 2000, attachments: 64 * 1024 };
const MOST_FILES = { file: 1, attachments: MOST_ATTACHED + 1 }; // one too many is told apart from as many as may be
/** All that a form with attachments may hold. */
const LARGEST_FORM = MOST_ATTACHED * LARGEST_FILE + AROUND.attachments;
/** So much of a form that is refused is taken from whoever sends it, for so long. */
const MOST_THROWN_AWAY = 32 * MB;
const LONGEST_REST = 2 * MINUTE;

type Kind = 'file' | 'attachments';
export type Upload = { fileName: string; bytes: Buffer; hash: string };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes a file, or some that are attached: the kinds of form that may be multipart. */
    upload?: Kind;
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
  app.addHook('preValidation', (request, reply, done) => {
    const { upload } = request.routeOptions.config;
    if (!upload || !request.isMultipart()) return done();
    reply.header('connection', 'close'); // of what is refused, the end may not have been read
    if (upload === 'file' && lengthOf(request) > LARGEST_FILE + AROUND.file) return done(new TooLarge());
    fieldsOf(request, upload).then((fields) => {
      request.body = fields;
      done();
    }, done);
  });
  app.addHook('onSend', ({ raw, routeOptions }, _reply, _payload, done) => {
    if (!routeOptions.config.upload || raw.complete) return done();
    throwAwayRest(raw).then(() => done(), done);
  });
}

const lengthOf = ({ headers }: Request) => Number(headers['content-length'] ?? 0);

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

async function fieldsOf(request: Request, upload: Kind) {
  // names come from outside: without a prototype, none of them means anything but itself
  const fields: Record<string, string | string[]> = Object.create(null);
  const limits = {
    fileSize: LARGEST_FILE,
    files: MOST_FILES[upload],
    fields: MOST_FIELDS[upload],
    parts: MOST_FIELDS[upload] + MOST_FILES[upload],
    fieldNameSize: 100,
    fieldSize: LONGEST_FIELD[upload],
    headerPairs: 20,
  };
  const parts = request.parts({ limits })[Symbol.asyncIterator]();
  let left = AROUND[upload];
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
    left -= Buffer.byteLength(value);
    if (left < 0) throw new TooLarge();
    const before = fields[part.fieldname];
    fields[part.fieldname] = before === undefined ? value : [before, value].flat();
  }
  return fields;
}

function refuse(error: Error & { statusCode?: number }): never {
  throw error.statusCode === undefined ? new Broken(error.message) : error;
}

/** What a route says of its form, where files may come with that. */
export function uploadOf({ fields }: Form): { upload?: 'attachments' } {
  return Object.values(fields).some(({ kind }) => kind === 'files') ? { upload: 'attachments' } : {};
}

/** Registers the routes of `routes` where forms with files are understood. */
export async function withUploads(app: App, routes: (part: App) => void) {
  await app.register(async (part) => {
    await part.register(multipart, { throwFileSizeLimit: false });
    routes(part as App);
  });
}

/** A file as it comes: its bytes, and whether there were more than may be. */
async function readFile({ file, filename }: Extract<Multipart, { type: 'file' }>) {
  const chunks: Buffer[] = [];
  const hash = createHash('sha256');
  try {
    for await (const chunk of file as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      hash.update(chunk);
    }
  } catch (error) {
    refuse(error as Error);
  }
  const name = plainName(filename);
  const bytes = Buffer.concat(chunks);
  return { name, bytes, hash, isTooLarge: file.truncated, isNone: name === '' && bytes.length === 0 };
}

/** The content of a file counts as a part of its form: the same form with another file is another act. */
function nameAct(request: Request, hash: string) {
  request.actor.act = digest(`${request.actor.act} ${hash}`);
}

/**
 * The file of a form, whole.
 * @returns null when none was chosen
 * @throws an error with status 413 when it is larger than may be, 400 when it ends too early
 */
export async function readUpload(request: Request): Promise<Upload | null> {
  const { fileLeft: part, partsLeft } = request;
  if (part === null || partsLeft === null) return null;
  const { name, bytes, hash, isTooLarge, isNone } = await readFile(part);
  if (isTooLarge) throw new TooLarge();
  const { done } = await partsLeft.next().catch(refuse);
  if (!done) throw new Broken('something follows the file');
  const upload = { fileName: name, bytes, hash: hash.digest('base64url') };
  nameAct(request, upload.hash);
  return isNone ? null : upload;
}

/**
 * So many forms with files are in memory at once, with up to 25 MB each; the others wait unread. People who have signed in
 * do not wait for those who have not.
 */
const TURNS = { atOnce: 3, most: 500, mostOfOne: 250 };
const [inOffice, outside] = [takeTurns(TURNS), takeTurns({ ...TURNS, atOnceOfOne: 2 })];
/** Whoever has the turn brings so much in each while, far less than any line that people work with: others wait for it. */
const PACE = { least: 64 * 1024, each: 15 * SECOND };

/**
 * Takes a form with the files that are attached to it, and does with them what it is for. A form without any does not wait.
 * @param form has the field `attachments`; its problems are said together with those of the files
 * @throws InvalidForm with all that is wrong; the names of files that came are typed then, to be said. Busy when too many
 *   wait; an error with status 400 when the form ends too early
 */
export async function withAttachments<T>(
  request: Request,
  form: Form,
  work: (files: AttachedFile[]) => Promise<T>,
): Promise<T> {
  const take = async () => {
    const { files, names, problem: wrong } = await readAttachments(request);
    (request.body as Record<string, unknown>).attachments = names;
    const problem = wrong ?? (await problemByScanner(request, waiter, files));
    if (problem?.key === 'attachment.harmful')
      (request.body as Record<string, unknown>).attachments = names.filter((name) => name !== problem.params?.name);
    const problems = { ...problemsOf(form, request.body), ...(problem && { attachments: problem }) };
    if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
    return withFilesBrought(request, files, work);
  };
  const { role, address, gone } = request.actor;
  const waiter = { site: siteOf(address), network: networkOf(address), ...(gone && { gone }) };
  if (request.fileLeft === null || (lengthOf(request) > 0 && lengthOf(request) <= AROUND.attachments)) return take();
  const { raw } = request;
  const { socket } = raw;
  const longest = socket.timeout;
  socket.setTimeout?.(0); // nothing is read before its turn: that is no silence of the sender's
  return (isOutside(role) ? outside : inOffice)(waiter, async () => {
    if (longest !== undefined) socket.setTimeout(longest);
    const stop = cutOffWhoStalls(raw);
    try {
      return await take();
    } finally {
      stop();
    }
  });
}

/** The bytes are in the database before the act; of somebody who has not signed in they are counted first. */
async function withFilesBrought<T>(
  { server, actor, log }: Request,
  files: ReceivedFile[],
  work: (files: AttachedFile[]) => Promise<T>,
) {
  if (files.length === 0) return work([]);
  await refuseRepeat(server.db, actor); // a form that is sent twice is not written twice
  if (isOutside(actor.role))
    await server.act({ actor: { ...actor, act: null } }, (act) => countFiles(act.trx, actor.address, files, act.now));
  return bringFiles(server.db, files, work, (error) => log.error({ err: error }));
}

const isOutside = (role: Role) => role === 'visitor' || role === 'applicant';

/** So many files are looked at by the agency's scanner at once. */
const scanning = takeTurns({ atOnce: 2, most: 500, mostOfOne: 250 });

/**
 * Has the agency's scanner look at the files, where there is one, before any of them is kept and outside of every act.
 * @returns what is wrong with the first that is harmful, or about which it cannot be known; null when all are clean
 * @throws Busy when too many wait for it, TooManyTries when a network has brought too much that is harmful
 */
async function problemByScanner(request: Request, waiter: Waiter, files: ReceivedFile[]): Promise<Sentence | null> {
  const { scanCommand, dataDir } = request.server.settings;
  if (scanCommand === null) return null;
  for (const file of files) {
    const verdict = await inSilence(request, () => scanning(waiter, () => scan(scanCommand, dataDir, file.bytes)));
    if (verdict.is === 'clean') continue;
    const params = { name: file.name };
    if (verdict.is === 'unknown') {
      request.log.error({ why: verdict.why }, 'a file could not be examined');
      return { key: 'attachment.notExamined', params };
    }
    request.log.warn({ said: verdict.said, sha256: file.sha256 }, 'a harmful file was refused');
    const { actor } = request;
    await request.server.act({ actor: { ...actor, act: null } }, async (act) => {
      // a row each for all that a stranger sends would fill the trail: it counts as what is kept does
      if (isOutside(actor.role)) await countFiles(act.trx, actor.address, [file], act.now);
      await noteHarmful(act, file);
    });
    return { key: 'attachment.harmful', params };
  }
  return null;
}

/** Whoever has sent all and waits for an answer says nothing meanwhile: the connection is not closed for that. */
async function inSilence<T>({ raw: { socket } }: Request, work: () => Promise<T>) {
  const longest = socket.timeout;
  socket.setTimeout?.(0);
  try {
    return await work();
  } finally {
    if (longest !== undefined) socket.setTimeout(longest);
  }
}

/** Ends a form of which next to nothing comes. @returns what stops watching */
function cutOffWhoStalls(raw: IncomingMessage) {
  let before = raw.socket.bytesRead;
  const timer = setInterval(() => {
    const now = raw.socket.bytesRead;
    if (!raw.complete && now - before < PACE.least) raw.destroy();
    before = now;
  }, PACE.each).unref();
  return () => clearInterval(timer);
}

/** `names` are those of the files that nothing is wrong with: they are to be chosen again where the form is refused. */
type Received = { files: ReceivedFile[]; names: string[]; problem: Sentence | null };

/** Reads the files until all are there, or what comes is more than may be: the rest of that is not looked at. */
async function readAttachments(request: Request): Promise<Received> {
  const found: Received = { files: [], names: [], problem: null };
  const wrong: Sentence[] = [];
  let count = 0;
  if (lengthOf(request) > LARGEST_FORM)
    return { ...found, problem: { key: 'attachment.tooMuch', params: { most: (MOST_ATTACHED * LARGEST_FILE) / MB } } };
  for (let part = request.fileLeft; part !== null; part = await nextFile(request)) {
    const { name, bytes, hash, isTooLarge, isNone } = await readFile(part);
    if (isNone) continue; // what browsers send when nothing was chosen
    count += 1;
    if (count > MOST_ATTACHED)
      return { ...found, names: [], problem: { key: 'attachment.tooMany', params: { most: MOST_ATTACHED } } };
    const sort = isTooLarge ? null : fileTypeOf(bytes);
    const why = isTooLarge ? 'tooLarge' : bytes.length === 0 ? 'empty' : sort === null ? 'wrongType' : 'notWhole';
    if (sort?.isWhole) {
      found.names.push(name);
      found.files.push({ name, type: sort.type, bytes, sha256: hash.digest('hex') });
    } else wrong.push({ key: `attachment.${why}`, params: { name } });
    if (isTooLarge && lengthOf(request) === 0) break; // nobody knows how much of it is still to come
  }
  if (wrong.length > 0) found.problem = asOne(wrong);
  for (const { sha256 } of found.files) nameAct(request, sha256);
  return found;
}

async function nextFile(request: Request) {
  const { value: part, done } = (await request.partsLeft?.next().catch(refuse)) ?? { done: true };
  if (done) return null;
  if (part.type !== 'file') throw new Broken('a field follows the files');
  return part;
}

/** A file's name without its folders and without what cannot be seen. */
function plainName(name: string | undefined) {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? '';
  return cutTo(oneSpelling(last).replace(/\p{C}/gu, '').trim(), 120);
}
