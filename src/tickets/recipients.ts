import type { Act } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import type { Recipient } from '../trail/outbox.ts';
import { activeStaff, type Ticket } from './queries.ts';

/** Where mails to the helpdesk go: its common address, or, where none is set, everybody of it. */
export async function helpdeskRecipients(db: Db | Trx, settings: Act['settings']): Promise<Recipient[]> {
  const { helpdeskEmail } = await readSystemSettings(db, settings);
  if (helpdeskEmail !== null) return [{ name: '', address: helpdeskEmail.toLowerCase() }];
  return (await activeStaff(db)).map(({ name, address }) => ({ name, address }));
}

/** Who of the helpdesk hears of a ticket: whoever has it in hand, else the helpdesk. */
export async function handlersOf(db: Db | Trx, ticket: Ticket, settings: Act['settings']): Promise<Recipient[]> {
  const assignee = (await activeStaff(db)).find((each) => each.id === ticket.assigned_to);
  if (assignee === undefined) return helpdeskRecipients(db, settings);
  return [{ name: assignee.name, address: assignee.address }];
}
