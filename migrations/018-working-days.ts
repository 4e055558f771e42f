import { type Kysely, sql } from 'kysely';

const FRIDAY_SATURDAY = '[5,6]';
const SATURDAY_SUNDAY = '[6,0]';

/** Since when each state rests on which days of the week (0 is Sunday). A change is a new row. */
const WEEKENDS: [state: string, since: string, days: string][] = [
  ['Johor', '2000-01-01', SATURDAY_SUNDAY],
  ['Johor', '2014-01-01', FRIDAY_SATURDAY],
  ['Johor', '2025-01-01', SATURDAY_SUNDAY],
  ['Kedah', '2000-01-01', FRIDAY_SATURDAY],
  ['Kelantan', '2000-01-01', FRIDAY_SATURDAY],
  ['Melaka', '2000-01-01', SATURDAY_SUNDAY],
  ['Negeri Sembilan', '2000-01-01', SATURDAY_SUNDAY],
  ['Pahang', '2000-01-01', SATURDAY_SUNDAY],
  ['Perak', '2000-01-01', SATURDAY_SUNDAY],
  ['Perlis', '2000-01-01', SATURDAY_SUNDAY],
  ['Pulau Pinang', '2000-01-01', SATURDAY_SUNDAY],
  ['Sabah', '2000-01-01', SATURDAY_SUNDAY],
  ['Sarawak', '2000-01-01', SATURDAY_SUNDAY],
  ['Selangor', '2000-01-01', SATURDAY_SUNDAY],
  ['Terengganu', '2000-01-01', FRIDAY_SATURDAY],
  ['Wilayah Persekutuan Kuala Lumpur', '2000-01-01', SATURDAY_SUNDAY],
  ['Wilayah Persekutuan Labuan', '2000-01-01', SATURDAY_SUNDAY],
  ['Wilayah Persekutuan Putrajaya', '2000-01-01', SATURDAY_SUNDAY],
];

/** Which days are worked, state by state: the weekend with the day from which it holds, and public holidays. */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table weekend (
      id integer primary key autoincrement,
      state text not null,
      since text not null,
      days text not null check (json_valid(days)),
      unique (state, since)
    ) strict`.execute(db);
  await sql`
    create table holiday (
      id integer primary key autoincrement,
      day text not null,
      name text not null,
      states text not null default '[]' check (json_valid(states)),
      unique (day, name)
    ) strict`.execute(db);
  for (const [state, since, days] of WEEKENDS)
    await sql`insert into weekend (state, since, days) values (${state}, ${since}, ${days})`.execute(db);
}
