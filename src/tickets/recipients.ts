import type { Settings } from '../base/settings.ts';
import type { Db, Trx } from '../data/database.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import type { Recipient } from '../trail/outbox.ts';
import { activeStaff, type Ticket } from './queries.ts';

/** Where the helpdesk is reached, as the environment has it. */
export type Environment = Pick<Settings, 'owaUrl' | 'helpdeskEmail'>;

/** Where mails to the helpdesk go: its common address, or, where none is set, everybody of it. */
export async function helpdeskRecipients(db: Db | Trx, environment: Environment): Promise<Recipient[]> {
  const { helpdeskEmail } = await readSystemSettings(db, environment);
  if (helpdeskEmail !== null) return [{ name: '', address: helpdeskEmail.toLowerCase() }];
  return (await activeStaff(db)).map(({ name, address }) => ({ name, address }));
}

/** Who of the helpdesk hears of a ticket: whoever has it in hand, else the helpdesk. */
export async function handlersOf(db: Db | Trx, ticket: Ticket, environment: Environment): Promise<Recipient[]> {
  const assignee = (await activeStaff(db)).find((each) => each.id === ticket.assigned_to);
  if (assignee === undefined) return helpdeskRecipients(db, environment);
  return [{ name: assignee.name, address: assignee.address }];
}
