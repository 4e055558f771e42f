import { type ExecFileException, execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanScratch } from '../base/settings.ts';
import { SECOND } from '../base/time.ts';

/** What the agency's scanner says of a file; `unknown` where it said neither, and why. */
export type Verdict = { is: 'clean' } | { is: 'harmful'; said: string } | { is: 'unknown'; why: string };

const LONGEST = 30 * SECOND;
/** What scanners end with that found something: clamscan and clamdscan as well. */
const FOUND = 1;

/**
 * Has a file looked at by the scanner of the agency: a program with its arguments, and the file's name last, without a shell.
 * The file has a name of IPMS' own, in a folder that this account alone reads, and is removed after.
 */
export async function scan(
  command: readonly string[],
  dataDir: string,
  bytes: Buffer,
  longest = LONGEST,
): Promise<Verdict> {
  await mkdir(scanScratch(dataDir), { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(scanScratch(dataDir), 'file-'));
  try {
    const file = join(folder, 'attached');
    await writeFile(file, bytes, { mode: 0o600 });
    return await run([...command, file], longest);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a stop in the middle of a scan has left. */
export function emptyScanScratch(dataDir: string) {
  rmSync(scanScratch(dataDir), { recursive: true, force: true });
}

/** The environment is kept from it: that may hold passwords. */
function run([program = '', ...given]: string[], longest: number) {
  const options = { timeout: longest, killSignal: 'SIGKILL', env: {}, windowsHide: true, shell: false } as const;
  return new Promise<Verdict>((resolve) => {
    execFile(program, given, options, (error, out, err) => resolve(verdictOf(error, out, err)));
  });
}

function verdictOf(error: ExecFileException | null, out: string, err: string): Verdict {
  if (error === null) return { is: 'clean' };
  if (error.code === FOUND) return { is: 'harmful', said: shortly(out) };
  if (error.killed) return { is: 'unknown', why: 'it took too long' };
  if (typeof error.code === 'number')
    return { is: 'unknown', why: `it ended with ${error.code}: ${shortly(err || out)}` };
  return { is: 'unknown', why: shortly(error.message) };
}

const shortly = (text: string) => text.trim().slice(0, 200);
