import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { chromiumPath } from './browser.ts';

const ROOT = join(import.meta.dirname, '../../node_modules');
const PACKED = join(ROOT, '@sparticuz/chromium/bin/chromium.br');
const FOLDER = join(ROOT, '.cache/ipms');

/**
 * The last Chromium of Windows 7 and 8.1, out of the package that carries it; it is unpacked once.
 * @returns `path`, or in `missing` why there is none: it needs Linux on x64, and the libraries that today's Chromium brings
 */
export function oldChromium(): { path: string; missing: false } | { path: ''; missing: string } {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { path: '', missing: 'Chromium 109 is there for Linux on x64 alone' };
  if (chromiumPath() === undefined) return { path: '', missing: 'Chromium 109 needs the libraries of a Chromium' };
  const path = join(FOLDER, 'chromium-109.0.6');
  if (!existsSync(path)) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(`${path}.${process.pid}`, brotliDecompressSync(readFileSync(PACKED)), { mode: 0o755 });
    renameSync(`${path}.${process.pid}`, path);
  }
  return { path, missing: false };
}
