import { agencyById } from '../../agencies/queries.ts';
import { SYSTEM_ITEM } from '../../agencies/system-values.ts';
import { Conflict, NotFound, RuleBroken } from '../../base/errors.ts';
import type { Act } from '../../data/act.ts';
import type { Row } from '../../data/schema.ts';
import { audit } from '../../trail/audit.ts';
import { agencyItem, type Item } from '../../trail/items.ts';
import { carriedOut } from '../comparing.ts';
import type { Change, Real } from '../objects.ts';
import { foundValue } from '../pass.ts';
import { comparedWithTicks } from '../steps.ts';
import { findChange, findDrift, findObject } from './queries.ts';

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

/** Everything is compared with the next look; the helpdesk waits for it. */
export async function askForLook({ trx, now }: Act) {
  await trx.updateTable('directory_work').set({ asked_at: now.toISOString(), next_at: null }).execute();
}

/** What the brake holds of an agency is carried out with the next look. @returns how many changes */
export async function releaseHeld(act: Act, agencyId: number, reason: string) {
  const agency = await agencyById(act.trx, agencyId);
  const { numUpdatedRows } = await act.trx
    .updateTable('directory_change')
    .set({ released_at: act.now.toISOString() })
    .where('agency_id', '=', agencyId)
    .where('reason', '=', 'held')
    .where('released_at', 'is', null)
    .where('done_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new RuleBroken('directory.held.none');
  await askForLook(act);
  await audit(act, {
    action: 'directory.released',
    item: agencyItem(agency),
    after: { changes: Number(numUpdatedRows), reason },
  });
  return Number(numUpdatedRows);
}

/** One field becomes again what IPMS wants, whatever the agency's setting says. */
export async function putBack(act: Act, objectId: number, field: string) {
  const object = await findObject(act.trx, act.actor, objectId);
  const change = await findDrift(act.trx, act.actor, object, field);
  await act.trx
    .updateTable('directory_change')
    .set({ released_at: act.now.toISOString() })
    .where('id', '=', change.id)
    .execute();
  await askForLook(act);
  await audit(act, { action: 'directory.put-back', item: await itemOf(act, object, change), after: factsOf(change) });
}

/** One field stays as somebody made it in the directory, in silence until it changes again. */
export async function acceptDrift(act: Act, objectId: number, field: string) {
  const object = await findObject(act.trx, act.actor, objectId);
  const change = await findDrift(act.trx, act.actor, object, field);
  const accepted = { ...JSON.parse(object.accepted), [field]: foundValue(JSON.parse(change.change) as Change) };
  await act.trx
    .updateTable('directory_object')
    .set({ accepted: JSON.stringify(accepted) })
    .where('id', '=', object.id)
    .execute();
  await act.trx.deleteFrom('directory_change').where('id', '=', change.id).execute();
  await audit(act, { action: 'directory.accepted', item: await itemOf(act, object, change), after: factsOf(change) });
}

/** What was refused is tried again: one object, or all of them. @returns how many */
export async function retryRefused(act: Act, objectId: number | null) {
  if (objectId !== null) await findObject(act.trx, act.actor, objectId);
  let refused = act.trx
    .updateTable('directory_object')
    .set({ state: 'due', tries: 0, next_try_at: null })
    .where('state', '=', 'refused');
  if (objectId !== null) refused = refused.where('id', '=', objectId);
  const { numUpdatedRows } = await refused.executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** A person says that steps were done in the directory: from then on they are compared with as done. @returns how many */
export async function tickSteps(act: Act, ids: number[]) {
  for (const id of ids) {
    const step = await findChange(act.trx, act.actor, id);
    if (step.reason !== 'step') throw new NotFound();
    await tick(act, step);
  }
  return ids.length;
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

/** An agency whose accounts were made by hand before IPMS kept a list: they are there as they are wanted. @returns how many */
export async function beginWithAll(act: Act, agencyId: number) {
  const agency = await agencyById(act.trx, agencyId);
  if (act.actor.role === 'admin' && act.actor.agencyId !== agencyId) throw new NotFound();
  if (agency.directory_mode === 'live') throw new RuleBroken('directory.steps.isLive');
  const { changes, rows } = await comparedWithTicks(act.trx, { agencies: [agency], isShared: false }, act.now);
  let reals: Real[] = [];
  for (const change of changes) reals = carriedOut(reals, change);
  const ids = new Map(rows.map(({ mark, id }) => [mark, id]));
  for (const real of reals)
    await act.trx
      .updateTable('directory_object')
      .set({ real: JSON.stringify(real), state: 'due' })
      .where('id', '=', ids.get(real.guid) ?? 0)
      .where('real', 'is', null)
      .execute();
  await audit(act, { action: 'directory.begun', item: agencyItem(agency), after: { objects: reals.length } });
  return reals.length;
}

/** The item that an object stands for; one of IPMS's own helpers is its agency's. */
async function itemOf(
  act: Act,
  object: Row<'directory_object'>,
  { item_name }: Pick<Row<'directory_change'>, 'item_name'>,
): Promise<Item> {
  if (object.item_type !== 'helper')
    return { type: object.item_type, id: Number(object.item_id), name: item_name, agencyId: object.agency_id };
  if (object.agency_id === null) return { ...SYSTEM_ITEM, name: item_name };
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
