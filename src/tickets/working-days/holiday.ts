import { RuleBroken } from '../../base/errors.ts';
import { showDate } from '../../base/time.ts';
import type { Act } from '../../data/act.ts';
import { isTaken } from '../../data/database.ts';
import { audit } from '../../trail/audit.ts';
import { holidayItem } from '../../trail/items.ts';
import { type Holiday, holidayById } from './queries.ts';

/** A public holiday; without states it is one everywhere. */
export type HolidayDetails = { day: string; name: string; states: string[] };
/** The holidays that have a fixed date in every state. The rest follow the moon, a ruler's birthday or a state's law. */
const FIXED = [
  { date: '05-01', name: 'Hari Pekerja' },
  { date: '08-31', name: 'Hari Kebangsaan' },
  { date: '09-16', name: 'Hari Malaysia' },
  { date: '12-25', name: 'Hari Krismas' },
];

function holidayFacts({ day, name, states }: HolidayDetails) {
  return { holiday_on: day, name, states };
}

/** A row's facts as its form has them. */
export function holidayDetails({ day, name, states }: Holiday): HolidayDetails {
  return { day, name, states: JSON.parse(states) as string[] };
}

/** A new holiday, for tickets that are made from now on. Returns its number. @throws RuleBroken beside `name` when it is there */
export async function addHoliday(act: Act, details: HolidayDetails) {
  const { id } = await act.trx
    .insertInto('holiday')
    .values({ ...details, states: JSON.stringify(details.states) })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch(isThere(details));
  const item = holidayItem({ id, ...details });
  await audit(act, { action: 'holiday.added', item, after: holidayFacts(details) });
  return id;
}

const isThere =
  ({ day, name }: Pick<HolidayDetails, 'day' | 'name'>) =>
  (error: unknown) => {
    if (!isTaken(error, 'holiday.day')) throw error;
    throw new RuleBroken('holiday.isThere', { name, date: inWords(day) }, 'name');
  };

const inWords = (day: string) => ({ ms: showDate('ms', day), en: showDate('en', day) });

/** Another day, name or other states. Returns whether anything was different. @throws NotFound, RuleBroken beside `name` */
export async function updateHoliday(act: Act, id: number, details: HolidayDetails) {
  const before = holidayDetails(await holidayById(act.trx, id));
  const facts = { before: holidayFacts(before), after: holidayFacts(details) };
  if (JSON.stringify(facts.before) === JSON.stringify(facts.after)) return false;
  await act.trx
    .updateTable('holiday')
    .set({ ...details, states: JSON.stringify(details.states) })
    .where('id', '=', id)
    .execute()
    .catch(isThere(details));
  await audit(act, { action: 'holiday.updated', item: holidayItem({ id, ...details }), ...facts });
  return true;
}

/** @throws NotFound */
export async function removeHoliday(act: Act, id: number) {
  const holiday = await holidayById(act.trx, id);
  await act.trx.deleteFrom('holiday').where('id', '=', id).execute();
  const before = holidayFacts(holidayDetails(holiday));
  await audit(act, { action: 'holiday.removed', item: holidayItem(holiday), before });
}

/** Adds the fixed dates of a year; those that are there stay as they are. Returns how many were added. */
export async function addFixedHolidays(act: Act, year: number) {
  let added = 0;
  for (const { date, name } of FIXED) {
    const day = `${year}-${date}`;
    const known = await act.trx
      .selectFrom('holiday')
      .select('id')
      .where('day', '=', day)
      .where('name', '=', name)
      .execute();
    if (known.length > 0) continue;
    await addHoliday(act, { day, name, states: [] });
    added += 1;
  }
  return added;
}
