import { sql } from 'kysely';
import type { Verification } from '../access-codes/verification.ts';
import { agencyOf, userOf } from '../base/actor.ts';
import { Conflict } from '../base/errors.ts';
import { timeInWords } from '../base/time.ts';
import { type Act, actName } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { audit } from '../trail/audit.ts';
import { bulkRunItem } from '../trail/items.ts';
import { findRun, type Run } from './queries.ts';

export type Upload = {
  kind: string;
  fileName: string;
  hash: string;
  /** How many rows it has, and these as `packRows` has made them. */
  total: number;
  packed: Buffer[];
  /** Of a kind by which new people come in. */
  verification: Verification | null;
};

/**
 * Keeps a file that was read, to be tried against the database and confirmed. Its rows come out of their pieces one piece after
 * the other (`unpackRows`): thousands at once would hold every page up. Returns the run's id.
 */
export async function uploadRun(act: Act, upload: Upload): Promise<number> {
  const run = await act.trx
    .insertInto('bulk_run')
    .values({
      agency_id: agencyOf(act.actor),
      kind: upload.kind,
      file_name: upload.fileName,
      file_hash: upload.hash,
      total: upload.total,
      ...upload.verification,
      act: actName(act.actor),
      created_by: userOf(act.actor),
      created_by_name: act.actor.name,
      created_at: act.now.toISOString(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const arriving = upload.packed.map((packed_rows) => ({ run_id: run.id, packed_rows }));
  await act.trx.insertInto('bulk_arriving').values(arriving).execute();
  const after = { count: run.total, ...upload.verification };
  await audit(act, { action: 'bulk.uploaded', item: bulkRunItem(run), after });
  return run.id;
}

/** The one confirmation: from now on the rows are carried out. @throws NotFound, or Conflict when it is not open (any more) */
export async function confirmRun(act: Act, id: number) {
  const before = await findRun(act.trx, act.actor, id);
  const run = await act.trx
    .updateTable('bulk_run')
    .set({
      state: 'confirmed',
      act: actName(act.actor),
      confirmed_by: userOf(act.actor),
      confirmed_by_name: act.actor.name,
      confirmed_from: act.actor.address,
      confirmed_at: act.now.toISOString(),
    })
    .where('id', '=', id)
    .where('state', '=', 'checked')
    .returningAll()
    .executeTakeFirst();
  if (run === undefined) throw notNow(before);
  const after = { count: run.total };
  await audit(act, { action: 'bulk.confirmed', item: bulkRunItem(run), after });
}

function notNow(run: Run) {
  if (run.confirmed_at === null) return new Conflict('bulk.notOpen');
  return new Conflict('bulk.confirmedAlready', {
    name: run.confirmed_by_name ?? '',
    time: timeInWords(run.confirmed_at),
  });
}

/**
 * Before it is confirmed: the file is forgotten. After: what is left of it is left out; what was done stays.
 * @returns what it is from now on
 * @throws NotFound, or Conflict when it has ended
 */
export async function cancelRun(act: Act, id: number) {
  const run = await findRun(act.trx, act.actor, id);
  const isUnderWay = run.state === 'confirmed' || run.state === 'running';
  if (!isUnderWay && !OPEN.some((state) => state === run.state)) throw new Conflict('bulk.hasEnded');
  const before = { state: run.state };
  if (!isUnderWay) {
    await discard(act.trx, [run.id], act.now);
    await audit(act, { action: 'bulk.discarded', item: bulkRunItem(run), before, after: { state: 'discarded' } });
    return 'discarded';
  }
  await endRun(act.trx, run, 'cancelled', act.now);
  const after = { state: 'cancelled', done: run.done };
  await audit(act, { action: 'bulk.cancelled', item: bulkRunItem(run), before, after });
  return 'cancelled';
}

/** Nothing was confirmed yet. */
export const OPEN = ['uploaded', 'refused', 'checked'] as const;
/** Nothing more is going to happen. */
export const ENDED = ['done', 'cancelled', 'stopped'] as const;

/** Files that nobody confirmed are forgotten: nobody is shown their rows from now on, and `payOwed` takes them away. */
export async function discard(trx: Trx, ids: number[], now: Date) {
  if (ids.length === 0) return;
  await trx.deleteFrom('bulk_arriving').where('run_id', 'in', ids).execute();
  await trx
    .updateTable('bulk_run')
    .set({ state: 'discarded', finished_at: now.toISOString(), rows_kept: 0, owed: 'forget' })
    .where('id', 'in', ids)
    .execute();
}

/** A run comes to its end, whatever is left of it: `payOwed` leaves that out. */
export async function endRun(trx: Trx, run: Pick<Run, 'id'>, state: 'done' | 'cancelled' | 'stopped', now: Date) {
  await trx
    .updateTable('bulk_run')
    .set({ state, finished_at: now.toISOString(), owed: sql`iif(owed = 'fill', owed, 'leave')` })
    .where('id', '=', run.id)
    .execute();
}
