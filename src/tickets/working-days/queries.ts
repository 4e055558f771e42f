import { sql } from 'kysely';
import { NotFound } from '../../base/errors.ts';
import type { Db, Trx } from '../../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../../data/paging.ts';
import type { Row } from '../../data/schema.ts';
import type { WorkCalendar } from './working-time.ts';

export type Holiday = Row<'holiday'>;
export type Weekend = Row<'weekend'>;

const isEverywhere = sql<boolean>`states = '[]'`;
const holdsIn = (state: string) => sql<boolean>`exists (select 1 from json_each(states) where value = ${state})`;

/** The working days of a state: its weekends, and the holidays that are everywhere or in that state. */
export async function calendarOf(db: Db | Trx, state: string): Promise<WorkCalendar> {
  const weekends = await db.selectFrom('weekend').selectAll().where('state', '=', state).execute();
  const holidays = await db
    .selectFrom('holiday')
    .select('day')
    .where((eb) => eb.or([isEverywhere, holdsIn(state)]))
    .execute();
  return {
    weekends: weekends.map(({ since, days }) => ({ since, days: JSON.parse(days) as number[] })),
    holidays: new Set(holidays.map((row) => row.day)),
  };
}

/** @throws NotFound */
export async function holidayById(db: Db | Trx, id: number): Promise<Holiday> {
  const row = await db.selectFrom('holiday').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** By name, by year, and by the state in which people have the day off; `national` is what is everywhere. */
export async function listHolidays(db: Db, query: ListQuery): Promise<Found<Holiday>> {
  const { year, state } = query.filters;
  let found = db.selectFrom('holiday').selectAll();
  if (year) found = found.where('day', 'like', `${year}-%`);
  if (state === 'national') found = found.where(isEverywhere);
  else if (state) found = found.where((eb) => eb.or([isEverywhere, holdsIn(state)]));
  if (query.q !== '') found = found.where(anyContains(query.q, ['name']));
  return onePage(db, found, query);
}

/** The years of which a holiday is known. */
export async function holidayYears(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('holiday')
    .select(sql<string>`substr(day, 1, 4)`.as('year'))
    .distinct()
    .orderBy('year', 'desc')
    .execute();
  return rows.map((row) => row.year);
}

/** @throws NotFound */
export async function weekendById(db: Db | Trx, id: number): Promise<Weekend> {
  const row = await db.selectFrom('weekend').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

export async function listWeekends(db: Db, query: ListQuery): Promise<Found<Weekend>> {
  let found = db.selectFrom('weekend').selectAll();
  if (query.filters.state) found = found.where('state', '=', query.filters.state);
  if (query.q !== '') found = found.where(anyContains(query.q, ['state']));
  return onePage(db, found, query);
}
