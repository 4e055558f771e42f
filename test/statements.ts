import type { Sqlite } from '../src/data/database.ts';

/** A statement as the program ran it, with the values that it was given. */
export type Ran = { text: string; values: unknown[] };

/** Notes every statement that the program prepares, each time that it runs. @returns what takes the notes away to be read */
export function noteStatements(sqlite: Sqlite.Database) {
  let notes: Ran[] = [];
  const prepare = sqlite.prepare.bind(sqlite);
  sqlite.prepare = ((text: string) => {
    const statement = prepare(text);
    for (const way of ['all', 'get', 'run', 'iterate'] as const) {
      const carryOut = statement[way].bind(statement) as (...values: unknown[]) => unknown;
      Object.assign(statement, {
        [way]: (...values: unknown[]) => {
          notes.push({ text, values: values.flat() });
          return carryOut(...values);
        },
      });
    }
    return statement;
  }) as typeof sqlite.prepare;
  return () => {
    const taken = notes;
    notes = [];
    return taken;
  };
}

/** The tables that SQLite would read from end to end for a statement, with the way in which it would. */
export function scansOf(sqlite: Sqlite.Database, { text, values }: Ran) {
  if (!/^\s*(select|insert|update|delete|with)\b/i.test(text)) return [];
  const plan = sqlite.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[];
  return plan.flatMap(({ detail }) => {
    const name = /^SCAN (\S+)/.exec(detail)?.[1];
    if (name === undefined) return [];
    // a plan names a table as the statement does
    const table = new RegExp(`"(\\w+)" as "${name}"`).exec(text)?.[1] ?? name;
    return [{ table, detail }];
  });
}
