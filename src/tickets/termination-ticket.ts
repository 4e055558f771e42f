import { type Actor, userOf } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import type { Trx } from '../platform/database.ts';
import type { Recipient } from '../platform/outbox.ts';
import type { Row } from '../platform/schema.ts';
import type { Settings } from '../platform/settings.ts';
import { readSystemSettings } from '../platform/system-settings.ts';
import { ticketItem } from './item.ts';
import { activeStaff, UNFINISHED } from './queries.ts';
import type { Boxes } from './ticket.ts';

type Environment = Pick<Settings, 'owaUrl' | 'helpdeskEmail'>;

/** Where mails to the helpdesk go: its common address, or, where none is set, everybody of it. */
export async function helpdeskRecipients(trx: Trx, environment: Environment): Promise<Recipient[]> {
  const { helpdeskEmail } = await readSystemSettings(trx, environment);
  return helpdeskEmail === null ? activeStaff(trx) : [{ name: '', address: helpdeskEmail.toLowerCase() }];
}

/** SOP 4.11 step 4: the helpdesk gets work, as a part of the change that makes it. Returns the ticket. */
export async function requestTicket(
  trx: Trx,
  actor: Actor,
  ticket: Pick<Row<'ticket'>, 'agency_id' | 'subject' | 'item_type' | 'item_id' | 'due_on'>,
  now: Date,
) {
  const boxes: Boxes = { email: false, lync: false, ad: false };
  const row = await trx
    .insertInto('ticket')
    .values({
      ...ticket,
      kind: 'termination',
      content: JSON.stringify(boxes),
      requested_by: userOf(actor),
      created_at: now.toISOString(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const after = { status: row.status, due_on: row.due_on };
  await record(trx, actor, { action: 'ticket.requested', sop: '4.11', item: ticketItem(row), after }, now);
  return row;
}

/** The work is due on another day. A ticket that has ended stays as it is. */
export async function postponeTicket(trx: Trx, actor: Actor, id: number | null, dueOn: string, now: Date) {
  const before = await unfinished(trx, id);
  if (before === undefined) return;
  await trx
    .updateTable('ticket')
    .set({ due_on: dueOn, version: before.version + 1 })
    .where('id', '=', before.id)
    .execute();
  await record(
    trx,
    actor,
    {
      action: 'ticket.postponed',
      sop: '4.11',
      item: ticketItem(before),
      before: { due_on: before.due_on },
      after: { due_on: dueOn },
    },
    now,
  );
}

/** The work is not needed any more. A ticket that has ended stays as it is. */
export async function withdrawTicket(trx: Trx, actor: Actor, id: number | null, now: Date) {
  const before = await unfinished(trx, id);
  if (before === undefined) return;
  await trx
    .updateTable('ticket')
    .set({ status: 'withdrawn', version: before.version + 1 })
    .where('id', '=', before.id)
    .execute();
  await record(
    trx,
    actor,
    {
      action: 'ticket.withdrawn',
      sop: '4.11',
      item: ticketItem(before),
      before: { status: before.status },
      after: { status: 'withdrawn' },
    },
    now,
  );
}

async function unfinished(trx: Trx, id: number | null) {
  return trx
    .selectFrom('ticket')
    .selectAll()
    .where('id', '=', id ?? 0)
    .where('status', 'in', UNFINISHED)
    .executeTakeFirst();
}
