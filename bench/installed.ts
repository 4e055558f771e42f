import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../src/base/settings.ts';
import { seedDemo } from '../src/demo/seed.ts';
import { openInstallation } from '../src/installation.ts';
import { startProgram } from './programs.ts';

export const COST = 12;

/** A data folder with the demo data, as `npm start` would find it; for other sizes, more is put in by `fill`. */
export async function makeDataFolder(fill: (folder: string) => Promise<void> = async () => {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'ipms-bench-'));
  const installation = await openInstallation(settingsFor(dataDir));
  await seedDemo(installation.db, COST, new Date());
  await installation.close();
  await fill(dataDir);
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

export function settingsFor(dataDir: string) {
  return readSettings({ IPMS_DATA_DIR: dataDir, IPMS_LOG_LEVEL: 'error', IPMS_BCRYPT_COST: String(COST) });
}

/** IPMS itself over a data folder, as `npm start` runs it. */
export function startServer(dataDir: string) {
  const environment = {
    IPMS_DATA_DIR: dataDir,
    IPMS_PORT: '0',
    IPMS_LOG_LEVEL: 'error',
    IPMS_BCRYPT_COST: String(COST),
    ...startEnvironment(),
    NODE_COMPILE_CACHE: join(import.meta.dirname, '../node_modules/.cache/ipms'),
  };
  return startProgram('src/server.ts', environment, startFlags());
}

/** What `npm start` says to Node. */
function startFlags() {
  return startWords(/node ((?:--\S+ )*)src\/server\.ts/);
}

/** What `npm start` puts into the environment. */
function startEnvironment(): Record<string, string> {
  return Object.fromEntries(startWords(/exec env ((?:\w+=\S+ )*)node /).map((word) => word.split('=')));
}

function startWords(part: RegExp): string[] {
  const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
  return part.exec(scripts.start)?.[1]?.split(' ').filter(Boolean) ?? [];
}
