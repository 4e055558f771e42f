import type { Trx } from '../data/database.ts';
import type { Kind } from './kind.ts';
import type { BulkRow, Run } from './queries.ts';

/** So many rows are read at once. */
const READ = 50;
/**
 * Rows of so many lines of a file can be one act: it holds every page up, some 35 ms of processor time. The lines are counted
 * from the file's beginning, and not from where a transaction begins, so that the dry run has the batches of the run, and the
 * preview counts the mails that really go.
 */
const BLOCK = 250;

/** The rows that are still in a state, in batches that are one act each: in the file's order, what is taken back the other way round. */
export async function* batchesOf(
  trx: Trx,
  run: Run,
  kind: Kind,
  state: 'unchecked' | 'waiting',
): AsyncGenerator<BulkRow[]> {
  let rows = await nextRows(trx, run, kind, state);
  while (rows.length > 0) {
    yield* kind.batched === undefined ? rows.map((row) => [row]) : alike(run, kind.batched.column, rows);
    rows = await nextRows(trx, run, kind, state, rows.at(-1)?.line);
  }
}

async function nextRows(trx: Trx, run: Run, kind: Kind, state: BulkRow['state'], after?: number): Promise<BulkRow[]> {
  const isUndoing = run.undo_of !== null;
  let found = trx
    .selectFrom('bulk_row')
    .selectAll()
    .where('run_id', '=', run.id)
    .where('state', '=', state)
    .orderBy('line', isUndoing ? 'desc' : 'asc')
    .limit(kind.batched === undefined ? READ : BLOCK);
  if (after !== undefined) found = found.where('line', isUndoing ? '<' : '>', after);
  const rows = await found.execute();
  if (kind.batched === undefined) return rows;
  const block = (row: BulkRow | undefined) => Math.floor((row?.line ?? 0) / BLOCK);
  return rows.filter((row) => block(row) === block(rows[0]));
}

/** The rows that say the same in a column; of what is taken back, those of the same item. */
function alike(run: Run, column: string, rows: BulkRow[]): Iterable<BulkRow[]> {
  const inColumn = (row: BulkRow) => String(JSON.parse(row.input)[column]).trim().toLowerCase();
  return Map.groupBy(rows, (row) => (run.undo_of === null ? inColumn(row) : row.item_id)).values();
}
