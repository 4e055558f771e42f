import { sql } from 'kysely';
import { type Actor, asPerson, SYSTEM } from '../../base/actor.ts';
import { insertAll } from '../../base/chunks.ts';
import { RuleBroken } from '../../base/errors.ts';
import { type Clock, SECOND } from '../../base/time.ts';
import type { Act } from '../../data/act.ts';
import type { Db, Trx } from '../../data/database.ts';
import type { NewRow } from '../../data/schema.ts';
import type { Sentence } from '../../texts.ts';
import { agenciesOf, placeOf } from '../comparing.ts';
import type { Directory } from '../connector.ts';
import { DirectoryAway } from '../refusals.ts';
import { claimWork, endWork, keepWork } from '../work.ts';
import { type Findings, findBelow, type Refused, takeAll } from './adopt.ts';
import { type Adoption, type AdoptionRow, nextAdoption } from './reports.ts';
import { nameInReport, type Sorted } from './sorting.ts';
import type { Agency } from './take-over.ts';

type Tools = {
  db: Db;
  /** Opens what reads the directory with the fields that adoption goes by; it is closed again. */
  open(): Pick<Directory, 'readAll' | 'close'>;
  baseDn: string;
  signInSuffix: string | null;
  told: Act['settings'];
  clock: Clock;
  holder: string;
};

/**
 * Reads for the next report that was asked for, or takes over what was ordered. What was cut off begins anew: what is taken over
 * by then is IPMS's, and counted.
 * @returns whether there was anything, and nobody else at work
 * @throws what nobody foresaw; it is not tried again by itself
 */
export async function adoptNext(tools: Tools): Promise<boolean> {
  const { db, clock, holder } = tools;
  const next = await nextAdoption(db);
  if (next === undefined || !(await claimWork(db, holder, clock()))) return false;
  const directory = tools.open();
  try {
    await carryOut(tools, directory, next);
  } catch (error) {
    const failure = inWords(error);
    await db
      .updateTable('directory_adoption')
      .set({ state: 'failed', failure: JSON.stringify(failure), ended_at: clock().toISOString() })
      .where('id', '=', next.id)
      .execute();
    if (failure.key === 'directory.adopt.unexpected') throw error;
  } finally {
    await directory.close();
    await endWork(db, holder, {});
  }
  return true;
}

function inWords(error: unknown): Sentence & { words?: string } {
  if (error instanceof RuleBroken) return { key: error.key, params: error.params };
  if (error instanceof DirectoryAway) return { key: 'directory.adopt.away', words: error.message };
  return { key: 'directory.adopt.unexpected' };
}

async function carryOut(tools: Tools, directory: Pick<Directory, 'readAll'>, next: Adoption) {
  const { db, clock, holder, baseDn } = tools;
  const agency = (await agenciesOf(db)).find(({ id }) => id === next.agency_id);
  if (agency === undefined) throw new RuleBroken('directory.adopt.noAgency');
  await keepWork(db, holder, clock(), { phase: 'reading', done: 0, total: 0 });
  const findings = await findBelow(db, directory, agency, { ou: next.ou, baseDn }, clock());
  if (next.state === 'asked') await db.transaction().execute((trx) => keepReport(trx, next, findings.sorted, clock()));
  else await take(tools, next, agency, findings);
}

async function keepReport(trx: Trx, { id }: Adoption, sorted: Sorted[], now: Date) {
  const rows = sorted.map(
    (each): NewRow<'directory_adoption_row'> => ({
      adoption_id: id,
      guid: each.object.guid,
      kind: each.kind,
      item_type: each.type,
      name: nameInReport(each),
      place: placeOf(each.object),
      why: each.why && JSON.stringify(each.why),
      is_clean: Number(each.taking !== null),
    }),
  );
  await insertAll(trx, 'directory_adoption_row', rows);
  const clean = rows.filter(({ is_clean }) => is_clean === 1).length;
  await trx
    .updateTable('directory_adoption')
    .set({ state: 'reported', reported_at: now.toISOString(), found: rows.length, clean })
    .where('id', '=', id)
    .execute();
}

/** Only what the report said to be clean, and what still is: nobody has seen anything else. */
async function take(tools: Tools, next: Adoption, agency: Agency, findings: Findings) {
  const { db, clock, holder, told: settings, signInSuffix } = tools;
  const actor = await actorFor(db, next);
  const rows = await db
    .selectFrom('directory_adoption_row')
    .select(['id', 'guid'])
    .where('adoption_id', '=', next.id)
    .where('is_clean', '=', 1)
    .execute();
  const seen = new Set(rows.map(({ guid }) => guid));
  const sorted = findings.sorted.filter(({ object }) => seen.has(object.guid));
  let saidAt = Number.NEGATIVE_INFINITY;
  const how = { agency, actor, settings, clock, signInSuffix };
  const { refused } = await takeAll(db, { ...findings, sorted }, how, async (done, total) => {
    await actorFor(db, next); // the right may end while it is done
    if (performance.now() - saidAt < SECOND / 2) return;
    saidAt = performance.now();
    await keepWork(db, holder, clock(), { phase: 'adopting', done, total });
  });
  const outcomes = outcomesOf(rows, { ...findings, sorted }, refused);
  await db.transaction().execute((trx) => keepOutcomes(trx, next, outcomes, clock()));
}

/** The person in whose name it is done, with the rights of this moment. @throws RuleBroken where they are not the helpdesk any more */
async function actorFor(db: Db, { ordered_by, ordered_from }: Adoption): Promise<Actor> {
  const user = await db
    .selectFrom('user')
    .selectAll()
    .where('id', '=', ordered_by ?? 0)
    .where('role', '=', 'helpdesk')
    .where('status', '=', 'active')
    .executeTakeFirst();
  if (user === undefined) throw new RuleBroken('directory.adopt.noRight');
  return asPerson({ ...SYSTEM, address: ordered_from ?? '' }, user);
}

type Outcome = { id: number; outcome: 'taken' | 'refused' | 'changed'; why: string | null };

/** What became of each row that was clean: an object that is IPMS's was taken over now, or before a stop. */
function outcomesOf(
  rows: Pick<AdoptionRow, 'id' | 'guid'>[],
  { sorted, items }: Findings,
  refused: Refused[],
): Outcome[] {
  const now = new Map(sorted.map(({ object, why }) => [object.guid, why]));
  const refusals = new Map(refused.map(({ sorted: { object }, why }) => [object.guid, why]));
  return rows.map(({ id, guid }) => {
    if (items.has(guid)) return { id, outcome: 'taken', why: null };
    const refusal = refusals.get(guid);
    if (refusal !== undefined) return { id, outcome: 'refused', why: asKept(refusal) };
    return { id, outcome: 'changed', why: asKept(now.get(guid) ?? { key: 'directory.adopt.notThere' }) };
  });
}

/** An error has more in it than the sentence. */
const asKept = ({ key, params }: Sentence) => JSON.stringify(params === undefined ? { key } : { key, params });

async function keepOutcomes(trx: Trx, { id }: Adoption, outcomes: Outcome[], now: Date) {
  await sql`
    update directory_adoption_row set outcome = each.value ->> 'outcome', why = coalesce(each.value ->> 'why', why)
    from json_each(${JSON.stringify(outcomes)}) as each where directory_adoption_row.id = each.value ->> 'id'`.execute(
    trx,
  );
  const taken = outcomes.filter(({ outcome }) => outcome === 'taken').length;
  await trx
    .updateTable('directory_adoption')
    .set({ state: 'done', ended_at: now.toISOString(), taken })
    .where('id', '=', id)
    .execute();
}
