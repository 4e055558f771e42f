import { DAY, later, startOfDay } from '../base/time.ts';
import type { Trx } from '../data/database.ts';
import { isContactKind, type TicketKind } from './kinds.ts';
import { type HourKind, readTicketHours } from './working-days/hours.ts';
import { calendarOf } from './working-days/queries.ts';
import { addWorkingHours } from './working-days/working-time.ts';

function hourKindOf(kind: Exclude<TicketKind, 'termination'>): HourKind {
  if (isContactKind(kind)) return 'contact';
  return kind === 'password-reset' ? 'reset' : kind;
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
