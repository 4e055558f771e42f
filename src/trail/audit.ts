import { sql } from 'kysely';
import { type Act, actName } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import type { Sop } from '../sop/index.ts';
import type { AuditAction } from '../texts.ts';

/** The thing that a change is about, named as it was at that moment. */
export type Item = { type: ItemType; id: number; name: string; agencyId: number | null };

export type ItemType =
  | 'access_code_request'
  | 'access_code'
  | 'account_request'
  | 'mailbox'
  | 'group'
  | 'ticket'
  | 'contact'
  | 'transfer'
  | 'second_account'
  | 'holiday'
  | 'weekend'
  | 'user'
  | 'agency'
  | 'setting'
  | 'outbox'
  | 'record'
  | 'audit'
  | 'monthly_report'
  | 'bulk_run'
  | 'database';

type Facts = Record<string, unknown>;

export type AuditEntry = {
  action: AuditAction;
  item: Item;
  sop?: Sop;
  before?: Facts;
  after?: Facts;
};

const NEVER = /password|hash|salt|secret|token|^(access_)?code$/;

/**
 * Writes one row of the audit trail, sealed with the row before it (HMAC-SHA-256, key outside the database).
 * @throws Error when a secret is among the facts
 */
export async function audit(act: Act, entry: AuditEntry) {
  const { before, after } = onlyChanges(entry.before, entry.after);
  refuseSecrets(before);
  refuseSecrets(after);
  const row = {
    at: act.now.toISOString(),
    act: actName(act.actor),
    actor_user_id: act.actor.userId,
    actor_name: act.actor.name,
    actor_role: act.actor.role,
    address: act.actor.address,
    agency_id: entry.item.agencyId,
    action: entry.action,
    sop: entry.sop ?? null,
    item_type: entry.item.type,
    item_id: entry.item.id,
    item_name: entry.item.name,
    before: before === undefined ? null : JSON.stringify(before),
    after: after === undefined ? null : JSON.stringify(after),
  };
  const hash = sql<string>`audit_hash(coalesce((select hash from audit order by id desc limit 1), ''), ${sealedText(row)})`;
  await act.trx
    .insertInto('audit')
    .values({ ...row, hash })
    .execute();
}

/** Also looks into facts that hold facts. */
function refuseSecrets(facts: unknown) {
  if (typeof facts !== 'object' || facts === null) return;
  for (const [name, value] of Object.entries(facts)) {
    if (NEVER.test(name)) throw new Error(`${name} must not be written to the audit trail`);
    refuseSecrets(value);
  }
}

/** Of two states, what differs; of one, all of it. */
function onlyChanges(before?: Facts, after?: Facts) {
  if (before === undefined || after === undefined) return { before, after };
  const names = Object.keys({ ...before, ...after }).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const pick = (facts: Facts) => Object.fromEntries(names.map((name) => [name, facts[name] ?? null]));
  return { before: pick(before), after: pick(after) };
}

type SealedRow = Omit<Row<'audit'>, 'id' | 'hash'>;

function sealedText(row: SealedRow) {
  return JSON.stringify([
    row.at,
    row.act,
    row.actor_user_id,
    row.actor_name,
    row.actor_role,
    row.address,
    row.agency_id,
    row.action,
    row.sop,
    row.item_type,
    row.item_id,
    row.item_name,
    row.before,
    row.after,
  ]);
}

export type AuditHead = { id: number; hash: string };

/** The newest row's number and seal, or undefined when there is none yet. */
export async function auditHead(db: Db | Trx): Promise<AuditHead | undefined> {
  return db.selectFrom('audit').select(['id', 'hash']).orderBy('id', 'desc').limit(1).executeTakeFirst();
}

/** Rows of a chain that are missing or not as they were written, from one number to another. */
export type BadRows = { from: number; to: number };

/**
 * Walks the whole chain. The row after one that was taken out, or whose seal was changed, cannot be told any more: it counts as bad.
 * @param head what was the newest row at some earlier time; if it is gone, the end of the trail was cut off
 * @returns which rows are not as they were written, and how many there are
 */
export async function badAuditRows(db: Db, head: AuditHead | undefined): Promise<{ bad: BadRows[]; rows: number }> {
  const bad: BadRows[] = [];
  let [previous, last, count] = ['', 0, 0];
  for (;;) {
    const rows = await db.selectFrom('audit').selectAll().where('id', '>', last).orderBy('id').limit(1000).execute();
    const seals = await sealsOf(db, previous, rows);
    for (const [index, row] of rows.entries()) {
      const isHeadReplaced = head?.id === row.id && head.hash !== row.hash;
      if (row.id !== last + 1) addBad(bad, last + 1, row.id - 1);
      if (seals[index] !== row.hash || isHeadReplaced) addBad(bad, row.id, row.id);
      previous = row.hash;
      last = row.id;
    }
    count += rows.length;
    if (rows.length > 0) continue;
    if (head !== undefined && head.id > last) addBad(bad, last + 1, head.id);
    return { bad, rows: count };
  }
}

/** Adds rows at the end; what follows on the ones before is one with them. */
export function addBad(bad: BadRows[], from: number, to: number) {
  const before = bad.at(-1);
  if (before?.to === from - 1) before.to = to;
  else bad.push({ from, to });
}

/** The number of the first row that is not as it was written, or null. */
export async function firstBadAuditRow(db: Db, head: AuditHead | undefined): Promise<number | null> {
  const { bad } = await badAuditRows(db, head);
  return bad[0]?.from ?? null;
}

/** The number of the newest row, and whether it was sealed with the present key; undefined when there is none. */
export async function newestAuditSeal(db: Db): Promise<{ id: number; isSealed: boolean } | undefined> {
  const [row, before] = await db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(2).execute();
  if (row === undefined) return undefined;
  const [seal] = await sealsOf(db, before?.hash ?? '', [row]);
  return { id: row.id, isSealed: seal === row.hash };
}

/** What the seals of some rows in a row must be: one question for all of them, since the key is known to the connection alone. */
async function sealsOf(db: Db, previous: string, rows: Row<'audit'>[]) {
  const sealed = rows.map((row, index) => [rows[index - 1]?.hash ?? previous, sealedText(row)]);
  const { rows: seals } = await sql<{ hash: string }>`
    select audit_hash(value ->> 0, value ->> 1) as hash from json_each(${JSON.stringify(sealed)}) order by key
  `.execute(db);
  return seals.map((seal) => seal.hash);
}

/** Everything that was done to an item, oldest first. */
export async function historyOf(db: Db, item: { type: ItemType; id: number }) {
  return db
    .selectFrom('audit')
    .selectAll()
    .where('item_type', '=', item.type)
    .where('item_id', '=', item.id)
    .orderBy('id')
    .execute();
}
