import type { Db, Sqlite, Trx } from './database.ts';

/** What was read since the database last changed. */
type Kept = { hasChanged(): boolean; values: Map<string, unknown> };

const keepers = new WeakMap<object, Kept>();
/** Many people may read for a long time before anybody writes: then it begins anew. */
const MOST = 10_000;

/** Lets `whileUnchanged` know how to tell that a database has changed. */
export function watchChanges(db: Db, sqlite: Sqlite.Database) {
  const byOthers = sqlite.prepare<[], number>('pragma data_version').pluck();
  const byUs = sqlite.prepare<[], number>('select total_changes()').pluck();
  let last: { others?: number; us?: number } = {};
  let others: number | undefined;
  const hasChanged = () => {
    if (others === undefined) {
      // other processes are looked for once in a turn of the event loop, in which a request asks several times
      others = byOthers.get();
      setImmediate(() => {
        others = undefined;
      });
    }
    const us = byUs.get();
    const changed = others !== last.others || us !== last.us;
    last = { others, us };
    return changed;
  };
  keepers.set(db, { hasChanged, values: new Map() });
}

/**
 * Reads once what every page asks, and anew after anything in the database was written, by this process or another: what
 * comes back is always what the database holds. Inside a transaction everything is read.
 * @param name says what is read, and for whom
 * @param read must depend on the database alone, not on the time
 */
export async function whileUnchanged<T>(db: Db | Trx, name: string, read: () => Promise<T>): Promise<T> {
  const kept = keepers.get(db);
  if (kept === undefined) return read();
  if (kept.hasChanged() || kept.values.size >= MOST) kept.values = new Map();
  const { values } = kept;
  if (values.has(name)) return values.get(name) as T;
  const value = await read();
  values.set(name, value); // of the state that this map belongs to, or of a newer one, which the next question tells
  return value;
}
