import { byChunks, insertAll } from '../base/chunks.ts';
import { Conflict } from '../base/errors.ts';
import { timeInWords } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { audit } from '../trail/audit.ts';
import { usageFileItem } from '../trail/items.ts';
import type { ReadRow } from './check.ts';
import { type UsageFile, usageFileById } from './queries.ts';

type SentFile = { fileName: string; hash: string; total: number };

/** Begins to keep a file whose rows follow, some at a time. Returns its id. */
export async function beginUsage(act: Act, { fileName, hash, total }: SentFile): Promise<number> {
  const file = await act.trx
    .insertInto('usage_file')
    .values({
      state: 'reading',
      file_name: fileName,
      file_hash: hash,
      total,
      created_by: act.actor.userId,
      created_by_name: act.actor.name,
      created_at: act.now.toISOString(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await audit(act, { action: 'usage.uploaded', item: usageFileItem(file), after: { count: total } });
  return file.id;
}

/** Keeps rows of a file that is being read. @throws Conflict when somebody cancelled it meanwhile */
export async function addRows({ trx }: Act, fileId: number, rows: ReadRow[]) {
  const kept = rows.map(({ problems, ...row }) => ({
    ...row,
    file_id: fileId,
    state: problems.length > 0 ? ('refused' as const) : ('waiting' as const),
    said: JSON.stringify(problems),
  }));
  const { numUpdatedRows } = await trx
    .updateTable('usage_file')
    .set((eb) => ({ refused: eb('refused', '+', kept.filter(({ state }) => state === 'refused').length) }))
    .where('id', '=', fileId)
    .where('state', '=', 'reading')
    .executeTakeFirstOrThrow();
  // rows of a file that was discarded would be forgotten by nobody
  if (numUpdatedRows === 0n) throw new Conflict('usage.notOpen');
  for (const chunk of byChunks(kept)) await insertAll(trx, 'usage_row', chunk);
}

/** All rows are there: the file waits to be confirmed. */
export async function endReading({ trx }: Act, fileId: number) {
  await trx
    .updateTable('usage_file')
    .set({ state: 'checked' })
    .where('id', '=', fileId)
    .where('state', '=', 'reading')
    .execute();
}

/**
 * The one confirmation: from now on the figures are taken over; refused rows stay out.
 * @throws NotFound, or Conflict when it is not open (any more) or no row can be taken
 */
export async function confirmUsage(act: Act, id: number) {
  const before = await usageFileById(act.trx, id);
  if (before.total === before.refused) throw new Conflict('usage.nothingToTake');
  const file = await act.trx
    .updateTable('usage_file')
    .set({
      state: 'confirmed',
      confirmed_by: act.actor.userId,
      confirmed_by_name: act.actor.name,
      confirmed_at: act.now.toISOString(),
    })
    .where('id', '=', id)
    .where('state', '=', 'checked')
    .returningAll()
    .executeTakeFirst();
  if (file === undefined) throw notNow(before);
  const after = { count: file.total - file.refused, refused: file.refused };
  await audit(act, { action: 'usage.confirmed', item: usageFileItem(file), after });
}

function notNow({ confirmed_at, confirmed_by_name }: UsageFile) {
  if (confirmed_at === null) return new Conflict('usage.notOpen');
  return new Conflict('usage.confirmedAlready', { name: confirmed_by_name ?? '', time: timeInWords(confirmed_at) });
}

/**
 * Before it is confirmed: the file is forgotten. After: what is left of it is left out; figures that were taken over stay.
 * @throws NotFound, or Conflict when it has ended
 */
export async function cancelUsage(act: Act, id: number) {
  const file = await usageFileById(act.trx, id);
  const before = { status: file.state };
  if (file.state === 'confirmed') {
    await endUsage(act.trx, file, 'cancelled', act.now);
    const after = { status: 'cancelled', done: file.done };
    await audit(act, { action: 'usage.cancelled', item: usageFileItem(file), before, after });
  } else if (UNCONFIRMED.some((state) => state === file.state)) {
    await discardUsage(act.trx, [id], act.now);
    await audit(act, { action: 'usage.discarded', item: usageFileItem(file), before, after: { status: 'discarded' } });
  } else throw new Conflict('usage.hasEnded');
}

/** Nothing was confirmed yet. */
export const UNCONFIRMED = ['reading', 'checked'] as const;
/** Rows of these were refused for good. */
export const ENDED = ['done', 'cancelled', 'stopped'] as const;

/** Forgets what stands in files that nobody confirmed. */
export async function discardUsage(trx: Trx, ids: number[], now: Date) {
  if (ids.length === 0) return;
  await trx.deleteFrom('usage_row').where('file_id', 'in', ids).execute();
  await trx
    .updateTable('usage_file')
    .set({ state: 'discarded', finished_at: now.toISOString(), rows_kept: 0 })
    .where('id', 'in', ids)
    .execute();
}

/** A file comes to its end: what was refused stays to be read, what is left is not needed any more. */
export async function endUsage(trx: Trx, { id }: Pick<UsageFile, 'id'>, state: (typeof ENDED)[number], now: Date) {
  await trx.deleteFrom('usage_row').where('file_id', '=', id).where('state', '=', 'waiting').execute();
  await trx.updateTable('usage_file').set({ state, finished_at: now.toISOString() }).where('id', '=', id).execute();
}
