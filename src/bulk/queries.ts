import { sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import { DAY, later, startOfDay } from '../base/time.ts';
import type { Db, Trx } from '../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import type { Row } from '../data/schema.ts';

export type Run = Row<'bulk_run'>;
export type BulkRow = Row<'bulk_row'>;

/** @throws NotFound also for another agency's */
export async function findRun(db: Db | Trx, actor: Actor, id: number): Promise<Run> {
  const row = await withinReach(db.selectFrom('bulk_run').selectAll(), actor).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

export async function listRuns(db: Db, actor: Actor, query: ListQuery): Promise<Found<Run>> {
  const { agency, kind, state, from, to } = query.filters;
  let found = withinReach(db.selectFrom('bulk_run'), actor);
  if (agency) found = found.where('agency_id', '=', Number(agency));
  if (kind) found = found.where('kind', '=', kind);
  if (state === 'unfinished') found = found.where('state', 'in', ['confirmed', 'running']);
  else if (state) found = found.where('state', '=', state as Run['state']);
  if (from) found = found.where('created_at', '>=', startOfDay(from).toISOString());
  if (to) found = found.where('created_at', '<', later(startOfDay(to), DAY).toISOString());
  if (query.q !== '')
    found = found.where(anyContains(query.q, ['file_name', 'created_by_name', 'confirmed_by_name', 'reason']));
  return onePage(db, found.selectAll(), query);
}

/** An earlier run of this very file that was carried out. */
export async function earlierRun(db: Db, run: Run) {
  return db
    .selectFrom('bulk_run')
    .select(['id', 'confirmed_at', 'confirmed_by_name'])
    .where('agency_id', '=', run.agency_id)
    .where('kind', '=', run.kind)
    .where('file_hash', '=', run.file_hash)
    .where('id', '!=', run.id)
    .where('confirmed_at', 'is not', null)
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

/** What takes a run back, while or after it does. */
export async function undoingsOf(db: Db, run: Pick<Run, 'id'>) {
  return db
    .selectFrom('bulk_run')
    .select(['id', 'state', 'confirmed_at', 'confirmed_by_name'])
    .where('undo_of', '=', run.id)
    .orderBy('id')
    .execute();
}

/**
 * The runs that have something to be done now: of each agency the next with rows that are owed something, to be checked, and to be carried out.
 * @param broken whose rows could not be given what they are owed: it is the next one's turn
 */
export async function openRuns(db: Db, broken = new Set<number>()): Promise<Pick<Run, 'id' | 'state' | 'owed'>[]> {
  const runs = db.selectFrom('bulk_run').select(['id', 'state', 'agency_id', 'owed']);
  const owing = await runs
    .where('owed', 'is not', null)
    .orderBy(sql`owed = 'fill'`, 'desc') // somebody waits for it
    .orderBy('id')
    .execute();
  const open = await runs
    .where('state', 'in', ['uploaded', 'confirmed', 'running'])
    .orderBy(sql`state = 'running'`, 'desc')
    .orderBy('confirmed_at')
    .orderBy('id')
    .execute();
  const taken = new Set<string>();
  const isNext = (lane: string) => taken.size < taken.add(lane).size;
  return [
    ...owing.filter(({ id, agency_id }) => !broken.has(id) && isNext(`${agency_id} owed`)),
    // one that is yet to get its rows keeps its turn: what was confirmed after it may be about the same mailboxes
    ...open
      .filter(({ agency_id, state }) => isNext(`${agency_id} ${state === 'uploaded' ? 'check' : 'run'}`))
      .filter(({ owed }) => owed === null),
  ];
}

/** How many runs are being carried out or wait for it, and how many of their rows are left. */
export async function countRunning(db: Db | Trx, actor: Actor): Promise<{ runs: number; rows: number }> {
  return withinReach(db.selectFrom('bulk_run'), actor)
    .select((eb) => [
      eb.fn.countAll<number>().as('runs'),
      sql<number>`coalesce(sum(total - done - failed), 0)`.as('rows'),
    ])
    .where('state', 'in', ['confirmed', 'running'])
    .executeTakeFirstOrThrow();
}
