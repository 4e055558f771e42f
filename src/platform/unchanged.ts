import type { Db, Sqlite, Trx } from './database.ts';

/** What was read since the database last changed. */
type Kept = { stampNow(): string; stamp: string; values: Map<string, unknown> };

const keepers = new WeakMap<object, Kept>();
/** Many people may read for a long time before anybody writes: then it begins anew. */
const MOST = 10_000;

/** Lets `whileUnchanged` know how to tell that a database has changed. */
export function watchChanges(db: Db, sqlite: Sqlite.Database) {
  const byOthers = sqlite.prepare('pragma data_version').pluck();
  const byUs = sqlite.prepare('select total_changes()').pluck();
  keepers.set(db, { stampNow: () => `${byOthers.get()} ${byUs.get()}`, stamp: '', values: new Map() });
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
  const stamp = kept.stampNow();
  if (stamp !== kept.stamp || kept.values.size >= MOST) {
    kept.values = new Map();
    kept.stamp = stamp;
  }
  const { values } = kept;
  if (values.has(name)) return values.get(name) as T;
  const value = await read();
  values.set(name, value); // of the state that this map belongs to, or of a newer one, which the next stamp tells
  return value;
}
