import type { Actor } from '../base/actor.ts';
import { later, MINUTE } from '../base/time.ts';
import { type Act, actName } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import type { Sop } from '../sop/index.ts';
import type { AuditAction } from '../texts.ts';
import { addSealed } from './chain.ts';
import type { Item, ItemType } from './items.ts';

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
 * Writes one row of the audit trail, sealed with the row before it.
 * @throws Error when a secret is among the facts
 */
export async function audit(act: Act, entry: AuditEntry) {
  await addSealed(act.trx, 'audit', auditRow(act, entry));
}

/** What the audit trail says of an act, but for its number and seal. @throws Error when a secret is among the facts */
export function auditRow({ actor, now }: Pick<Act, 'actor' | 'now'>, entry: AuditEntry) {
  const { before, after } = onlyChanges(entry.before, entry.after);
  refuseSecrets(before);
  refuseSecrets(after);
  return {
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

/** As long as it may take to go from step to step. */
const IN_HAND = 15 * MINUTE;

/** What the actor has done to an item just now, oldest first: the case in hand. What is older, or another's, is another case. */
export async function actsInHand(db: Db, actor: Actor, item: { type: ItemType; id: number }, now: Date) {
  return rowsOf(db, item)
    .where('actor_user_id', '=', actor.userId)
    .where('at', '>=', later(now, -IN_HAND).toISOString())
    .execute();
}

/** Of some acts, did the last one mail nobody? No, where it does not say whom it mailed. */
export function mailedNobody(rows: Row<'audit'>[], ...actions: AuditAction[]) {
  const last = rows.findLast((row) => actions.some((action) => action === row.action));
  const { mailed } = JSON.parse(last?.after ?? '{}') as { mailed?: string[] };
  return mailed?.length === 0;
}

/** Everything that was done to an item, oldest first. */
export async function historyOf(db: Db, item: { type: ItemType; id: number }) {
  return rowsOf(db, item).execute();
}

function rowsOf(db: Db, { type, id }: { type: ItemType; id: number }) {
  return db.selectFrom('audit').selectAll().where('item_type', '=', type).where('item_id', '=', id).orderBy('id');
}
