import type { Actor } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import { type Db, isTaken, type Trx } from '../platform/database.ts';
import { RuleBroken } from '../platform/errors.ts';
import { showDate } from '../platform/time.ts';
import { findHoliday, type Holiday } from './working-days-queries.ts';

/** A public holiday; without states it is one everywhere. */
export type HolidayDetails = { day: string; name: string; states: string[] };
/** The holidays that have a fixed date in every state. The rest follow the moon, a ruler's birthday or a state's law. */
const FIXED = [
  { date: '05-01', name: 'Hari Pekerja' },
  { date: '08-31', name: 'Hari Kebangsaan' },
  { date: '09-16', name: 'Hari Malaysia' },
  { date: '12-25', name: 'Hari Krismas' },
];

function holidayItem({ id, day, name }: Pick<Holiday, 'id' | 'day' | 'name'>) {
  return { type: 'holiday' as const, id, name: `${showDate('ms', day)}, ${name}`, agencyId: null };
}

function holidayFacts({ day, name, states }: HolidayDetails) {
  return { holiday_on: day, name, states };
}

/** A row's facts as its form has them. */
export function holidayDetails({ day, name, states }: Holiday): HolidayDetails {
  return { day, name, states: JSON.parse(states) as string[] };
}

/** A new holiday, for tickets that are made from now on. Returns its number. @throws RuleBroken beside `name` when it is there */
export async function addHoliday(db: Db, actor: Actor, details: HolidayDetails, now: Date) {
  return change(db, actor, now, (trx) => insertHoliday(trx, actor, details, now));
}

async function insertHoliday(trx: Trx, actor: Actor, details: HolidayDetails, now: Date) {
  const { id } = await trx
    .insertInto('holiday')
    .values({ ...details, states: JSON.stringify(details.states) })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch(isThere(details));
  const item = holidayItem({ id, ...details });
  await record(trx, actor, { action: 'holiday.added', item, after: holidayFacts(details) }, now);
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
export async function updateHoliday(db: Db, actor: Actor, id: number, details: HolidayDetails, now: Date) {
  return change(db, actor, now, async (trx) => {
    const before = holidayDetails(await findHoliday(trx, id));
    const facts = { before: holidayFacts(before), after: holidayFacts(details) };
    if (JSON.stringify(facts.before) === JSON.stringify(facts.after)) return false;
    await trx
      .updateTable('holiday')
      .set({ ...details, states: JSON.stringify(details.states) })
      .where('id', '=', id)
      .execute()
      .catch(isThere(details));
    await record(trx, actor, { action: 'holiday.updated', item: holidayItem({ id, ...details }), ...facts }, now);
    return true;
  });
}

/** @throws NotFound */
export async function removeHoliday(db: Db, actor: Actor, id: number, now: Date) {
  return change(db, actor, now, async (trx) => {
    const holiday = await findHoliday(trx, id);
    await trx.deleteFrom('holiday').where('id', '=', id).execute();
    const before = holidayFacts(holidayDetails(holiday));
    await record(trx, actor, { action: 'holiday.removed', item: holidayItem(holiday), before }, now);
  });
}

/** Adds the fixed dates of a year; those that are there stay as they are. Returns how many were added. */
export async function addFixedHolidays(db: Db, actor: Actor, year: number, now: Date) {
  return change(db, actor, now, async (trx) => {
    let added = 0;
    for (const { date, name } of FIXED) {
      const day = `${year}-${date}`;
      const known = await trx
        .selectFrom('holiday')
        .select('id')
        .where('day', '=', day)
        .where('name', '=', name)
        .execute();
      if (known.length > 0) continue;
      await insertHoliday(trx, actor, { day, name, states: [] }, now);
      added += 1;
    }
    return added;
  });
}
