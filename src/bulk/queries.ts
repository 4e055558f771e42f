import { sql } from 'kysely';
import type { Actor } from '../platform/actor.ts';
import type { Db, Trx } from '../platform/database.ts';
import { NotFound } from '../platform/errors.ts';
import { anyContains, countUpTo, type Found, type ListQuery, onePage } from '../platform/listing.ts';
import { withinReach } from '../platform/reach.ts';
import type { Row } from '../platform/schema.ts';
import { DAY, later, startOfDay } from '../platform/time.ts';
import type { Said } from './kind.ts';

export type Run = Row<'bulk_run'>;
export type BulkRow = Row<'bulk_row'>;

/** @throws NotFound also for another agency's */
export async function findRun(db: Db | Trx, actor: Actor, id: number): Promise<Run> {
  const row = await withinReach(db.selectFrom('bulk_run').selectAll(), actor).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

export async function listRuns(db: Db, actor: Actor, query: ListQuery): Promise<Found<Run>> {
  const { kind, state, from, to } = query.filters;
  let found = withinReach(db.selectFrom('bulk_run'), actor);
  if (kind) found = found.where('kind', '=', kind);
  if (state === 'unfinished') found = found.where('state', 'in', ['confirmed', 'running']);
  else if (state) found = found.where('state', '=', state as Run['state']);
  if (from) found = found.where('created_at', '>=', startOfDay(from).toISOString());
  if (to) found = found.where('created_at', '<', later(startOfDay(to), DAY).toISOString());
  if (query.q !== '')
    found = found.where(anyContains(query.q, ['file_name', 'created_by_name', 'confirmed_by_name', 'reason']));
  return onePage(db, found.selectAll(), query);
}

/** The rows of a run. */
export async function listRows(db: Db, run: Run, query: ListQuery): Promise<Found<BulkRow>> {
  const { state } = query.filters;
  let found = db.selectFrom('bulk_row').where('run_id', '=', run.id);
  if (state === 'noted') found = found.where('notes', '!=', '[]');
  else if (state === 'same') found = found.where('same', '=', 1);
  else if (state) found = found.where('state', '=', state as BulkRow['state']);
  if (query.q !== '') found = found.where(anyContains(query.q, ['label', 'input']));
  return onePage(db, found.selectAll(), query);
}

export type Fault = { id: number; line: number; label: string; said: Said };

/** Everything that is wrong in a file that was refused, problem by problem. */
export async function listFaults(db: Db, run: Run, query: ListQuery): Promise<Found<Fault>> {
  const like = query.q.toLowerCase();
  const faults = sql<{ id: number; line: number; label: string; said: string }>`
    select bulk_row.id, line, label, problem.value as said from bulk_row, json_each(bulk_row.said) as problem
    where run_id = ${run.id} and state = 'bad' and (instr(lower(label), ${like}) > 0 or line = ${query.q})`;
  const { rows } = await sql<{ id: number; line: number; label: string; said: string }>`
    ${faults} order by ${sql.ref(query.sort)} ${sql.raw(query.descending ? 'desc' : 'asc')}, line
    limit ${query.limit} offset ${query.offset}`.execute(db);
  const counted = db
    .selectFrom('bulk_row')
    .innerJoin(sql<{ value: string }>`json_each(bulk_row.said)`.as('problem'), (join) => join.onTrue())
    .where('run_id', '=', run.id)
    .where('state', '=', 'bad')
    .where(sql<boolean>`(instr(lower(label), ${like}) > 0 or line = ${query.q})`)
    .select(sql`1`.as('one'));
  return {
    rows: rows.map(({ said, ...row }) => ({ ...row, said: JSON.parse(said) as Said })),
    total: await countUpTo(db, counted),
  };
}

/** How many rows of a run are in which state, how many would change nothing, and how many are worth a look. */
export async function tallyOf(db: Db | Trx, runId: number) {
  const rows = await db
    .selectFrom('bulk_row')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .where('run_id', '=', runId)
    .groupBy('state')
    .execute();
  const marks = await db
    .selectFrom('bulk_row')
    .select([
      sql<number>`coalesce(sum(same), 0)`.as('same'),
      sql<number>`coalesce(sum(notes <> '[]'), 0)`.as('noted'),
      sql<number>`coalesce(sum(state = 'done' and before is not null), 0)`.as('undoable'),
    ])
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow();
  return {
    ...marks,
    states: Object.fromEntries(rows.map((row) => [row.state, row.count])) as Partial<Record<BulkRow['state'], number>>,
  };
}

/** Who would be mailed, as the trial of the rows has shown: by the mail's number. */
export async function mailsOf(db: Db, runId: number) {
  const { rows } = await sql<{ mail: string; count: number; people: number }>`
    select mail.value ->> 0 as mail, count(*) as count, count(distinct mail.value ->> 1) as people
    from bulk_row, json_each(bulk_row.mails) as mail where run_id = ${runId} group by 1 order by length(mail.value ->> 0), 1`.execute(
    db,
  );
  return rows;
}

/** What the mailboxes of a run would leave behind: lists that lose members, and lists whose last active owner is among them. */
export async function listsLosing(db: Db, runId: number) {
  const mailboxes = sql`(select item_id from bulk_row where run_id = ${runId} and item_type = 'mailbox')`;
  const { rows: losing } = await sql<{ name: string; count: number }>`
    select display_name as name, count(*) as count from membership join "group" on "group".id = group_id
    where member_type = 'mailbox' and member_id in ${mailboxes} and until is null and "group".status = 'active'
    group by group_id order by count(*) desc, display_name`.execute(db);
  const { rows: alone } = await sql<{ name: string }>`
    select display_name as name from "group" where status = 'active'
    and id in (select group_id from group_owner where mailbox_id in ${mailboxes})
    and not exists (select 1 from group_owner join mailbox on mailbox.id = mailbox_id
      where group_id = "group".id and mailbox.status = 'active' and mailbox_id not in ${mailboxes})
    order by display_name`.execute(db);
  return { losing, alone };
}

/** Lists that gain or lose members by rows that name them. */
export async function listsTouched(db: Db, runId: number) {
  const { rows } = await sql<{ name: string; count: number }>`
    select display_name as name, count(*) as count from bulk_row join "group" on "group".id = item_id
    where run_id = ${runId} and item_type = 'group' and same = 0 group by item_id order by count(*) desc, display_name`.execute(
    db,
  );
  return rows;
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
export async function undoingsOf(db: Db, runId: number) {
  return db
    .selectFrom('bulk_run')
    .select(['id', 'state', 'confirmed_at', 'confirmed_by_name'])
    .where('undo_of', '=', runId)
    .orderBy('id')
    .execute();
}

/** The runs that have something to be done now: of each agency the next to be checked, and the next to be carried out. */
export async function openRuns(db: Db): Promise<Pick<Run, 'id' | 'state'>[]> {
  const rows = await db
    .selectFrom('bulk_run')
    .select(['id', 'state', 'agency_id'])
    .where('state', 'in', ['uploaded', 'confirmed', 'running'])
    .orderBy(sql`state = 'running'`, 'desc')
    .orderBy('confirmed_at')
    .orderBy('id')
    .execute();
  const taken = new Set<string>();
  return rows.filter(({ state, agency_id }) => {
    const lane = `${agency_id} ${state === 'uploaded' ? 'check' : 'run'}`;
    if (taken.has(lane)) return false;
    taken.add(lane);
    return true;
  });
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
