import type { RawBuilder, SelectQueryBuilder } from 'kysely';
import { sql } from 'kysely';
import { fold, wordsToFind } from '../base/folding.ts';
import type { Db } from './database.ts';

export type ListQuery = {
  q: string;
  /** The field to search: one of the listing's keys, or ALL_KEYS. */
  by: string;
  filters: Record<string, string>;
  /** Days that were typed and do not exist: as typed, by name. */
  refused: Record<string, string>;
  sort: string;
  descending: boolean;
  page: number;
  limit: number;
  offset: number;
  /** Where rows are read to the last one, step by step: what the steps know of each other. */
  whole?: Whole;
};

/**
 * @property keys of all rows in order: the first step reads them, and each step the rows of some
 * @property after where their numbers only grow: the number of the last row of the step before
 * @property upTo and of the newest row, once the first step has asked for it
 */
export type Whole = { keys?: readonly (number | string)[]; after?: number; upTo?: number };

/** One page of rows. A total that is capped, or of MOST_COUNTED, is not counted to its end. */
export type Found<Row> = { rows: Row[]; total: number; capped?: boolean };

export const ALL_KEYS = 'all';

export const MOST_COUNTED = 1000;

/**
 * One step through all rows: by their keys, and without those that are gone by now.
 * @param keysOf reads the keys of all rows in order, in one moment
 * @param rowsOf reads the rows of some keys, in their order
 */
export async function oneStep<Key extends number | string, Row>(
  whole: Whole,
  { offset, limit }: ListQuery,
  keysOf: () => Promise<readonly Key[]>,
  rowsOf: (keys: Key[]) => Promise<Row[]>,
): Promise<Found<Row>> {
  whole.keys ??= await keysOf();
  return { rows: await rowsOf(whole.keys.slice(offset, offset + limit) as Key[]), total: whole.keys.length };
}

/** What of a text is plain to `fold` but for its capitals: the database folds it by itself, in a fraction of the time. */
const isPlain = (it: RawBuilder<unknown>) =>
  sql`length(${it}) = octet_length(${it}) and ${it} not like '%  %' and ${it} not like '%\`%'`;

/** A column in the one spelling for searching. */
export function foldedColumn(column: string) {
  const it = sql.ref(column);
  return sql<string>`iif(${isPlain(it)}, lower(${it}), folded(${it}))`;
}

/**
 * Is each word of the text a part of one of the columns? Both are folded (`base/folding.ts`), and wildcards are literal.
 * @param numbers columns of digits, where a dash or space in the text is left out
 */
export function anyContains(text: string, columns: string[], numbers: string[] = []) {
  const words = eachWord(
    text,
    (word) => sql`(${sql.join([...holding(word, columns), ...asNumber(word, numbers)], sql` or `)})`,
  );
  return sql<boolean>`(${sql.join([words, ...asNumber(fold(text.toWellFormed()), numbers)], sql` or `)})`;
}

/** Is it so of each word of a text? */
export function eachWord(text: string, isSo: (word: string) => RawBuilder<unknown>) {
  const words = wordsToFind(fold(text.toWellFormed()));
  return sql<boolean>`(${sql.join(words.map(isSo), sql` and `)})`;
}

/** Of each column, is a folded word a part of it? */
export function holding(word: string, columns: string[]) {
  // LIKE makes no copy and takes half the time of instr; a pattern would end at a zero, which no plain text has, nor this sign
  const pattern = `%${word.replace(/[\\%_]/g, '\\$&').replaceAll('\0', '\ufffd')}%`;
  return columns.map((column) => {
    const it = sql.ref(column);
    return sql`iif(${isPlain(it)}, ${it} like ${pattern} escape '\\', instr(folded(${it}), ${word}) > 0)`;
  });
}

function asNumber(text: string, columns: string[]) {
  const digits = text.replace(/[\s-]/g, '');
  return /^\d+$/.test(digits) ? columns.map((column) => sql`${sql.ref(column)} like ${`%${digits}%`}`) : [];
}

/**
 * One page of a query's rows, sorted as asked, and how many there are; or one step through all of them.
 * @param tie the column that parts rows which sort alike, and names each row
 * @param nulls where rows without a value come, when it is not where SQLite puts them
 */
export async function onePage<Row>(
  db: Db,
  // biome-ignore lint/suspicious/noExplicitAny: any select of any tables will do
  found: SelectQueryBuilder<any, any, Row>,
  query: ListQuery,
  tie = 'id',
  nulls?: 'last',
): Promise<Found<Row>> {
  const way = sql.raw(`${query.descending ? 'desc' : 'asc'}${nulls ? ` nulls ${nulls}` : ''}`);
  if (query.whole)
    return oneStep(
      query.whole,
      query,
      () => keysInOrder(db, found, query.sort, way, tie),
      (keys) => rowsByKey(found, tie, keys),
    );
  const rows = await found
    .orderBy(sql`${sql.ref(query.sort)} ${way}`)
    .orderBy(sql.ref(tie))
    .limit(query.limit)
    .offset(query.offset)
    .execute();
  const isLast = rows.length < query.limit && (rows.length > 0 || query.offset === 0);
  const seen = Math.min(query.offset + rows.length, MOST_COUNTED);
  return { rows, total: isLast ? seen : await countUpTo(db, found.clearSelect().select(sql`1`.as('one'))) };
}

/** They travel as one text: a million keys are not a million objects. */
async function keysInOrder(
  db: Db,
  // biome-ignore lint/suspicious/noExplicitAny: any select of any tables will do
  found: SelectQueryBuilder<any, any, any>,
  sort: string,
  way: RawBuilder<unknown>,
  tie: string,
) {
  const column = sql.ref(sort.split('.').at(-1) ?? sort);
  const { rows } = await sql<{ keys: string }>`
    select json_group_array(row_key) as keys from (
      select row_key from (${found.select(sql.ref(tie).as('row_key'))}) order by ${column} ${way}, row_key
    )`.execute(db);
  return JSON.parse(rows[0]?.keys ?? '[]') as (number | string)[];
}

/** A query's rows of some keys, in their order, without those that are gone. @param tie the column of keys */
export async function rowsByKey<Row>(
  // biome-ignore lint/suspicious/noExplicitAny: any select of any tables will do
  found: SelectQueryBuilder<any, any, Row>,
  tie: string,
  keys: (number | string)[],
) {
  const rows = await found
    .select(sql<number | string>`${sql.ref(tie)}`.as('row_key'))
    .where(sql<boolean>`${sql.ref(tie)} in (select value from json_each(${JSON.stringify(keys)}))`)
    .execute();
  const byKey = new Map<number | string, Row>(rows.map((row) => [row.row_key, row as Row]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}

/** How many rows a query has, counted no further than a list needs. */
// biome-ignore lint/suspicious/noExplicitAny: any select will do
export async function countUpTo(db: Db, query: any): Promise<number> {
  const { total } = await db
    .selectFrom(query.limit(MOST_COUNTED).as('found'))
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
}
