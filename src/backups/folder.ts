import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { flush } from '../base/durable-file.ts';
import type { BackupSettings } from '../base/settings.ts';
import { DAY, later } from '../base/time.ts';
import type { Row } from '../data/schema.ts';
import { type Copy, copyOf, nameOf, superfluous, UNFINISHED } from './copies.ts';
import { copyFile, pack, sumOf } from './packing.ts';

/** What the database knows of a copy. */
export type Known = Pick<Row<'backup'>, 'file_name' | 'state' | 'bytes' | 'sha256' | 'read_at'>;

/** What is to be done in the folders; nothing of it asks the database of IPMS, so that it can be done in any thread. */
export type Job = {
  settings: BackupSettings;
  /** A folder for the copy while it is not packed, beside the database: no clear text is ever in the folder of the backups. */
  scratch: string;
  isMaking: boolean;
  now: Date;
  known: Known[];
  /** What the folder of this installation is called in the second place. */
  folder: string;
};

/** What was found or done, one after the other. */
export type Happening =
  | { what: 'made'; name: string; isEncrypted: boolean; bytes: number; sha256: string; looked: Looked }
  | { what: 'failed'; said: string }
  | { what: 'read' | 'back' | 'copied' | 'removed'; name: string }
  | { what: 'lost'; name: string; state: 'spoilt' | 'gone' }
  | { what: 'found'; name: string; bytes: number }
  | { what: 'copying'; said: string | null };

/** What a look into a whole copy found. */
export type Looked = { faults: string[]; lastAuditRow: number | null };

export type Tools = {
  /** Copies the database into a new file. */
  copyDatabase(target: string): Promise<void>;
  /** Opens a copy, and looks over all of it. */
  lookOver(file: string): Promise<Looked>;
  tell(happening: Happening): void;
};

/** Each copy is read again from its first byte to its last at least so often: disks forget. */
const READ_EVERY = 7 * DAY;
/** What is to stay free of the disk with the database, whatever the copy takes. */
const LEFT_FREE = 64 * 1024 * 1024;

/** Looks at the copies that are there, makes one if it is time, and brings the second place up to date. */
export async function workInFolders(job: Job, tools: Tools) {
  const there = await lookAtFolder(job, tools);
  if (job.isMaking) {
    const made = await makeOrFail(job, tools);
    if (made !== null) {
      // a try that failed removes nothing
      there.push(made);
      removeSuperfluous(job, there, made, tools);
    }
  }
  await bringToSecondPlace(job, there, tools);
}

/** What is in the folder and can be relied on. */
type There = Known & { copy: Copy };

async function lookAtFolder({ settings: { dir }, known, now }: Job, { tell }: Tools): Promise<There[]> {
  const there: There[] = [];
  if (!existsSync(dir)) return there; // a share that is away has lost nothing; that no copy can be made is told
  const names = new Set(filesIn(dir).filter((name) => copyOf(name) !== null));
  for (const each of known) {
    const copy = copyOf(each.file_name);
    const isThere = names.delete(each.file_name);
    if (copy === null) continue;
    if (!isThere) {
      if (each.state === 'found') tell({ what: 'removed', name: each.file_name });
      else if (each.state !== 'gone') tell({ what: 'lost', name: each.file_name, state: 'gone' });
      continue;
    }
    const { isWhole, wasRead } = await compareWithWritten(join(dir, each.file_name), each, now);
    const isTrusted = each.state === 'good' || each.state === 'faults';
    if (!isWhole && isTrusted) tell({ what: 'lost', name: each.file_name, state: 'spoilt' });
    if (!isWhole) continue;
    if (!isTrusted && each.sha256 !== null) tell({ what: 'back', name: each.file_name });
    else if (wasRead) tell({ what: 'read', name: each.file_name });
    const state = each.sha256 === null ? ('found' as const) : copy.hasFaults ? ('faults' as const) : ('good' as const);
    there.push({ ...each, state, copy });
  }
  for (const name of names) tell({ what: 'found', name, bytes: statSync(join(dir, name)).size });
  return there;
}

/** A link to nowhere or a folder with the name of a copy is none, and stops no other. */
const filesIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((each) => (each.isFile() ? each.name : []));

/** Is a copy as it was written: its size each time; what is in it where that was not read for a week, or the copy is not relied on yet. */
async function compareWithWritten(file: string, { bytes, sha256, state, read_at }: Known, now: Date) {
  if (statSync(file).size !== bytes) return { isWhole: false, wasRead: false };
  const isOld = read_at === null || later(new Date(read_at), READ_EVERY) <= now;
  const isRead = sha256 !== null && (isOld || (state !== 'good' && state !== 'faults'));
  return { isWhole: !isRead || (await readableSum(file)) === sha256, wasRead: isRead };
}

/** What the disk does not give back is spoilt: one such copy must not keep IPMS from making the next. @returns null then */
async function readableSum(file: string) {
  return sumOf(file).then(
    ({ sha256 }) => sha256,
    () => null,
  );
}

async function makeOrFail(job: Job, tools: Tools): Promise<There | null> {
  try {
    return await makeCopy(job, tools);
  } catch (error) {
    tools.tell({ what: 'failed', said: (error as Error).message });
    return null;
  } finally {
    rmSync(job.scratch, { recursive: true, force: true });
  }
}

