import { sql } from 'kysely';
import type { Environment } from '../mailbox-life/termination.ts';
import { type Actor, SYSTEM } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { type Db, isDiskTrouble, type Trx } from '../platform/database.ts';
import { NotFound, RuleBroken } from '../platform/errors.ts';
import { InvalidForm } from '../platform/form.ts';
import type { Clock } from '../platform/time.ts';
import { endRun, runItem } from './bulk-run.ts';
import type { Applied, Kind, Said } from './kind.ts';
import type { BulkRow, Run } from './queries.ts';

/** One transaction takes so many rows at most, and no longer than this: other pages wait no longer than that. */
export const MOST_AT_ONCE = 50;
export const LONGEST = 40;
export type House = { db: Db; environment: Environment; clock: Clock };
export type Failures = unknown[];

/** The person for whom a run works, with the rights of this moment; null when that is no administrator of the agency any more. */
export async function actorFor(trx: Trx, run: Run): Promise<Actor | null> {
  const user = await trx
    .selectFrom('user')
    .select(['id', 'full_name', 'email'])
    .where('id', '=', run.confirmed_by ?? run.created_by)
    .where('role', '=', 'admin')
    .where('status', '=', 'active')
    .where('agency_id', '=', run.agency_id)
    .executeTakeFirst();
  if (user === undefined) return null;
  return {
    role: 'admin',
    userId: user.id,
    accessCodeId: null,
    agencyId: run.agency_id,
    name: user.full_name,
    email: user.email,
    address: run.confirmed_from,
    act: run.act,
  };
}

/** The run, if it is in one of these states. */
export async function runInState(trx: Trx, id: number, states: Run['state'][]): Promise<Run | undefined> {
  return trx.selectFrom('bulk_run').selectAll().where('id', '=', id).where('state', 'in', states).executeTakeFirst();
}

/** In the order of the file; what is taken back, the other way round. */
export async function nextRows(trx: Trx, run: Run, state: 'unchecked' | 'waiting'): Promise<BulkRow[]> {
  return trx
    .selectFrom('bulk_row')
    .selectAll()
    .where('run_id', '=', run.id)
    .where('state', '=', state)
    .orderBy('line', run.undo_of === null ? 'asc' : 'desc')
    .limit(MOST_AT_ONCE)
    .execute();
}

/** Whoever gave the order may not any more: nothing further is done in that name. */
export async function stop(trx: Trx, run: Run, now: Date) {
  await endRun(trx, run, 'stopped', now);
  const after = { state: 'stopped', done: run.done };
  await record(trx, SYSTEM, { action: 'bulk.stopped', item: runItem(run), before: { state: run.state }, after }, now);
}

/** What a row came to: what was done, or why not. */
export type Outcome = { applied: Applied } | { refused: Said[] };

/** Does something for one row; what is refused leaves nothing behind and keeps no other row from being done. */
export async function alone(trx: Trx, kind: Kind, failures: Failures, work: () => Promise<Applied>): Promise<Outcome> {
  await sql`savepoint bulk_row`.execute(trx);
  try {
    const applied = await work();
    await sql`release bulk_row`.execute(trx);
    return { applied };
  } catch (error) {
    if (isDiskTrouble(error)) throw error;
    await sql`rollback to bulk_row`.execute(trx);
    await sql`release bulk_row`.execute(trx);
    return { refused: whyNot(kind, error, failures) };
  }
}

/** A refusal in words, beside the column that it is about; what nobody foresaw is reported, too. */
function whyNot(kind: Kind, error: unknown, failures: Failures): Said[] {
  const column = (name: string | null) => (name !== null && name in kind.form.fields ? { column: name } : {});
  if (error instanceof InvalidForm)
    return Object.entries(error.problems).map(([name, problem]) => ({ ...problem, ...column(name) }));
  if (error instanceof RuleBroken) return [{ key: error.key, params: error.params, ...column(error.field) }];
  if (error instanceof NotFound) return [{ key: 'bulk.notFound' }];
  failures.push(error);
  return [{ key: 'bulk.unexpected' }];
}
