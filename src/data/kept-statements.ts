import type Sqlite from 'better-sqlite3';

type Statement = Sqlite.Statement<unknown[]> & { readonly reader: boolean };

/**
 * Prepares a statement once and keeps it for the next time: most pages ask the same few questions.
 * @param most so many are kept; of more, the one that was asked longest ago goes
 */
export function keepingStatements(database: Sqlite.Database, most: number): (sql: string) => Statement {
  const statements = new Map<string, Statement>();
  return (sql) => {
    const statement = statements.get(sql) ?? (database.prepare(sql) as Statement);
    statements.delete(sql);
    statements.set(sql, statement);
    if (statements.size > most) statements.delete(statements.keys().next().value as string);
    return statement;
  };
}
