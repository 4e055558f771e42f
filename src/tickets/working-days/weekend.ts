import { RuleBroken } from '../../base/errors.ts';
import { showDate } from '../../base/time.ts';
import type { Act } from '../../data/act.ts';
import { isTaken, type Trx } from '../../data/database.ts';
import { audit } from '../../trail/audit.ts';
import { weekendItem } from '../../trail/items.ts';
import { type Weekend, weekendById } from './queries.ts';

/** From a day on, a state rests on these days of the week (0 is Sunday). */
export type WeekendDetails = { state: string; since: string; days: number[] };

/** The days of the week, as the calendar counts them. */
export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

function weekendFacts({ state, since, days }: WeekendDetails) {
  return { state, since, weekend_days: days.map((day) => WEEKDAYS[day]) };
}

/** A row's facts as its form has them. */
export function weekendDetails({ state, since, days }: Weekend): WeekendDetails {
  return { state, since, days: JSON.parse(days) as number[] };
}

/** A state rests on other days from a day on. Returns its number. @throws RuleBroken beside `since` when that day has one */
export async function addWeekend(act: Act, details: WeekendDetails) {
  const { id } = await act.trx
    .insertInto('weekend')
    .values({ ...details, days: JSON.stringify(details.days) })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch(holdsAlready(details));
  const item = weekendItem({ id, ...details });
  await audit(act, { action: 'weekend.added', item, after: weekendFacts(details) });
  return id;
}

const holdsAlready =
  ({ state, since }: WeekendDetails) =>
  (error: unknown) => {
    if (!isTaken(error, 'weekend.state')) throw error;
    throw new RuleBroken(
      'weekend.isThere',
      { state, date: { ms: showDate('ms', since), en: showDate('en', since) } },
      'since',
    );
  };

/** Returns whether anything was different. @throws NotFound, RuleBroken beside `since` */
export async function updateWeekend(act: Act, id: number, details: WeekendDetails) {
  const row = await weekendById(act.trx, id);
  if (row.state !== details.state) await refuseLast(act.trx, row);
  const before = weekendFacts(weekendDetails(row));
  const after = weekendFacts(details);
  if (JSON.stringify(before) === JSON.stringify(after)) return false;
  await act.trx
    .updateTable('weekend')
    .set({ ...details, days: JSON.stringify(details.days) })
    .where('id', '=', id)
    .execute()
    .catch(holdsAlready(details));
  await audit(act, { action: 'weekend.updated', item: weekendItem({ id, ...details }), before, after });
  return true;
}

/** @throws NotFound; RuleBroken for the only one that a state has */
export async function removeWeekend(act: Act, id: number) {
  const row = await weekendById(act.trx, id);
  await refuseLast(act.trx, row);
  await act.trx.deleteFrom('weekend').where('id', '=', id).execute();
  const before = weekendFacts(weekendDetails(row));
  await audit(act, { action: 'weekend.removed', item: weekendItem(row), before });
}

/** Every state has a weekend. */
async function refuseLast(trx: Trx, { id, state }: Weekend) {
  const others = await trx
    .selectFrom('weekend')
    .select('id')
    .where('state', '=', state)
    .where('id', '!=', id)
    .execute();
  if (others.length === 0) throw new RuleBroken('weekend.onlyOne', { state });
}
