import { sql } from 'kysely';
import type { AuditAction } from '../texts.ts';
import type { Actor } from './actor.ts';
import { actName } from './change.ts';
import type { Db, Trx } from './database.ts';
import type { Row } from './schema.ts';

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
  /** The procedure's number, as in `procedures.ts`. */
  sop?: string;
  before?: Facts;
  after?: Facts;
};

const NEVER = /password|hash|salt|secret|token|^(access_)?code$/;

/**
 * Writes one row of the audit trail, sealed with the row before it (HMAC-SHA-256, key outside the database).
 * @throws Error when a secret is among the facts
 */
export async function record(trx: Trx, actor: Actor, entry: AuditEntry, now: Date) {
  const { before, after } = onlyChanges(entry.before, entry.after);
  refuseSecrets(before);
  refuseSecrets(after);
  const row = {
    at: now.toISOString(),
    act: actName(actor),
    actor_user_id: actor.userId,
    actor_name: actor.name,
    actor_role: actor.role,
    address: actor.address,
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
  await trx
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

/**
 * Walks the whole chain.
 * @param head what was the newest row at some earlier time; if it is gone, the end of the trail was cut off
 * @returns the number of the first row that is not as it was written, or null
 */
export async function firstBadAuditRow(db: Db, head: AuditHead | undefined): Promise<number | null> {
  let previous = '';
  let last = 0;
  for (;;) {
    const rows = await db.selectFrom('audit').selectAll().where('id', '>', last).orderBy('id').limit(1000).execute();
    const seals = await sealsOf(db, previous, rows);
    for (const [index, row] of rows.entries()) {
      if (row.id !== last + 1) return last + 1;
      if (seals[index] !== row.hash) return row.id;
      if (head?.id === row.id && head.hash !== row.hash) return row.id;
      previous = row.hash;
      last = row.id;
    }
    if (rows.length === 0) return head !== undefined && head.id > last ? last + 1 : null;
  }
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
