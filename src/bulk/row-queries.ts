import { sql } from 'kysely';
import type { Db, Trx } from '../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import { ENDED } from './bulk-run.ts';
import type { Message } from './kind.ts';
import type { BulkRow, Run } from './queries.ts';

/** The run whose rows are shown: none, once they are forgotten. */
const shown = ({ id, rows_kept }: Pick<Run, 'id' | 'rows_kept'>) => (rows_kept === 1 ? id : null);

const NOT_DONE: BulkRow['state'][] = ['waiting', 'unchecked'];
const hasEnded = ({ state }: Pick<Run, 'state'>) => ENDED.some((each) => each === state);

/** In which state a row is shown: what a run that has ended had not done is left out, also until `payOwed` has come to it. */
export function shownState(run: Pick<Run, 'state'>, { state }: Pick<BulkRow, 'state'>): BulkRow['state'] {
  return hasEnded(run) && NOT_DONE.includes(state) ? 'left' : state;
}

/** The rows of a run. */
export async function listRows(db: Db, run: Run, query: ListQuery): Promise<Found<BulkRow>> {
  const { state } = query.filters;
  let found = db.selectFrom('bulk_row').where('run_id', '=', shown(run));
  if (state === 'noted') found = found.where('notes', '!=', '[]');
  else if (state === 'same') found = found.where('same', '=', 1);
  else if (state && hasEnded(run)) found = found.where('state', 'in', statesShownAs(state as BulkRow['state']));
  else if (state) found = found.where('state', '=', state as BulkRow['state']);
  if (query.q !== '') found = found.where(anyContains(query.q, ['label', 'input']));
  return onePage(db, found.selectAll(), query);
}

/** Of a run that has ended. */
function statesShownAs(state: BulkRow['state']): BulkRow['state'][] {
  if (state === 'left') return [state, ...NOT_DONE];
  return NOT_DONE.includes(state) ? [] : [state];
}

export type Fault = { id: number; line: number; label: string; message: Message };

/** Everything that is wrong in a file that was refused, problem by problem. */
export async function listFaults(db: Db, run: Run, query: ListQuery): Promise<Found<Fault>> {
  const faults = db
    .selectFrom('bulk_row')
    .innerJoin(sql<{ key: number; value: string }>`json_each(bulk_row.said)`.as('problem'), (join) => join.onTrue())
    .where('run_id', '=', shown(run))
    .where('state', '=', 'bad')
    .where(sql<boolean>`(${anyContains(query.q, ['label'])} or line = ${query.q})`)
    .select(['bulk_row.id', 'line', 'label', 'problem.value as message'])
    .select(sql<string>`bulk_row.id || '-' || problem.key`.as('fault'));
  const { rows, total } = await onePage(db, db.selectFrom(faults.as('faults')).selectAll(), query, 'fault');
  return {
    rows: rows.map(({ id, line, label, message }) => ({ id, line, label, message: JSON.parse(message) as Message })),
    total,
  };
}

/** How many rows of a run are in which state, how many would change nothing, and how many are worth a look. */
export async function tallyOf(db: Db | Trx, run: Pick<Run, 'id' | 'state' | 'rows_kept'>) {
  const rows = await db
    .selectFrom('bulk_row')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .where('run_id', '=', shown(run))
    .groupBy('state')
    .execute();
  const marks = await db
    .selectFrom('bulk_row')
    .select([
      sql<number>`coalesce(sum(same), 0)`.as('same'),
      sql<number>`coalesce(sum(notes <> '[]'), 0)`.as('noted'),
      sql<number>`coalesce(sum(state = 'done' and before is not null), 0)`.as('undoable'),
    ])
    .where('run_id', '=', shown(run))
    .executeTakeFirstOrThrow();
  const states: Partial<Record<BulkRow['state'], number>> = {};
  for (const row of rows) {
    const state = shownState(run, row);
    states[state] = (states[state] ?? 0) + row.count;
  }
  return { ...marks, states };
}
