import type { Act } from '../../data/act.ts';
import type { Db, Trx } from '../../data/database.ts';
import { storedSettings, storeSetting } from '../../data/system-settings.ts';
import { audit } from '../../trail/audit.ts';
import type { Item } from '../../trail/items.ts';

/** The kinds of work that have a setting of their own. */
export const HOUR_KINDS = ['contact', 'question', 'complaint', 'reset', 'other'] as const;
export type HourKind = (typeof HOUR_KINDS)[number];
export type TicketHours = Record<HourKind, number>;

const USUAL: TicketHours = { contact: 24, question: 16, complaint: 24, reset: 4, other: 24 };

/** How the table of settings names one of them. */
const hourSetting = (kind: HourKind) => `ticketHours.${kind}`;

/** Within how many working hours each kind of ticket is to be done: as the helpdesk has set, else the usual. */
export async function readTicketHours(db: Db | Trx): Promise<TicketHours> {
  const stored = await storedSettings(db);
  const hours = HOUR_KINDS.map((kind) => [kind, Number(stored.get(hourSetting(kind)) ?? USUAL[kind])]);
  return Object.fromEntries(hours) as TicketHours;
}

export const HOURS_ITEM: Item = { type: 'setting', id: 3, name: 'Jam bekerja tiket', agencyId: null };

function facts(hours: TicketHours) {
  return Object.fromEntries(HOUR_KINDS.map((kind) => [`${kind}_hours`, hours[kind]]));
}

/** Sets within how many working hours tickets are due, for those made from now on. Returns whether anything was different. */
export async function updateTicketHours(act: Act, hours: TicketHours) {
  const [before, after] = [facts(await readTicketHours(act.trx)), facts(hours)];
  if (JSON.stringify(before) === JSON.stringify(after)) return false;
  for (const kind of HOUR_KINDS) await storeSetting(act.trx, hourSetting(kind), String(hours[kind]));
  await audit(act, { action: 'setting.ticket-hours-updated', item: HOURS_ITEM, before, after });
  return true;
}
