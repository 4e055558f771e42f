import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { insertAll } from '../base/chunks.ts';
import { type Breathe, paced } from '../base/pace.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Run } from './queries.ts';
import type { CheckedRow } from './rows.ts';

/** A piece holds so many rows at most, or as many as fit into so many characters: it becomes rows in some milliseconds. */
const PIECE = 300;
const LONGEST_PIECE = 256 * 1024;

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

/** The rows of a file in pieces, as they are kept until `unpackRows`. A thread packs them, and the pages are answered meanwhile. */
export async function packRows(rows: CheckedRow[], breathe: Breathe = paced()): Promise<Buffer[]> {
  const packed: Buffer[] = [];
  let piece: string[] = [];
  let length = 0;
  for (const [at, row] of rows.entries()) {
    await breathe();
    const text = JSON.stringify(kept(row));
    piece.push(text);
    length += text.length;
    if (piece.length < PIECE && length < LONGEST_PIECE && at < rows.length - 1) continue;
    packed.push(await pack(`[${piece.join(',')}]`, { level: 1 }));
    [piece, length] = [[], 0];
  }
  return packed;
}

function kept({ line, label, typed, problems }: CheckedRow) {
  const state = problems.length > 0 ? ('bad' as const) : ('unchecked' as const);
  return { line, label, input: JSON.stringify(typed), state, said: JSON.stringify(problems) };
}

/** Are rows of a run still in their pieces? */
export async function isArriving(db: Db | Trx, run: Pick<Run, 'id'>): Promise<boolean> {
  const piece = await db
    .selectFrom('bulk_arriving')
    .select('id')
    .where('run_id', '=', run.id)
    .limit(1)
    .executeTakeFirst();
  return piece !== undefined;
}

/** Makes rows of the next piece of a run. Returns whether there was one. */
export async function unpackRows(db: Db, runId: number): Promise<boolean> {
  const piece = await db
    .selectFrom('bulk_arriving')
    .selectAll()
    .where('run_id', '=', runId)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (piece === undefined) return false;
  const rows = JSON.parse(String(await unpack(piece.packed_rows))) as ReturnType<typeof kept>[];
  await db.transaction().execute(async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom('bulk_arriving')
      .where('id', '=', piece.id)
      .executeTakeFirstOrThrow();
    // the file was discarded meanwhile, or a command has made rows of it
    if (numDeletedRows === 0n) return;
    await insertAll(
      trx,
      'bulk_row',
      rows.map((row) => ({ run_id: runId, ...row })),
    );
  });
  return true;
}
