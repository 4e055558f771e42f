import type { Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import type { Group } from '../groups/queries.ts';
import type { Mailbox } from '../mailboxes/queries.ts';

export function mailboxItem(mailbox: Pick<Mailbox, 'id' | 'display_name' | 'agency_id'>) {
  return { type: 'mailbox' as const, id: mailbox.id, name: mailbox.display_name, agencyId: mailbox.agency_id };
}

export function groupItem(group: Pick<Group, 'id' | 'display_name' | 'agency_id'>) {
  return { type: 'group' as const, id: group.id, name: group.display_name, agencyId: group.agency_id };
}

/** Somebody looked after the list just now. */
export async function touch(trx: Trx, id: number, now: Date) {
  await trx
    .updateTable('group')
    .set((eb) => ({ changed_at: now.toISOString(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export function userItem(user: Pick<Row<'user'>, 'id' | 'full_name' | 'agency_id'>) {
  return { type: 'user' as const, id: user.id, name: user.full_name, agencyId: user.agency_id };
}

export function ticketItem(ticket: Pick<Row<'ticket'>, 'id' | 'subject' | 'agency_id'>) {
  return { type: 'ticket' as const, id: ticket.id, name: ticket.subject, agencyId: ticket.agency_id };
}
