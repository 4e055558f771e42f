import { sql } from 'kysely';
import { SYSTEM } from '../base/actor.ts';
import { RuleBroken } from '../base/errors.ts';
import { inAct } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { batchesOf } from './batches.ts';
import { endRun } from './bulk-run.ts';
import {
  actorFor,
  applyBatches,
  type Context,
  type Failures,
  givenFor,
  isTimeUp,
  type RowResult,
  runInState,
  stop,
} from './engine.ts';
import type { Applied, BulkAct, Kind } from './kind.ts';
import { kindOf } from './kinds.ts';
import type { BulkRow, Run } from './queries.ts';
import { readTyped } from './rows.ts';

/** Carries the next rows of a run out, each result in the transaction of its effect. Returns how many. */
export async function carryOutRows({ db, settings, clock }: Context, id: number, failures: Failures): Promise<number> {
  const now = clock();
  return inAct(db, { actor: SYSTEM, now, settings }, async (act) => {
    const run = await runInState(act.trx, id, ['confirmed', 'running']);
    if (run === undefined) return 0;
    const actor = await actorFor(act.trx, run);
    if (actor === null) {
      await stop(act, run);
      return 0;
    }
    const kind = kindOf(run.kind);
    const bulkAct = { ...act, actor, ...givenFor(run) };
    const work = (rows: BulkRow[]) =>
      run.undo_of === null ? applyRows(bulkAct, kind, rows) : takeBack(bulkAct, kind, run, rows);
    const handled: RowResult[] = [];
    const begun = performance.now();
    let isOver = true;
    for await (const results of applyBatches(act.trx, kind, failures, batchesOf(act.trx, run, kind, 'waiting'), work)) {
      handled.push(...results);
      isOver = !isTimeUp(kind, begun);
      if (!isOver) break;
    }
    await keep(act.trx, run, handled);
    if (isOver) await endRun(act.trx, run, 'done', now);
    return handled.length;
  });
}

/** Does what rows ask for, as one act. @throws as the verb does */
export async function applyRows(act: BulkAct, kind: Kind, rows: BulkRow[]): Promise<Applied[]> {
  const values = rows.map((row) => readTyped(kind, JSON.parse(row.input)));
  if (kind.batched && values.length > 1) return kind.batched.apply(act, values);
  return Promise.all(values.map((each) => kind.apply(act, each)));
}

async function takeBack(act: BulkAct, kind: Kind, run: Run, rows: BulkRow[]): Promise<Applied[]> {
  if (kind.undo === null) throw new RuleBroken(kind.undoText);
  const befores = rows.map((row) => JSON.parse(row.before ?? 'null') as never);
  const id = rows[0]?.item_id ?? 0;
  const message =
    kind.batched && rows.length > 1
      ? await kind.batched.undo(act, { id }, befores)
      : await kind.undo(act, { id }, befores[0] as never);
  return rows.map(({ item_type, label }) => {
    const type = item_type as Applied['item']['type'];
    return { item: { type, id, name: label, agencyId: run.agency_id }, message, before: null };
  });
}

/** Writes what rows came to, all at once; what was typed in them is needed no more. */
async function keep(trx: Trx, run: Run, handled: RowResult[]) {
  const done = handled.filter(({ outcome }) => 'applied' in outcome);
  await sql`
    update bulk_row set state = each.value ->> 'state', same = each.value ->> 'same', said = each.value ->> 'said',
      item_type = each.value ->> 'item_type', item_id = each.value ->> 'item_id', before = each.value ->> 'before',
      input = '{}'
    from json_each(${JSON.stringify(handled.map(resultOf))}) as each where bulk_row.id = each.value ->> 'id'`.execute(
    trx,
  );
  if (run.undo_of !== null)
    await sql`
      update bulk_row set state = 'undone'
      where id in (select value from json_each(${JSON.stringify(done.map(({ row }) => row.undoes))}))`.execute(trx);
  await trx
    .updateTable('bulk_run')
    .set((eb) => ({
      state: 'running',
      done: eb('done', '+', done.length),
      failed: eb('failed', '+', handled.length - done.length),
    }))
    .where('id', '=', run.id)
    .execute();
}

function resultOf({ row: { id, item_type, item_id, before }, outcome }: RowResult) {
  if ('refused' in outcome)
    return { id, state: 'failed', same: 0, said: JSON.stringify(outcome.refused), item_type, item_id, before };
  const { item, message, same, before: known } = outcome.applied;
  return {
    id,
    state: 'done',
    same: Number(same ?? false),
    said: JSON.stringify([message]),
    item_type: item.type,
    item_id: item.id,
    before: known === null ? null : JSON.stringify(known),
  };
}
