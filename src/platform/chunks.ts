/** SQLite binds at most 32,766 values in a statement. */
const CHUNK = 1000;

/** Some thousands of things, a thousand at a time. */
export function byChunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, index) =>
    all.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}
