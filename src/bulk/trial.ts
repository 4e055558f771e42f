import { sql } from 'kysely';
import { SYSTEM } from '../base/actor.ts';
import { inAct } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import type { ItemType } from '../trail/items.ts';
import { applyRows } from './carry-out.ts';
import type { Applied, Kind, Said, Turn } from './kind.ts';
import { kindOf } from './kinds.ts';
import { partsOf } from './parts.ts';
import type { BulkRow, Run } from './queries.ts';
import { readTyped } from './rows.ts';
import {
  actorFor,
  type Came,
  eachAct,
  type Failures,
  type House,
  LONGEST,
  type Outcome,
  runInState,
  stop,
} from './turns.ts';

/** Ends a transaction that was only a trial. */
class OnlyTried extends Error {}

/** What a trial has shown: of each row what it comes to; of each act whom it mails, kept with its first row; what to look at. */
type Trial = { came: Came[]; mails: Map<number, [string, string][]>; notes: Map<number, Said[]> };

/** Carries rows out and takes everything back: what the verbs would refuse, whom they would mail. */
export async function tryRows({ db, settings, clock }: House, id: number, failures: Failures): Promise<number> {
  const trial: Trial = { came: [], mails: new Map(), notes: new Map() };
  let allowed = true;
  const tried = db.transaction().execute(async (trx) => {
    const run = await runInState(trx, id, ['uploaded']);
    if (run === undefined) return;
    const actor = await actorFor(trx, run);
    allowed = actor !== null;
    if (actor === null) throw new OnlyTried();
    const turn = { trx, actor, settings, now: clock(), reason: run.reason };
    await tryParts(turn, kindOf(run.kind), run, trial, failures);
    throw new OnlyTried();
  });
  await tried.catch((error: unknown) => {
    if (!(error instanceof OnlyTried)) throw error;
  });
  const now = clock();
  await inAct(db, { actor: SYSTEM, now, settings }, async (act) => {
    const run = await runInState(act.trx, id, ['uploaded']);
    if (run === undefined) return;
    if (!allowed) return stop(act, run);
    await keep(act.trx, trial);
    if (trial.came.length === 0) await endTrial(act.trx, run);
  });
  return trial.came.length;
}

async function tryParts(turn: Turn, kind: Kind, run: Run, trial: Trial, failures: Failures) {
  const { trx } = turn;
  const last = await lastMail(trx); // of every act: none of them stays
  const work = async (rows: BulkRow[]): Promise<Applied[]> => {
    const [first] = rows;
    if (kind.notes)
      for (const row of rows) trial.notes.set(row.id, await kind.notes(turn, readTyped(kind, JSON.parse(row.input))));
    await sql`savepoint trial`.execute(trx);
    const applied = await applyRows(turn, kind, rows);
    const sent = await trx.selectFrom('outbox').select(['mail', 'to_address']).where('id', '>', last).execute();
    trial.mails.set(
      first?.id ?? 0,
      sent.map(({ mail, to_address }) => [mail, to_address]),
    );
    await sql`rollback to trial`.execute(trx);
    await sql`release trial`.execute(trx);
    return applied;
  };
  const begun = performance.now();
  for await (const came of eachAct(trx, kind, failures, partsOf(trx, run, kind, 'unchecked'), work)) {
    trial.came.push(...came);
    if (performance.now() - begun > LONGEST) break;
  }
}

async function lastMail(trx: Trx) {
  const { last } = await trx
    .selectFrom('outbox')
    .select((eb) => eb.fn.max('id').as('last'))
    .executeTakeFirstOrThrow();
  return last ?? 0;
}

async function keep(trx: Trx, { came, mails, notes }: Trial) {
  const found = came.map(({ row: { id }, outcome }) => ({
    id,
    ...foundOf(outcome),
    mails: JSON.stringify(mails.get(id) ?? []),
    notes: JSON.stringify(notes.get(id) ?? []),
  }));
  await sql`
    update bulk_row set state = each.value ->> 'state', said = each.value ->> 'said', same = each.value ->> 'same',
      item_type = each.value ->> 'item_type', item_id = each.value ->> 'item_id', mails = each.value ->> 'mails',
      notes = each.value ->> 'notes'
    from json_each(${JSON.stringify(found)}) as each
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

async function endTrial(trx: Trx, run: Run) {
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