/** Copied, looked over, packed and read again before it has its name: what is cut off anywhere has none. */
async function makeCopy({ settings: { dir, recipients }, scratch, now }: Job, tools: Tools): Promise<There> {
  if (!existsSync(dir)) throw new Error(`There is no folder ${dir}.`);
  removeUnfinished(dir);
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { mode: 0o700 });
  const plain = join(scratch, 'copy.db');
  await tools.copyDatabase(plain);
  const looked = await tools.lookOver(plain);
  const isEncrypted = recipients.length > 0;
  const name = nameOf({ madeAt: now, hasFaults: looked.faults.length > 0, isEncrypted });
  const unfinished = join(dir, `.${name}.unfinished`);
  try {
    const sum = await pack(plain, unfinished, recipients);
    takeName(unfinished, join(dir, name));
    tools.tell({ what: 'made', name, isEncrypted, ...sum, looked });
    const copy = copyOf(name) as Copy;
    const state = copy.hasFaults ? ('faults' as const) : ('good' as const);
    return { file_name: name, state, ...sum, read_at: now.toISOString(), copy };
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/**
 * A full disk beside the database would stop all work: the copy is not begun where it would fill it.
 * @param bytes of the database
 * @throws Error in one line
 */
export function refuseToFill(folder: string, bytes: number) {
  const { bavail, bsize } = statfsSync(folder);
  const megabytes = (size: number) => `${Math.ceil(size / 1024 / 1024)} MB`;
  if (bavail * bsize < bytes + LEFT_FREE)
    throw new Error(
      `${folder} has ${megabytes(bavail * bsize)} free, and ${megabytes(bytes + LEFT_FREE)} are needed to make a copy.`,
    );
}

/** A share may know no links, so this renames; nobody else makes such names. */
function takeName(unfinished: string, file: string) {
  if (existsSync(file)) throw new Error(`${file} exists already: it is not overwritten.`);
  flush(unfinished);
  renameSync(unfinished, file);
  flush(file);
}

function removeUnfinished(folder: string) {
  for (const name of readdirSync(folder)) if (UNFINISHED.test(name)) rmSync(join(folder, name), { force: true });
}

/** Copies with faults take the place of others with faults alone: they never push out a good one. */
function removeSuperfluous({ settings: { dir, keep } }: Job, there: There[], made: There, { tell }: Tools) {
  const alike = there.filter(({ state }) => state === made.state).map(({ copy }) => copy);
  for (const { name } of superfluous(alike, keep)) {
    rmSync(join(dir, name), { force: true });
    tell({ what: 'removed', name });
  }
}

/**
 * Never made here: where a share is not mounted, its folder is missing, and nothing fills the disk below. Within it each
 * installation has a folder of its own, so that none rotates the copies of another.
 */
async function bringToSecondPlace(job: Job, there: There[], { tell }: Tools) {
  const { dir, copyTo: share, keep } = job.settings;
  if (share === null) return tell({ what: 'copying', said: null });
  try {
    if (!existsSync(share)) throw new Error(`There is no folder ${share}.`);
    if (realpathSync(share) === realpathSync(dir)) throw new Error(`${share} is the same folder as ${dir}.`);
    const copyTo = join(share, job.folder);
    mkdirSync(copyTo, { recursive: true, mode: 0o700 });
    await moveIntoOwn(share, copyTo, there);
    removeUnfinished(copyTo);
    const mine = there.filter(({ state, copy }) => state !== 'found' && existsSync(join(dir, copy.name)));
    for (const each of mine.toSorted((one, other) => other.copy.madeAt.getTime() - one.copy.madeAt.getTime()))
      if (statSync(join(copyTo, each.file_name), { throwIfNoEntry: false })?.size !== each.bytes) {
        await copyAcross(join(dir, each.file_name), copyTo, each.sha256);
        tell({ what: 'copied', name: each.file_name });
      }
    const copies = filesIn(copyTo).flatMap((name) => copyOf(name) ?? []);
    for (const hasFaults of [true, false])
      for (const { name } of superfluous(
        copies.filter((copy) => copy.hasFaults === hasFaults),
        keep,
      ))
        rmSync(join(copyTo, name), { force: true });
    tell({ what: 'copying', said: null });
  } catch (error) {
    tell({ what: 'copying', said: (error as Error).message });
  }
}

/** Copies that were brought there before each installation had its folder: only what is byte for byte of this one. */
async function moveIntoOwn(share: string, own: string, there: There[]) {
  for (const { file_name, bytes, sha256 } of there) {
    const file = join(share, file_name);
    if (statSync(file, { throwIfNoEntry: false })?.size !== bytes || existsSync(join(own, file_name))) continue;
    if ((await readableSum(file)) === sha256) takeName(file, join(own, file_name));
  }
}

/** @throws Error when what arrives is not what was made */
async function copyAcross(file: string, folder: string, sha256: string | null) {
  const name = basename(file);
  const unfinished = join(folder, `.${name}.unfinished`);
  try {
    await copyFile(file, unfinished);
    if ((await sumOf(unfinished)).sha256 !== sha256) throw new Error(`${name} did not arrive whole in ${folder}.`);
    rmSync(join(folder, name), { force: true }); // one of another size is what was left of it
    takeName(unfinished, join(folder, name));
  } finally {
    rmSync(unfinished, { force: true });
  }
}
