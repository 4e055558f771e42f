import { sql } from 'kysely';
import { SYSTEM } from '../platform/actor.ts';
import { change } from '../platform/change.ts';
import type { Trx } from '../platform/database.ts';
import type { Kind, Said, Turn } from './kind.ts';
import { kindOf } from './kinds.ts';
import type { BulkRow, Run } from './queries.ts';
import { readTyped } from './rows.ts';
import {
  actorFor,
  alone,
  type Failures,
  type House,
  LONGEST,
  nextRows,
  type Outcome,
  runInState,
  stop,
} from './turns.ts';

/** Ends a transaction that was only a trial. */
class OnlyTried extends Error {}

type Trial = { row: BulkRow; outcome: Outcome; mails: [string, string][]; notes: Said[] };

/** Carries rows out and takes everything back: what the verbs would refuse, whom they would mail. */
export async function tryRows({ db, environment, clock }: House, id: number, failures: Failures): Promise<number> {
  const trials: Trial[] = [];
  let allowed = true;
  const trial = db.transaction().execute(async (trx) => {
    const run = await runInState(trx, id, ['uploaded']);
    if (run === undefined) return;
    const actor = await actorFor(trx, run);
    allowed = actor !== null;
    if (actor === null) throw new OnlyTried();
    const turn = { trx, actor, environment, now: clock(), reason: run.reason };
    const begun = performance.now();
    for (const row of await nextRows(trx, run, 'unchecked')) {
      trials.push(await tryRow(turn, kindOf(run.kind), row, failures));
      if (performance.now() - begun > LONGEST) break;
    }
    throw new OnlyTried();
  });
  await trial.catch((error: unknown) => {
    if (!(error instanceof OnlyTried)) throw error;
  });
  const now = clock();
  await change(db, SYSTEM, now, async (trx) => {
    const run = await runInState(trx, id, ['uploaded']);
    if (run === undefined) return;
    if (!allowed) return stop(trx, run, now);
    for (const each of trials) await keepTrial(trx, each);
    if (trials.length === 0) await endTrial(trx, run);
  });
  return trials.length;
}

async function tryRow(turn: Turn, kind: Kind, row: BulkRow, failures: Failures): Promise<Trial> {
  const { trx } = turn;
  const mails: Trial['mails'] = [];
  const notes: Said[] = [];
  await sql`savepoint trial`.execute(trx);
  const { last } = await trx
    .selectFrom('outbox')
    .select((eb) => eb.fn.max('id').as('last'))
    .executeTakeFirstOrThrow();
  const outcome = await alone(trx, kind, failures, async () => {
    const values = readTyped(kind, JSON.parse(row.input));
    notes.push(...((await kind.notes?.(turn, values)) ?? []));
    return kind.apply(turn, values);
  });
  const sent = await trx
    .selectFrom('outbox')
    .select(['mail', 'to_address'])
    .where('id', '>', last ?? 0)
    .execute();
  mails.push(...sent.map(({ mail, to_address }): [string, string] => [mail, to_address]));
  await sql`rollback to trial`.execute(trx);
  await sql`release trial`.execute(trx);
  return { row, outcome, mails, notes };
}

async function keepTrial(trx: Trx, { row, outcome, mails, notes }: Trial) {
  const found =
    'refused' in outcome
      ? { state: 'bad' as const, said: JSON.stringify(outcome.refused) }
      : {
          state: 'waiting' as const,
          same: Number(outcome.applied.same ?? false),
          // what is made new has no number yet
          item_type: outcome.applied.item.type,
          item_id: MADE_NEW.has(outcome.applied.item.type) ? null : outcome.applied.item.id,
        };
  await trx
    .updateTable('bulk_row')
    .set({ ...found, mails: JSON.stringify(mails), notes: JSON.stringify(notes) })
    .where('id', '=', row.id)
    .where('state', '=', 'unchecked')
    .execute();
}

const MADE_NEW = new Set(['access_code', 'account_request']);

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
