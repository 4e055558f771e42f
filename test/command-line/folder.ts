import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Test } from 'tap';
import { NO_ROW, writeAuditHead } from '../../src/audit-head.ts';
import { databaseFile, makeKey } from '../../src/installation.ts';
import { demoDatabase, emptyDatabase } from '../demo-database.ts';
import { SECRET, START, secrets } from '../helper.ts';

/** The same as in package.json: processes start sooner. */
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/ipms');
const SOURCE = join(import.meta.dirname, '../../src');

/** A data folder of its own, gone with the test. */
export function dataFolder(t: Test) {
  const folder = mkdtempSync(join(tmpdir(), 'ipms-test-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A data folder with the demo data as of `START`, as `seed --demo` leaves it: that takes two seconds, this none. */
export async function demoFolder(t: Test) {
  const folder = dataFolder(t);
  const secretFile = `${folder}/secret.key`;
  writeFileSync(secretFile, `${SECRET.toString('base64url')}\n`, { mode: 0o600 });
  writeAuditHead(secretFile, NO_ROW);
  writeFileSync(databaseFile(folder), await demoDatabase(secrets.audit, START), { mode: 0o600 });
  return folder;
}

/** A data folder as a first start leaves it, with a key of its own and nobody in it: that takes a second, this none. */
export async function startedFolder(t: Test) {
  const folder = dataFolder(t);
  const [file, secretFile] = [databaseFile(folder), `${folder}/secret.key`];
  makeKey(secretFile);
  writeAuditHead(secretFile, NO_ROW);
  writeFileSync(file, await emptyDatabase(), { mode: 0o600 });
  writeFileSync(`${folder}/installed`, `${new Date().toISOString()}\n`);
  const sqlite = new Sqlite(file);
  // a migration throws the dice for this name, which no two installations have
  sqlite.exec("update backup_work set folder = 'ipms-' || lower(hex(randomblob(6)))");
  sqlite.close();
  return folder;
}

/** The settings of an installation in that folder, and no others, whatever the tests are started with. */
export function environmentOf(folder: string, more: Record<string, string> = {}) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(IPMS_|NODE_OPTIONS|TAP|_TAP)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    IPMS_DATA_DIR: folder,
    IPMS_BCRYPT_COST: '10',
    IPMS_PORT: '0',
    NODE_COMPILE_CACHE: CACHE,
    ...more,
  };
}

/** Runs `npm run ipms -- …` as a process of its own. */
export async function ipms(folder: string, args: string[], input = '', more: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(SOURCE, 'cli.ts'), ...args], { env: environmentOf(folder, more) });
  const [out, err] = [textOf(child.stdout), textOf(child.stderr)];
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out: out(), err: err() };
}

/** Starts the server or the demo as a process of its own; it is ended with the test. */
export function start(t: Test, program: 'server' | 'demo', env: Record<string, string | undefined>) {
  const child = spawn(process.execPath, [join(SOURCE, `${program}.ts`)], { env });
  const [out, err] = [textOf(child.stdout), textOf(child.stderr)];
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  t.teardown(() => void child.kill('SIGKILL'));
  const said = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(out());
        if (found) resolve(found[1] ?? found[0]);
      };
      child.stdout.on('data', look);
      child.on('close', () => reject(new Error(`ended without saying ${pattern}: ${err()}`)));
      look();
    });
  return { said, ended, out, err, stop: (signal: NodeJS.Signals) => child.kill(signal) };
}

function textOf(stream: NodeJS.ReadableStream) {
  let text = '';
  stream.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return () => text;
}
