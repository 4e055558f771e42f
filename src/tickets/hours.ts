import type { Act } from '../data/act.ts';
import { storeSetting } from '../data/system-settings.ts';
import { audit } from '../trail/audit.ts';
import type { Item } from '../trail/items.ts';
import { HOUR_KINDS, hourSetting, readTicketHours, type TicketHours } from './due.ts';

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
