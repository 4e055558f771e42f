import { setFlagsFromString } from 'node:v8';

/**
 * From here on V8 keeps what is old small, in every thread, and takes more time for it. As an argument of Node the same flag
 * would also leave 1 MB to what is new, whatever `--max-semi-space-size` says: most of a step of a file of all rows was then
 * taken for old, and the file took half as long again. To be called before any thread begins.
 */
export function spareMemory() {
  setFlagsFromString('--optimize-for-size');
}
