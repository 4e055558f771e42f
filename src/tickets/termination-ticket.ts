import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { audit } from '../trail/audit.ts';
import { ticketItem } from '../trail/items.ts';
import type { Checklist } from './checklist.ts';
import { endOfDay } from './due.ts';
import { UNFINISHED } from './queries.ts';
import { requestWork } from './ticket.ts';

/** SOP 4.11 step 4: the helpdesk gets work, as a part of the change that makes it. Returns the ticket. */
export async function requestTicket(
  act: Act,
  ticket: Pick<Row<'ticket'>, 'agency_id' | 'subject' | 'item_type' | 'item_id'> & { due_on: string },
) {
  const checklist: Checklist = { email: false, lync: false, ad: false };
  const due = { due_on: ticket.due_on, due_at: endOfDay(ticket.due_on) };
  const entry = { ...ticket, ...due, kind: 'termination' as const, content: JSON.stringify(checklist) };
  return requestWork(act, entry, { due_on: ticket.due_on });
}

/** The work is due on another day. A ticket that has ended stays as it is. */
export async function postponeTicket(act: Act, id: number | null, dueOn: string) {
  const before = await unfinished(act.trx, id);
  if (before === undefined) return;
  await act.trx
    .updateTable('ticket')
    .set({ due_on: dueOn, due_at: endOfDay(dueOn), version: before.version + 1 })
    .where('id', '=', before.id)
    .execute();
  await audit(act, {
    action: 'ticket.postponed',
    sop: '4.11',
    item: ticketItem(before),
    before: { due_on: before.due_on },
    after: { due_on: dueOn },
  });
}

/** The work is not needed any more. A ticket that has ended stays as it is. */
export async function withdrawTicket(act: Act, id: number | null) {
  const before = await unfinished(act.trx, id);
  if (before === undefined) return;
  await act.trx
    .updateTable('ticket')
    .set({ status: 'withdrawn', version: before.version + 1 })
    .where('id', '=', before.id)
    .execute();
  await audit(act, {
    action: 'ticket.withdrawn',
    sop: '4.11',
    item: ticketItem(before),
    before: { status: before.status },
    after: { status: 'withdrawn' },
  });
}

async function unfinished(trx: Trx, id: number | null) {
  return trx
    .selectFrom('ticket')
    .selectAll()
    .where('id', '=', id ?? 0)
    .where('status', 'in', UNFINISHED)
    .executeTakeFirst();
}
