import { DAY, later, startOfDay } from '../base/time.ts';
import type { Db, Trx } from '../data/database.ts';
import { storedSettings } from '../data/system-settings.ts';
import { isContactKind, type TicketKind } from './kinds.ts';
import { calendarRows } from './working-days-queries.ts';
import { addWorkingHours, type WorkCalendar } from './working-time.ts';

/** The kinds of work that have a setting of their own. */
export const HOUR_KINDS = ['contact', 'question', 'complaint', 'reset', 'other'] as const;
export type HourKind = (typeof HOUR_KINDS)[number];
export type TicketHours = Record<HourKind, number>;

const USUAL: TicketHours = { contact: 24, question: 16, complaint: 24, reset: 4, other: 24 };

/** How the table of settings names one of them. */
export const hourSetting = (kind: HourKind) => `ticketHours.${kind}`;

/** Within how many working hours each kind of ticket is to be done: as the helpdesk has set, else the usual. */
export async function readTicketHours(db: Db | Trx): Promise<TicketHours> {
  const stored = await storedSettings(db);
  const hours = HOUR_KINDS.map((kind) => [kind, Number(stored.get(hourSetting(kind)) ?? USUAL[kind])]);
  return Object.fromEntries(hours) as TicketHours;
}

function hourKindOf(kind: Exclude<TicketKind, 'termination'>): HourKind {
  if (isContactKind(kind)) return 'contact';
  return kind === 'password-reset' ? 'reset' : kind;
}

/** The working days of a state. */
export async function calendarOf(db: Db | Trx, state: string): Promise<WorkCalendar> {
  const { weekends, holidays } = await calendarRows(db, state);
  return {
    weekends: weekends.map(({ since, days }) => ({ since, days: JSON.parse(days) as number[] })),
    holidays: new Set(holidays.map((row) => row.day)),
  };
}

/** By when a ticket that is asked for now should be done, in the working hours of its agency's state. Shown, never enforced. */
export async function dueAt(
  trx: Trx,
  agencyId: number,
  kind: Exclude<TicketKind, 'termination'>,
  now: Date,
): Promise<string> {
  const { state } = await trx.selectFrom('agency').select('state').where('id', '=', agencyId).executeTakeFirstOrThrow();
  const hours = (await readTicketHours(trx))[hourKindOf(kind)];
  return addWorkingHours(now, hours, await calendarOf(trx, state)).toISOString();
}

/** What is due on a day is due until that day is over. */
export function endOfDay(day: string) {
  return later(startOfDay(day), DAY).toISOString();
}
