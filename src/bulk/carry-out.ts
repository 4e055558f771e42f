import { SYSTEM } from '../platform/actor.ts';
import { change } from '../platform/change.ts';
import type { Trx } from '../platform/database.ts';
import { RuleBroken } from '../platform/errors.ts';
import { endRun } from './bulk-run.ts';
import type { Applied, Kind, Turn } from './kind.ts';
import { kindOf } from './kinds.ts';
import type { BulkRow, Run } from './queries.ts';
import { readTyped } from './rows.ts';
import {
  actorFor,
  alone,
  type Failures,
  type House,
  LONGEST,
  MOST_AT_ONCE,
  nextRows,
  type Outcome,
  runInState,
  stop,
} from './turns.ts';

/** Carries the next rows of a run out, each result in the transaction of its effect. Returns how many. */
export async function carryOutRows({ db, environment, clock }: House, id: number, failures: Failures): Promise<number> {
  const now = clock();
  return change(db, SYSTEM, now, async (trx) => {
    const run = await runInState(trx, id, ['confirmed', 'running']);
    if (run === undefined) return 0;
    const actor = await actorFor(trx, run);
    if (actor === null) {
      await stop(trx, run, now);
      return 0;
    }
    const kind = kindOf(run.kind);
    const turn = { trx, actor, environment, now, reason: run.reason };
    const rows = await nextRows(trx, run, 'waiting');
    const begun = performance.now();
    const count = { done: 0, failed: 0 };
    for (const row of rows) {
      const outcome = await alone(trx, kind, failures, () => carryOut(turn, kind, run, row));
      count['applied' in outcome ? 'done' : 'failed'] += 1;
      await keepOutcome(trx, row, outcome);
      if (performance.now() - begun > LONGEST) break;
    }
    await trx
      .updateTable('bulk_run')
      .set((eb) => ({
        state: 'running',
        done: eb('done', '+', count.done),
        failed: eb('failed', '+', count.failed),
      }))
      .where('id', '=', id)
      .execute();
    const handled = count.done + count.failed;
    if (handled === rows.length && rows.length < MOST_AT_ONCE) await endRun(trx, run, 'done', now);
    return handled;
  });
}

async function carryOut(turn: Turn, kind: Kind, run: Run, row: BulkRow): Promise<Applied> {
  if (run.undo_of === null) return kind.apply(turn, readTyped(kind, JSON.parse(row.input)));
  if (kind.undo === null) throw new RuleBroken(kind.undoText);
  const item = { id: row.item_id ?? 0 };
  const said = await kind.undo(turn, item, JSON.parse(row.before ?? 'null') as never);
  await turn.trx
    .updateTable('bulk_row')
    .set({ state: 'undone' })
    .where('id', '=', row.undoes ?? 0)
    .execute();
  const type = row.item_type as Applied['item']['type'];
  return { item: { type, id: item.id, name: row.label, agencyId: run.agency_id }, said, before: null };
}

async function keepOutcome(trx: Trx, row: BulkRow, outcome: Outcome) {
  const found =
    'refused' in outcome
      ? { state: 'failed' as const, said: JSON.stringify(outcome.refused) }
      : {
          state: 'done' as const,
          same: Number(outcome.applied.same ?? false),
          said: JSON.stringify([outcome.applied.said]),
          item_type: outcome.applied.item.type,
          item_id: outcome.applied.item.id,
          before: outcome.applied.before === null ? null : JSON.stringify(outcome.applied.before),
        };
  await trx.updateTable('bulk_row').set(found).where('id', '=', row.id).execute();
}
