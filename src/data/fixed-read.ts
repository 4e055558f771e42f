import type { Compilable, CompiledQuery } from 'kysely';
import type { Db, Trx } from './database.ts';

/** Stands for a value that is not known yet while a statement is put together. */
class Place {
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
}

/**
 * A read that every page of a kind makes, always of one form: Kysely puts it together once, which takes longer than SQLite's
 * answer.
 * @param build the statement for its values, which it must only compare with, never look at
 * @returns what reads the rows for real values
 */
export function fixedRows<Values extends unknown[], Found>(
  build: (db: Db | Trx, ...values: Values) => Compilable<Found>,
) {
  let built: CompiledQuery<Found> | undefined;
  return async (db: Db | Trx, ...values: Values): Promise<Found[]> => {
    built ??= build(db, ...(values.map((_value, index) => new Place(index)) as unknown as Values)).compile();
    const parameters = built.parameters.map((each) => (each instanceof Place ? values[each.index] : each));
    return (await db.executeQuery<Found>({ ...built, parameters })).rows;
  };
}

/** The same, of which the first row is wanted. */
export function fixedRead<Values extends unknown[], Found>(
  build: (db: Db | Trx, ...values: Values) => Compilable<Found>,
) {
  const rows = fixedRows(build);
  return async (db: Db | Trx, ...values: Values): Promise<Found | undefined> => (await rows(db, ...values))[0];
}
