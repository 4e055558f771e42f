import type { Database } from 'better-sqlite3';
import { migrate, openSqlite, queryBuilder } from '../../data/database.ts';

type Made = { type: string; name: string; sql: string };

// What SQLite makes by itself has no text; its own tables of statistics come and go.
const MADE =
  "select type, name, sql from sqlite_schema where sql is not null and name not like 'sqlite\\_%' escape '\\'";

let made: Promise<Made[]> | undefined;

/** What the migrations make of an empty database; asked for once, as they take a second. */
function madeByMigrations() {
  made ??= (async () => {
    const sqlite = openSqlite(':memory:', Buffer.alloc(32));
    const db = queryBuilder(sqlite);
    try {
      await migrate(db);
      return sqlite.prepare(MADE).all() as Made[];
    } finally {
      await db.destroy();
    }
  })();
  return made;
}

/**
 * Tables, indexes, views and triggers that are not as the migrations make them: a trail that is append-only by triggers
 * is so only while they are there. A further table or index of the place's own does no harm; a further trigger changes data.
 * @returns one text each, and whether a table or view that is asked for what it holds is gone
 */
export async function schemaFaults(sqlite: Database): Promise<{ found: string[]; lacksTables: boolean }> {
  const wanted = await madeByMigrations();
  const present = sqlite.prepare(MADE).all() as Made[];
  const there = new Map(present.map(({ type, name, sql }) => [`${type} ${name}`, sql]));
  const known = new Set(wanted.map(({ type, name }) => `${type} ${name}`));
  const missing = wanted.filter(({ type, name }) => !there.has(`${type} ${name}`));
  const changed = wanted.filter(({ type, name, sql }) => (there.get(`${type} ${name}`) ?? sql) !== sql);
  const foreign = present.filter(({ type, name }) => type === 'trigger' && !known.has(`trigger ${name}`));
  return {
    found: [
      ...missing.map(({ type, name }) => `${type} of the database that is missing: ${name}`),
      ...changed.map(({ type, name }) => `${type} of the database that is not as IPMS makes it: ${name}`),
      ...foreign.map(({ name }) => `trigger of the database that is not IPMS's: ${name}`),
    ],
    lacksTables: missing.some(({ type }) => type === 'table' || type === 'view'),
  };
}
