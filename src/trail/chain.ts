import { CompiledQuery, type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';

/**
 * The sealed tables. A row carries a seal (HMAC-SHA-256, key outside the database) over the seal of the row before and a text
 * that SQLite writes of what is sealed of it, in this order; the rest of a row stands beside that.
 */
const SEALED = {
  audit: [
    'at',
    'act',
    'actor_user_id',
    'actor_name',
    'actor_role',
    'address',
    'agency_id',
    'action',
    'sop',
    'item_type',
    'item_id',
    'item_name',
    'before',
    'after',
  ],
  record: [
    'id',
    'agency_id',
    'number',
    'file_reference',
    'sop',
    'title',
    'item_type',
    'item_id',
    'item_name',
    'act',
    'content',
    'filed_by_name',
    'filed_at',
  ],
};
const BESIDE = { audit: [], record: ['year', 'sequence'] };

type Sealed = keyof typeof SEALED;

/** What an audit row says of the records: the newest one that no row before it has named, with its seal. */
const NAMED_RECORD = ['record_id', 'record_hash'];

/** A number that is only on its way to its column is no integer yet. */
const inJson = (names: string[]) =>
  `json_array(${names.map((name) => (/id$/.test(name) ? `cast("${name}" as integer)` : `"${name}"`)).join(', ')})`;

/** Rows that name no record, such as all that are older than this, are sealed as they always were. */
function sealedText(table: Sealed) {
  if (table === 'record') return inJson(SEALED.record);
  return `iif(coalesce(${NAMED_RECORD.join(', ')}) is null, ${inJson(SEALED.audit)}, ${inJson([...SEALED.audit, ...NAMED_RECORD])})`;
}

/** The newest record, unless the trail has named it: what is filed after the last audit row of its act is named by the next row. */
const UNNAMED_RECORD = `(select id, hash from record where id = (select max(id) from record)
    and id > coalesce((select max(record_id) from audit where record_id > 0), 0))`;

/** Written once, since thousands of rows may go in at a time. A number that is sealed is known before: rows are never deleted. */
function insertionOf(table: Sealed) {
  const columns = [...SEALED[table], ...BESIDE[table]];
  const values = columns.map((name) =>
    name === 'id' ? `(select coalesce(max(id), 0) + 1 from ${table}) as id` : `? as "${name}"`,
  );
  const into = table === 'audit' ? [...columns, ...NAMED_RECORD] : columns;
  const unnamed =
    table === 'audit' ? `left join (select id as record_id, hash as record_hash from ${UNNAMED_RECORD}) on true` : '';
  return {
    given: columns.filter((name) => name !== 'id'),
    text: `insert into ${table} (${into.map((name) => `"${name}"`).join(', ')}, hash)
      select *, audit_hash(coalesce((select hash from ${table} where id = (select max(id) from ${table})), ''), ${sealedText(table)})
      from (select ${values.join(', ')}) ${unnamed}`,
  };
}
const INSERTION = { audit: insertionOf('audit'), record: insertionOf('record') };

type Value = string | number | null;
/** What the caller says of a row; the rest is for the database to say. */
type Given<Table extends Sealed> = Omit<Row<Table>, 'id' | 'hash' | 'record_id' | 'record_hash'>;

/** Adds a row and its seal. */
export async function addSealed<Table extends Sealed>(trx: Trx, table: Table, row: Given<Table>) {
  const { given, text } = INSERTION[table];
  const values = row as Record<string, unknown>;
  await trx.executeQuery(
    CompiledQuery.raw(
      text,
      given.map((name) => values[name]),
    ),
  );
}

/** What adds rows and their seals by the million; it stands outside of acts, and is for sample data. */
export function sealingInBulk<Table extends Sealed>(run: (sql: string, values: Value[]) => void, table: Table) {
  const { given, text } = INSERTION[table];
  return (row: Given<Table>) =>
    run(
      text,
      given.map((name) => (row as Record<string, Value>)[name] as Value),
    );
}

/**
 * Where the chains go on under another key (decision 032): the newest record of the key before, the key's fingerprint, and the
 * number of the audit row that says so. That row is the first one that the key after it has sealed.
 */
type Seam = { id: number; key: string; record: Head };

/** The seams, oldest first. One that somebody put in or changed proves nothing: the rows around it then fit no key. */
async function seamsOf(db: Db): Promise<Seam[]> {
  const rows = await db
    .selectFrom('audit')
    .select(['id', 'before', 'after'])
    .where('item_type', '=', 'database')
    .where('item_id', '=', 1)
    .where('action', '=', 'key.rotated')
    .orderBy('id')
    .execute();
  return rows.map(({ id, before, after }) => {
    const { last_record, record_seal } = JSON.parse(after ?? '{}');
    return { id, key: JSON.parse(before ?? '{}').key, record: { id: last_record, hash: record_seal } };
  });
}

/** The seal that a row must have, after the one before it: under the key that was in use when it was written. */
function sealOf(table: Sealed, seams: Seam[], previous: RawBuilder<unknown>, sealed = sealedText(table)) {
  const text = sql.raw(sealed);
  if (seams.length === 0) return sql`audit_hash(${previous}, ${text})`;
  const earlier = seams.map(
    ({ id, key, record }) =>
      sql`when id <= ${table === 'audit' ? id - 1 : record.id} then former_hash(${key}, ${previous}, ${text})`,
  );
  return sql`case ${sql.join(earlier, sql` `)} else audit_hash(${previous}, ${text}) end`;
}

/** A row's number and seal. */
export type Head = { id: number; hash: string };
/** Rows of a chain that are missing or not as they were written, from one number to another. */
export type BadRows = { from: number; to: number };

const AT_ONCE = 1000;

/**
 * The walk through a chain to its end, in stretches: each may be looked at by itself, in any order, over any connection that sees
 * what is there by now, as rows are only ever added.
 * The row after one that was taken out, or whose seal was changed, cannot be told any more: it counts as bad.
 * @param head what was the newest row at some earlier time; if it is gone, the end of the chain was cut off
 * @param from the row up to which the chain is known to be whole; not taken for true when it is another one by now
 * @returns what looks at each stretch, and what says after all of them which rows are not as they were written, and how many there are
 */
export async function walkOf(db: Db, table: Sealed, head?: Head, from?: Head) {
  const chain = sql.table(table);
  const seams = await seamsOf(db);
  const heads = [head, ...seams.map(({ record }) => (table === 'record' ? record : undefined))].filter(
    (each) => each !== undefined,
  );
  const isHead = sql.join(
    heads.map(({ id, hash }) => sql`and (id <> ${id} or hash = ${hash})`),
    sql` `,
  );
  const newest = Math.max(0, ...heads.map(({ id }) => id));
  const known = from !== undefined && (await isThere(db, table, from)) ? from : { id: 0, hash: '' };
  const found: BadRows[][] = [];

  // rows are numbered without a gap: the one before is found by its number, which takes a third less time than lag()
  const look = (at: number, last: number, end: number) => async (by: Db) => {
    const { rows } = await sql<{ id: number; before: number; sealed: number }>`
      select id, (select coalesce(max(id), 0) from ${chain} as earlier where earlier.id < outermost.id) as before, sealed from (
        select id, before_id, hash = ${sealOf(table, seams, sql`coalesce(before_hash, '')`)} ${isHead} as sealed
        from ${chain} left join (select id as before_id, hash as before_hash from ${chain}) on before_id = id - 1
        where id > ${last} and id <= ${end}) as outermost
      where (before_id is null and id <> 1) or not sealed order by id`.execute(by);
    const bad: BadRows[] = [];
    for (const { id, before, sealed } of rows) {
      if (before < id - 1) addBad(bad, before + 1, id - 1);
      if (!sealed) addBad(bad, id, id);
    }
    found[at] = bad;
  };

  const looks: ((by: Db) => Promise<void>)[] = [];
  let [last, count] = [known.id, known.id];
  for (;;) {
    const { rows } = await sql<{ end: number | null; count: number }>`
      select max(id) as "end", count(*) as count from (select id from ${chain} where id > ${last} order by id limit ${AT_ONCE})`.execute(
      db,
    );
    const [{ end, count: more } = { end: null, count: 0 }] = rows;
    if (end === null) break;
    looks.push(look(looks.length, last, end));
    [last, count] = [end, count + more];
  }

  return {
    looks,
    result(): { bad: BadRows[]; rows: number } {
      const bad: BadRows[] = [];
      for (const { from, to } of found.flat()) addBad(bad, from, to);
      if (newest > last) addBad(bad, last + 1, newest);
      return { bad, rows: count };
    },
  };
}

/** Is that very row still in its chain? */
export async function isThere(db: Db | Trx, table: Sealed, { id, hash }: Head) {
  const row = await db.selectFrom(table).select('hash').where('id', '=', id).executeTakeFirst();
  return row?.hash === hash;
}

/** Adds rows at the end; what follows on the ones before is one with them. */
function addBad(bad: BadRows[], from: number, to: number) {
  const before = bad.at(-1);
  if (before?.to === from - 1) before.to = to;
  else bad.push({ from, to });
}

/** The number of the first row that is missing or not as it was written, or null. */
export async function firstBadRow(db: Db, table: Sealed, head?: Head): Promise<number | null> {
  const { looks, result } = await walkOf(db, table, head);
  for (const look of looks) await look(db);
  return result().bad[0]?.from ?? null;
}

/**
 * Is a row that exists as it was written? Its seal must follow from it and the row before. Also asked of a database that is yet to
 * be brought up to date, whose rows name no records.
 */
export async function isSealed(db: Db, table: Sealed, id: number): Promise<boolean> {
  const { rows: naming } = await sql`select 1 from pragma_table_info(${table}) where name = 'record_id'`.execute(db);
  const text = naming.length > 0 ? sealedText(table) : inJson(SEALED[table]);
  const before = sql`coalesce(
    (select hash from ${sql.table(table)} as earlier where earlier.id < ${id} order by id desc limit 1), '')`;
  const { rows } = await sql<{ sealed: number }>`
    select hash = ${sealOf(table, await seamsOf(db), before, text)} as sealed
    from ${sql.table(table)} where id = ${id}`.execute(db);
  return rows[0]?.sealed === 1;
}

/** The newest row's number and seal, or undefined when there is none yet. */
export async function headOf(db: Db | Trx, table: Sealed): Promise<Head | undefined> {
  return db.selectFrom(table).select(['id', 'hash']).orderBy('id', 'desc').limit(1).executeTakeFirst();
}

/** The newest record that the audit trail names: if it is gone, the end of the records was cut off. */
export async function namedRecord(db: Db): Promise<Head | undefined> {
  const { rows } = await sql<Head>`
    select record_id as id, record_hash as hash from audit where record_id > 0 order by record_id desc limit 1`.execute(
    db,
  );
  return rows[0];
}
