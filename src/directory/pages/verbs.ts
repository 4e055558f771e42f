import { sql } from 'kysely';
import { agencyById } from '../../agencies/queries.ts';
import { SYSTEM_ITEM } from '../../agencies/system-values.ts';
import { byChunks } from '../../base/chunks.ts';
import { Conflict, NotFound, RuleBroken } from '../../base/errors.ts';
import { timeInWords } from '../../base/time.ts';
import type { Act } from '../../data/act.ts';
import type { Row } from '../../data/schema.ts';
import { PAGE_SIZE } from '../../lists/listing.ts';
import { audit } from '../../trail/audit.ts';
import { agencyItem, type Item } from '../../trail/items.ts';
import { carriedOut } from '../comparing.ts';
import { type Change, markOf, type Real } from '../objects.ts';
import { type OpenChange, storePlan } from '../open-changes.ts';
import { foundValue } from '../pass.ts';
import { isOf } from '../tracked.ts';
import { takeValue } from './accepting.ts';
import { findAgencyToBegin, findDrift, findObject, findSteps } from './queries.ts';

/** IPMS's own containers and the contacts belong to no agency. */
const SHARED: Item = { ...SYSTEM_ITEM, name: 'directory' };

/**
 * What is decided for an agency is sent from now on, beginning with the plan that was seen.
 * @param seen when that plan was made
 * @throws Conflict when there is a newer one
 */
export async function agreeToPlan(act: Act, agencyId: number, seen: string) {
  const agency = await agencyById(act.trx, agencyId);
  if (agency.directory_mode !== 'live' || agency.directory_agreed_at !== null)
    throw new Conflict('directory.plan.over');
  if (agency.directory_planned_at === null || agency.directory_planned_at !== seen)
    throw new Conflict('directory.plan.newer');
  await act.trx
    .updateTable('agency')
    .set({ directory_agreed_at: act.now.toISOString() })
    .where('id', '=', agencyId)
    .execute();
  await act.trx.deleteFrom('directory_change').where('agency_id', '=', agencyId).where('reason', '=', 'plan').execute();
  await audit(act, { action: 'directory.agreed', item: agencyItem(agency), after: { plan_of: seen } });
}

/** What would be done for agencies of which nothing is sent yet was shown to whoever asked: that plan is the one to agree to. */
export async function keepPlan(act: Act, agencies: Row<'agency'>[], open: OpenChange[], controller: string | null) {
  const ids = agencies.map(({ id }) => id);
  await storePlan(act.trx, ids, open, { now: act.now, controller });
  for (const agency of agencies)
    await audit(act, {
      action: 'directory.planned',
      item: agencyItem(agency),
      after: { changes: open.filter(({ agency_id }) => agency_id === agency.id).length },
    });
}

/** A command carries everything out, also what somebody changed in the directory; with `isForced` what the brake holds, too. */
export async function auditApplied(act: Act, agencies: Row<'agency'>[], isForced: boolean) {
  for (const agency of agencies)
    await audit(act, { action: 'directory.applied', item: agencyItem(agency), after: { brake_released: isForced } });
}

/** Everything is compared with the next look; the helpdesk waits for it. */
export async function askForLook(act: Act) {
  await lookSoon(act);
  await audit(act, { action: 'directory.look-asked', item: SHARED });
}

async function lookSoon({ trx, now }: Act) {
  await trx.updateTable('directory_work').set({ asked_at: now.toISOString(), next_at: null }).execute();
}

