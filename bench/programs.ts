import { type ChildProcess, fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job, Load } from './load.ts';

const ROOT = join(import.meta.dirname, '..');

export type Program = { port: number; pid: number; startedIn: number; stop(): Promise<void> };

/** Starts a server of this project and waits until it says that it is ready. Times are in milliseconds. */
export async function startProgram(
  file: string,
  environment: Record<string, string> = {},
  flags: string[] = [],
): Promise<Program> {
  const begun = performance.now();
  const child = spawn(process.execPath, [...flags, join(ROOT, file)], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}: ${said}`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /ready on http:\/\/127\.0\.0\.1:(\d+)\//.exec(said);
      if (found) resolve(Number(found[1]));
    });
  });
  const startedIn = performance.now() - begun;
  return { port, pid: child.pid ?? 0, startedIn, stop: () => stopped(child) };
}

function stopped(child: ChildProcess) {
  return new Promise<void>((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

/** Starts the load generator. */
export function startLoad() {
  const child = fork(join(ROOT, 'bench/load.ts'));
  return {
    run: (job: Job) =>
      new Promise<Load>((resolve, reject) => {
        const failed = (code: number | null) => reject(new Error(`the load generator ended with ${code}`));
        child.once('exit', failed);
        child.once('message', (load) => {
          child.off('exit', failed);
          resolve(load as Load);
        });
        child.send(job);
      }),
    stop: () => stopped(child),
  };
}

/** Processor time that a process has used, in milliseconds; null where the system does not say. */
export function processorTime(pid: number) {
  if (process.platform !== 'linux') return null;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  const TICK = 10;
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}

/** Resident memory in MB; null where the system does not say. */
export function residentMemory(pid: number) {
  if (process.platform !== 'linux') return null;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
