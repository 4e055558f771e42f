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

/**
 * IPMS itself over a data folder, as `npm start` runs it.
 * @param settings what else the environment says
 * @param flags what Node is told besides
 */
export function startServer(dataDir: string, settings: Record<string, string> = {}, flags: string[] = []) {
  const { environment: said, node } = programOf('start');
  const environment = {
    IPMS_DATA_DIR: dataDir,
    IPMS_PORT: '0',
    IPMS_LOG_LEVEL: 'error',
    IPMS_BCRYPT_COST: String(COST),
    ...said,
    ...settings,
    NODE_COMPILE_CACHE: join(import.meta.dirname, '../node_modules/.cache/ipms'),
  };
  return startProgram('src/server.ts', environment, [...node.slice(0, -1), ...flags]);
}

/** What `npm start`, or a command, says to Node, and puts into the environment. */
export function programOf(name: 'start' | 'ipms'): { environment: Record<string, string>; node: string[] } {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../scripts/programs.json'), 'utf8'))[name];
}
