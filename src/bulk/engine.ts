import { sql } from 'kysely';
import { type Actor, asPerson, SYSTEM } from '../base/actor.ts';
import { NotFound, RuleBroken } from '../base/errors.ts';
import type { Clock } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import { type Db, isDiskTrouble, type Trx } from '../data/database.ts';
import { InvalidForm } from '../forms/form.ts';
import { audit } from '../trail/audit.ts';
import { bulkRunItem } from '../trail/items.ts';
import { endRun } from './bulk-run.ts';
import type { Applied, BulkAct, Kind, Message } from './kind.ts';
import type { BulkRow, Run } from './queries.ts';

/** No batch begins in a transaction that has taken so long: other pages wait no longer than for one transaction. */
const LONGEST = 20;
/** A batch of many rows takes longer than all that may have gone before it. */
const LONGEST_BEFORE_MANY = 10;
/** What the worker hands to each transaction. */
export type Context = { db: Db; settings: Act['settings']; clock: Clock };
export type Failures = unknown[];

/** Is it time to end a transaction that began then? */
export function isTimeUp(kind: Kind, begun: number): boolean {
  return performance.now() - begun > (kind.batched === undefined ? LONGEST : LONGEST_BEFORE_MANY);
}

/** The person for whom a run works, with the rights of this moment; null when that is no administrator of the agency any more. */
export async function actorFor(trx: Trx, run: Run): Promise<Actor | null> {
  const user = await trx
    .selectFrom('user')
    .selectAll()
    .where('id', '=', run.confirmed_by ?? run.created_by)
    .where('role', '=', 'admin')
    .where('status', '=', 'active')
    .where('agency_id', '=', run.agency_id)
    .executeTakeFirst();
  return user === undefined ? null : asPerson({ ...SYSTEM, address: run.confirmed_from, act: run.act }, user);
}

/** What was given once for all rows of a run. */
export function givenFor({ reason, verified_with, verification_note }: Run): Pick<BulkAct, 'reason' | 'verification'> {
  return { reason, verification: verified_with === null ? null : { verified_with, verification_note } };
}

/** The run, if it is in one of these states and has its rows. */
export async function runInState(trx: Trx, id: number, states: Run['state'][]): Promise<Run | undefined> {
  return trx
    .selectFrom('bulk_run')
    .selectAll()
    .where('id', '=', id)
    .where('state', 'in', states)
    .where('owed', 'is', null)
    .executeTakeFirst();
}

/** Whoever gave the order may not any more: nothing further is done in that name. */
export async function stop(act: Act, run: Run) {
  await endRun(act.trx, run, 'stopped', act.now);
  const after = { state: 'stopped', done: run.done };
  await audit(
    { ...act, actor: SYSTEM },
    { action: 'bulk.stopped', item: bulkRunItem(run), before: { state: run.state }, after },
  );
}

/** What a row came to: what was done, or why not. */
export type Outcome = { applied: Applied } | { refused: Message[] };
export type RowResult = { row: BulkRow; outcome: Outcome };

/**
 * Does something for the rows of each batch as one act. What is refused is tried again in halves, so that in the end only
 * those rows fail that are refused by themselves: one bad row among hundreds costs its neighbours nothing.
 * @param work is undone when it throws
 */
export async function* applyBatches(
  trx: Trx,
  kind: Kind,
  failures: Failures,
  batches: AsyncIterable<BulkRow[]>,
  work: (rows: BulkRow[]) => Promise<Applied[]>,
): AsyncGenerator<RowResult[]> {
  for await (const batch of batches) {
    const open = [batch];
    for (let rows = open.pop(); rows !== undefined; rows = open.pop()) {
      const tried = await undoneIfRefused(trx, work, rows);
      const middle = rows.length >> 1;
      if (tried.applied) yield rows.map((row, at) => ({ row, outcome: { applied: tried.applied[at] as Applied } }));
      else if (middle > 0) open.push(rows.slice(middle), rows.slice(0, middle));
      else yield rows.map((row) => ({ row, outcome: { refused: whyNot(kind, tried.error, failures) } }));
    }
  }
}

async function undoneIfRefused(trx: Trx, work: (rows: BulkRow[]) => Promise<Applied[]>, rows: BulkRow[]) {
  await sql`savepoint bulk_act`.execute(trx);
  try {
    const applied = await work(rows);
    await sql`release bulk_act`.execute(trx);
    return { applied };
  } catch (error) {
    if (isDiskTrouble(error)) throw error;
    await sql`rollback to bulk_act`.execute(trx);
    await sql`release bulk_act`.execute(trx);
    return { error };
  }
}

/** A refusal in words, beside the column that it is about; what nobody foresaw is reported, too. */
function whyNot(kind: Kind, error: unknown, failures: Failures): Message[] {
  const column = (name: string | null) =>
    name !== null && Object.hasOwn(kind.form.fields, name) ? { column: name } : {};
  if (error instanceof InvalidForm)
    return Object.entries(error.problems).map(([name, problem]) => ({ ...problem, ...column(name) }));
  if (error instanceof RuleBroken) return [{ key: error.key, params: error.params, ...column(error.field) }];
  if (error instanceof NotFound) return [{ key: 'bulk.notFound' }];
  failures.push(error);
  return [{ key: 'bulk.unexpected' }];
}
