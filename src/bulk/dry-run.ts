import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import { SYSTEM } from '../base/actor.ts';
import { inAct } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import type { ItemType } from '../trail/items.ts';
import { batchesOf } from './batches.ts';
import { applyRows } from './carry-out.ts';
import {
  actorFor,
  applyBatches,
  type Context,
  type Failures,
  givenFor,
  isTimeUp,
  type Outcome,
  type RowResult,
  runInState,
  stop,
} from './engine.ts';
import type { Applied, BulkAct, Kind, Message } from './kind.ts';
import { kindOf } from './kinds.ts';
import type { BulkRow, Run } from './queries.ts';
import { readTyped } from './rows.ts';

/** Ends a transaction that was only a dry run. */
class DryRunEnded extends Error {}

/** What a dry run has found: of each row what it comes to; of each act whom it mails, kept with its first row; what to look at. */
type Findings = { results: RowResult[]; mails: Map<number, [string, string][]>; notes: Map<number, Message[]> };

/** Carries rows out and takes everything back: what the verbs would refuse, whom they would mail. */
export async function dryRun({ db, settings, clock }: Context, id: number, failures: Failures): Promise<number> {
  const findings: Findings = { results: [], mails: new Map(), notes: new Map() };
  let allowed = true;
  const tried = db.transaction().execute(async (trx) => {
    const run = await runInState(trx, id, ['uploaded']);
    if (run === undefined) return;
    const actor = await actorFor(trx, run);
    allowed = actor !== null;
    if (actor === null) throw new DryRunEnded();
    const act = { trx, actor, settings, now: clock(), ...givenFor(run) };
    await dryRunBatches(act, kindOf(run.kind), run, findings, failures);
    throw new DryRunEnded();
  });
  await tried.catch((error: unknown) => {
    if (!(error instanceof DryRunEnded)) throw error;
  });
  await turn(); // what is written of it comes on top
  const now = clock();
  await inAct(db, { actor: SYSTEM, now, settings }, async (act) => {
    const run = await runInState(act.trx, id, ['uploaded']);
    if (run === undefined) return;
    if (!allowed) return stop(act, run);
    await keep(act.trx, findings);
    if (findings.results.length === 0) await endDryRun(act.trx, run);
  });
  return findings.results.length;
}

async function dryRunBatches(act: BulkAct, kind: Kind, run: Run, findings: Findings, failures: Failures) {
  const { trx } = act;
  const last = await lastMail(trx); // of every act: none of them stays
  const work = async (rows: BulkRow[]): Promise<Applied[]> => {
    const [first] = rows;
    if (kind.notes)
      for (const row of rows) findings.notes.set(row.id, await kind.notes(act, readTyped(kind, JSON.parse(row.input))));
    await sql`savepoint dry_run`.execute(trx);
    const applied = await applyRows(act, kind, rows);
    const sent = await trx.selectFrom('outbox').select(['mail', 'to_address']).where('id', '>', last).execute();
    findings.mails.set(
      first?.id ?? 0,
      sent.map(({ mail, to_address }) => [mail, to_address]),
    );
    await sql`rollback to dry_run`.execute(trx);
    await sql`release dry_run`.execute(trx);
    return applied;
  };
  const begun = performance.now();
  for await (const results of applyBatches(trx, kind, failures, batchesOf(trx, run, kind, 'unchecked'), work)) {
    findings.results.push(...results);
    if (isTimeUp(kind, begun)) break;
  }
}

async function lastMail(trx: Trx) {
  const { last } = await trx
    .selectFrom('outbox')
    .select((eb) => eb.fn.max('id').as('last'))
    .executeTakeFirstOrThrow();
  return last ?? 0;
}

async function keep(trx: Trx, { results, mails, notes }: Findings) {
  const rows = results.map(({ row: { id }, outcome }) => ({
    id,
    ...foundOf(outcome),
    mails: JSON.stringify(mails.get(id) ?? []),
    notes: JSON.stringify(notes.get(id) ?? []),
  }));
  await sql`
    update bulk_row set state = each.value ->> 'state', said = each.value ->> 'said', same = each.value ->> 'same',
      item_type = each.value ->> 'item_type', item_id = each.value ->> 'item_id', mails = each.value ->> 'mails',
      notes = each.value ->> 'notes'
    from json_each(${JSON.stringify(rows)}) as each
    where bulk_row.id = each.value ->> 'id' and bulk_row.state = 'unchecked'`.execute(trx);
}

/** What is made new has no number yet. */
const MADE_NEW = new Set<ItemType>(['access_code', 'account_request']);

function foundOf(outcome: Outcome) {
  if ('refused' in outcome) return { state: 'bad', said: JSON.stringify(outcome.refused), same: 0 };
  const { item, same } = outcome.applied;
  return {
    state: 'waiting',
    said: '[]',
    same: Number(same ?? false),
    item_type: item.type,
    item_id: MADE_NEW.has(item.type) ? null : item.id,
  };
}

async function endDryRun(trx: Trx, run: Run) {
  const bad = await trx
    .selectFrom('bulk_row')
    .select('id')
    .where('run_id', '=', run.id)
    .where('state', '=', 'bad')
    .limit(1)
    .executeTakeFirst();
  await trx
    .updateTable('bulk_run')
    .set({ state: bad === undefined ? 'checked' : 'refused' })
    .where('id', '=', run.id)
    .execute();
}
