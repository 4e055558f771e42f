import { sql } from 'kysely';
import { dayOf } from '../base/time.ts';
import { type Act, actName } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Sop } from '../sop/index.ts';
import type { TextKey } from '../texts.ts';
import { addBad, type BadRows, type Item } from './audit.ts';

/** What is sealed of a record, as a text that SQLite writes. A number that is only on its way to a column is no integer yet. */
const SEALED = sql`json_array(cast(id as integer), cast(agency_id as integer), number, file_reference, sop, title,
  item_type, cast(item_id as integer), item_name, act, content, filed_by_name, filed_at)`;

/**
 * SOP 6.0. Files the record of a case that has ended, in the transaction that ends it.
 * @param content the form as it was submitted and decided: plain facts by field name
 * @returns its number, `JC/IPMS/2026/000123`
 */
export async function fileRecord(
  act: Act,
  entry: { agencyId: number; sop: Sop; title: TextKey; item: Item; content: Record<string, unknown> },
) {
  const year = Number(dayOf(act.now).slice(0, 4));
  const { code, file_reference, sequence } = await nextNumber(act.trx, entry.agencyId, year);
  const number = `${code}/IPMS/${year}/${String(sequence).padStart(6, '0')}`;
  const row = {
    agency_id: entry.agencyId,
    year,
    sequence,
    number,
    file_reference,
    sop: entry.sop,
    title: entry.title,
    item_type: entry.item.type,
    item_id: entry.item.id,
    content: JSON.stringify(entry.content),
    filed_by_name: act.actor.name,
    filed_at: act.now.toISOString(),
    item_name: entry.item.name,
    act: actName(act.actor),
  };
  const columns = Object.keys(row).map((name) => sql.ref(name));
  // the number of the row is a part of what is sealed: it is known before, since rows are never deleted
  await sql`
    insert into record (id, ${sql.join(columns)}, hash)
    select *, audit_hash(coalesce((select hash from record order by id desc limit 1), ''), ${SEALED}) from (
      select (select coalesce(max(id), 0) + 1 from record) as id,
        ${sql.join(Object.entries(row).map(([name, value]) => sql`${value} as ${sql.ref(name)}`))})`.execute(act.trx);
  return number;
}

/** What the next record of an agency and year is called. The unique index knows the last one: it is looked up, not searched for. */
async function nextNumber(trx: Trx, agencyId: number, year: number) {
  const { rows } = await sql<{ code: string; file_reference: string; sequence: number }>`
    select code, file_reference, 1 + coalesce(
      (select sequence from record where agency_id = ${agencyId} and year = ${year} order by sequence desc limit 1), 0) as sequence
    from agency where id = ${agencyId}`.execute(trx);
  const [next] = rows;
  if (next === undefined) throw new Error(`There is no agency ${agencyId}`);
  return next;
}

/**
 * Is the record as it was filed? Its seal must follow from its content and the record before it.
 * @param id of a record that exists
 */
export async function isAsFiled(db: Db, id: number) {
  const { rows } = await sql<{ sealed: number }>`
    select hash = audit_hash(coalesce((select hash from record where id = ${id - 1}), ''), ${SEALED}) as sealed
    from record where id = ${id}`.execute(db);
  return rows[0]?.sealed === 1;
}

/** Which records are missing or not as they were filed, and how many there are. */
export async function badRecords(db: Db): Promise<{ bad: BadRows[]; rows: number }> {
  const { rows: found } = await sql<{ id: number; before: number; sealed: number }>`
    select id, before, sealed from (
      select id, lag(id, 1, 0) over (order by id) as before,
        hash = audit_hash(lag(hash, 1, '') over (order by id), ${SEALED}) as sealed from record)
    where before <> id - 1 or not sealed order by id`.execute(db);
  const bad: BadRows[] = [];
  for (const { id, before, sealed } of found) {
    if (before < id - 1) addBad(bad, before + 1, id - 1);
    if (!sealed) addBad(bad, id, id);
  }
  const { count } = await db.selectFrom('record').select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
  return { bad, rows: count };
}

/** The number of the first record that is missing or not as it was filed, or null. */
export async function firstBadRecord(db: Db): Promise<number | null> {
  const { bad } = await badRecords(db);
  return bad[0]?.from ?? null;
}

/** The number of the newest record, and whether it is as it was filed; undefined when there is none. */
export async function newestRecordSeal(db: Db): Promise<{ id: number; isSealed: boolean } | undefined> {
  const row = await db.selectFrom('record').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? undefined : { id: row.id, isSealed: await isAsFiled(db, row.id) };
}
