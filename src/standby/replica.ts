import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const GENERATION = /^[0-9a-f]{16}$/;
const SEGMENT = /^[0-9a-f]{8}_[0-9a-f]{8}\.wal\.lz4$/;
const TRANSACTIONS = /^[0-9a-f]{16}-([0-9a-f]{16})\.ltx$/;

/**
 * When what reaches furthest in a replica of Litestream was written there; null where there is none. What it lies beside, or is
 * not finished, does not count. One thing is asked after the other: a share that does not answer keeps one thread, and no more.
 * @param folder the replica's own: `generations` (Litestream 0.3) or `ltx` (from 0.5 on) is in it
 * @throws Error when the folder cannot be read
 */
export async function newestOfReplica(folder: string): Promise<Date | null> {
  const inside = await readdir(folder);
  const segment = inside.includes('generations') ? await newestSegment(join(folder, 'generations')) : [];
  const transactions = inside.includes('ltx') ? await newestTransactions(join(folder, 'ltx')) : [];
  const dates = [...segment, ...transactions];
  return dates.length === 0 ? null : new Date(Math.max(...dates));
}

/**
 * Names count upwards: the last one of each folder is looked at alone, though there are thousands. A snapshot without its log is
 * no copy: it is the file as it lay there while it was written to, and was found damaged.
 */
async function newestSegment(generations: string) {
  const dates: number[] = [];
  for (const generation of await namesIn(generations)) {
    if (!GENERATION.test(generation)) continue;
    const folder = join(generations, generation, 'wal');
    const last = (await namesIn(folder))
      .filter((name) => SEGMENT.test(name))
      .sort()
      .at(-1);
    if (last !== undefined) dates.push(...(await dateOf(join(folder, last))));
  }
  return dates;
}

/**
 * Files are put together again and again, and have been seen to be written anew for hours with nothing new in them: of those that
 * reach as far as any does, the oldest tells.
 */
async function newestTransactions(levels: string) {
  let furthest = '';
  let files: string[] = [];
  for (const level of await namesIn(levels))
    for (const name of await namesIn(join(levels, level))) {
      const upTo = TRANSACTIONS.exec(name)?.[1] ?? '';
      if (upTo > furthest) [furthest, files] = [upTo, []];
      if (upTo !== '' && upTo === furthest) files.push(join(levels, level, name));
    }
  const dates: number[] = [];
  for (const file of files) dates.push(...(await dateOf(file)));
  return dates.length === 0 ? [] : [Math.min(...dates)];
}

/** Litestream removes files and folders while they are looked at: such are no fault. */
function nothingWhenGone(error: NodeJS.ErrnoException) {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
  throw error;
}
const namesIn = (folder: string) => readdir(folder).catch(nothingWhenGone);
const dateOf = (file: string) => stat(file).then(({ mtimeMs }) => [mtimeMs], nothingWhenGone);