/** What the brake holds of an agency is carried out; null: what belongs to all. @returns how many changes */
export async function releaseHeld(act: Act, agencyId: number | null, reason: string) {
  const item = agencyId === null ? SHARED : agencyItem(await agencyById(act.trx, agencyId));
  const { numUpdatedRows } = await act.trx
    .updateTable('directory_change')
    .set({ released_at: act.now.toISOString() })
    .where('agency_id', agencyId === null ? 'is' : '=', agencyId)
    .where('reason', '=', 'held')
    .where('released_at', 'is', null)
    .where('done_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new RuleBroken('directory.held.none');
  await lookSoon(act);
  await audit(act, {
    action: 'directory.released',
    item,
    after: { changes: Number(numUpdatedRows), reason },
  });
  return Number(numUpdatedRows);
}

/**
 * One field becomes again what IPMS wants, whatever the agency's setting says.
 * @param seen since when it was so on the page
 * @throws NotFound; Conflict when it is another one meanwhile, is being put back, or nobody writes to that directory
 */
export async function putBack(act: Act, objectId: number, field: string, seen: string) {
  const { object, change } = await driftSeen(act, objectId, field, seen);
  if (change.released_at !== null) throw new Conflict('directory.drift.over');
  await act.trx
    .updateTable('directory_change')
    .set({ released_at: act.now.toISOString() })
    .where('id', '=', change.id)
    .execute();
  await lookSoon(act);
  await audit(act, { action: 'directory.put-back', item: await itemOf(act, object, change), after: factsOf(change) });
}

/**
 * What somebody wrote into the directory is accepted: IPMS takes the value where people may change that field here; else it stays
 * as it is there, in silence until it changes again. The same errors.
 * @returns whether IPMS took it
 */
export async function acceptDrift(act: Act, objectId: number, field: string, seen: string) {
  const { object, change } = await driftSeen(act, objectId, field, seen);
  const asked = JSON.parse(change.change) as Change;
  const item = await itemOf(act, object, change);
  const isTaken = await takeValue(act, object, asked);
  if (!isTaken) {
    const accepted = { ...JSON.parse(object.accepted), [field]: foundValue(asked) };
    await act.trx
      .updateTable('directory_object')
      .set({ accepted: JSON.stringify(accepted) })
      .where('id', '=', object.id)
      .execute();
    // nothing has changed on either side: without a look it would be said to differ until the night
    await lookSoon(act);
  }
  await act.trx.deleteFrom('directory_change').where('id', '=', change.id).execute();
  await audit(act, { action: 'directory.accepted', item, after: { ...factsOf(change), taken_into_ipms: isTaken } });
  return isTaken;
}

async function driftSeen(act: Act, objectId: number, field: string, seen: string) {
  const object = await findObject(act.trx, act.actor, objectId);
  const change = await findDrift(act.trx, act.actor, object, field);
  const agency = object.agency_id === null ? null : await agencyById(act.trx, object.agency_id);
  if (agency !== null && agency.directory_mode !== 'live') throw new Conflict('directory.drift.over');
  if (change.since !== seen) throw new Conflict('directory.drift.newer');
  return { object, change };
}

/** One object that was refused is tried again. @returns whether it was refused. @throws NotFound */
export async function retryObject(act: Act, objectId: number) {
  const object = await findObject(act.trx, act.actor, objectId);
  const { numUpdatedRows } = await triedAgain(act).where('id', '=', object.id).executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return false;
  const item = await itemOf(act, object, {
    item_name: object.dn ?? markOf({ type: object.item_type, id: object.item_id }),
  });
  await audit(act, { action: 'directory.retried', item, after: { objects: 1 } });
  return true;
}

/** Whatever was refused of these agencies is tried again; null among them: of what belongs to all. @returns how many objects */
export async function retryRefused(act: Act, within: (number | null)[]) {
  const refused = await act.trx
    .selectFrom('directory_object')
    .select(['agency_id', (eb) => eb.fn.countAll<number>().as('count')])
    .where('state', '=', 'refused')
    .where(isOf(within))
    .groupBy('agency_id')
    .execute();
  if (refused.length === 0) return 0;
  await triedAgain(act).where(isOf(within)).execute();
  for (const { agency_id, count } of refused) {
    const item = agency_id === null ? SHARED : agencyItem(await agencyById(act.trx, agency_id));
    await audit(act, { action: 'directory.retried', item, after: { objects: count } });
  }
  return refused.reduce((sum, { count }) => sum + count, 0);
}

/** What a script did not find is not there any more, now that somebody says to try again: it is made anew. */
function triedAgain({ trx }: Act) {
  const unlessAbsent = (column: string) =>
    sql<null>`iif(last_error ->> 'key' = 'directory.script.absent', null, ${sql.ref(column)})`;
  return trx
    .updateTable('directory_object')
    .set({
      state: 'due',
      tries: 0,
      next_try_at: null,
      real: unlessAbsent('real'),
      guid: unlessAbsent('guid'),
      password_at: unlessAbsent('password_at'),
      last_error: unlessAbsent('last_error'),
    })
    .where('state', '=', 'refused');
}

/** A step as the page showed it: since when it was so. */
export type Tick = { id: number; seen: string };

/**
 * A person says that steps were done in the directory: from then on they are compared with as done. What somebody else ticked,
 * or what has become another step since, is left.
 * @returns how many were kept, and how many were left
 * @throws NotFound; Conflict when none of them is as it was; RuleBroken for more than a page shows
 */
export async function tickSteps(act: Act, ticks: Tick[]) {
  const seen = new Map(ticks.map((each) => [each.id, each.seen]));
  if (seen.size > PAGE_SIZE) throw new RuleBroken('directory.steps.tooMany', { most: PAGE_SIZE });
  const steps = await findSteps(act.trx, act.actor, [...seen.keys()]);
  const [some] = steps;
  if (some === undefined) throw new NotFound();
  const open = steps.filter((step) => step.done_at === null && step.since === seen.get(step.id));
  if (open.length === 0 && some.done_at !== null)
    throw new Conflict('directory.steps.already', { name: some.done_by_name ?? '', time: timeInWords(some.done_at) });
  if (open.length === 0) throw new Conflict('directory.steps.newer');
  for (const step of open) await tick(act, step);
  return { count: open.length, left: seen.size - open.length };
}

async function tick(act: Act, step: Row<'directory_change'>) {
  const { trx, now, actor } = act;
  const object = await trx
    .selectFrom('directory_object')
    .selectAll()
    .where('item_type', '=', step.item_type)
    .where('item_id', '=', step.item_id)
    .executeTakeFirstOrThrow();
  const before = object.real === null ? [] : [JSON.parse(object.real) as Real];
  const change = JSON.parse(step.change) as Change;
  if (before.length === 0 && change.action !== 'create') throw new RuleBroken('directory.steps.createFirst');
  const [after] = carriedOut(before, change);
  await trx
    .updateTable('directory_change')
    .set({ done_at: now.toISOString(), done_by: actor.userId, done_by_name: actor.name })
    .where('id', '=', step.id)
    .execute();
  await trx
    .updateTable('directory_object')
    .set({ real: after === undefined ? null : JSON.stringify(after), state: 'due', next_try_at: null })
    .where('id', '=', object.id)
    .execute();
  await audit(act, { action: 'directory.ticked', item: await itemOf(act, object, step), after: factsOf(step) });
}

/**
 * An agency whose accounts were made by hand before IPMS kept a list: they are there as they are wanted.
 * @param there what is wanted, as `everythingWanted` says; what changed since is a step
 * @returns how many
 * @throws NotFound; Conflict when something was ticked meanwhile
 */
export async function beginWithAll(act: Act, agencyId: number, there: Real[]) {
  const agency = await findAgencyToBegin(act.trx, act.actor, agencyId);
  let count = 0;
  for (const chunk of byChunks(there)) {
    const rows = chunk.map((real) => {
      const [, type, ...id] = real.guid.split(':');
      return { type, id: type === 'helper' ? id.join(':') : Number(id[0]), real: JSON.stringify(real) };
    });
    const { numAffectedRows } = await sql`
      update directory_object set real = each.value ->> 'real', state = 'due', next_try_at = null
      from json_each(${JSON.stringify(rows)}) as each
      where item_type = each.value ->> 'type' and item_id = each.value ->> 'id'
        and directory_object.agency_id = ${agency.id} and directory_object.real is null`.execute(act.trx);
    count += Number(numAffectedRows ?? 0);
  }
  await audit(act, { action: 'directory.begun', item: agencyItem(agency), after: { objects: count } });
  return count;
}

/** The item that an object stands for; one of IPMS's own helpers is its agency's. */
async function itemOf(
  act: Act,
  object: Row<'directory_object'>,
  { item_name }: Pick<Row<'directory_change'>, 'item_name'>,
): Promise<Item> {
  if (object.item_type !== 'helper')
    return { type: object.item_type, id: Number(object.item_id), name: item_name, agencyId: object.agency_id };
  if (object.agency_id === null) return { ...SHARED, name: item_name };
  return agencyItem(await agencyById(act.trx, object.agency_id));
}

function factsOf({ action, field, from_text, to_text }: Row<'directory_change'>) {
  return {
    step: action,
    ...(field === '' ? {} : { attribute: field }),
    in_directory: short(from_text),
    in_ipms: short(to_text),
  };
}

/** A list may have thousands of members. */
const short = (text: string) => (text.length > 500 ? `${text.slice(0, 499)}…` : text);
