import { administratorsOf } from '../agencies/administrators.ts';
import { type Actor, userOf } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { Conflict, RuleBroken } from '../platform/errors.ts';
import { enqueue } from '../platform/outbox.ts';
import type { Row } from '../platform/schema.ts';
import { dayOf, showDate } from '../platform/time.ts';
import { ticketItem } from './item.ts';
import { ticketResolved } from './mails.ts';
import { findTicket, type Ticket } from './queries.ts';

export type { Ticket } from './queries.ts';
export { countWaiting, findTicket } from './queries.ts';

/** SOP 4.11: what the helpdesk has to end; a ticket can be resolved when all are ticked. */
export const BOXES = ['email', 'lync', 'ad'] as const;
export type Box = (typeof BOXES)[number];
export type Boxes = Record<Box, boolean>;

/** What is ticked on a ticket. */
export function boxesOf(ticket: Pick<Ticket, 'content'>): Boxes {
  return JSON.parse(ticket.content) as Boxes;
}

/** The boxes as the audit trail names them. */
function boxFacts({ email, lync, ad }: Boxes) {
  return { box_email: email, box_lync: lync, box_ad: ad };
}

/** The helpdesk takes a ticket into its hands. @throws NotFound, Conflict */
export async function openTicket(db: Db, actor: Actor, id: number, now: Date) {
  return change(db, actor, now, async (trx) => {
    const ticket = await findTicket(trx, actor, id);
    if (ticket.status !== 'requested') throw new Conflict(`ticket.is.${ticket.status}`);
    await take(trx, actor, ticket, now);
  });
}

async function take(trx: Trx, actor: Actor, before: Ticket, now: Date) {
  await move(trx, before, { status: 'open', assigned_to: userOf(actor) });
  await record(
    trx,
    actor,
    {
      action: 'ticket.opened',
      sop: '4.11',
      item: ticketItem(before),
      before: { status: before.status },
      after: { status: 'open' },
    },
    now,
  );
}

/**
 * Notes that one of the three has been ended, or takes the note back. Whoever ticks a ticket that nobody has opened opens it.
 * @throws NotFound; Conflict when the ticket has ended; RuleBroken before the day on which the account ends
 */
export async function checkBox(db: Db, actor: Actor, id: number, input: { box: Box; undo: boolean }, now: Date) {
  return change(db, actor, now, async (trx) => {
    const found = await findTicket(trx, actor, id);
    refuseEnded(found);
    if (found.due_on !== null && found.due_on > dayOf(now))
      throw new RuleBroken('ticket.tooEarly', {
        date: { ms: showDate('ms', found.due_on), en: showDate('en', found.due_on) },
      });
    if (found.status === 'requested') await take(trx, actor, found, now);
    const ticket = await findTicket(trx, actor, id);
    const boxes = { ...boxesOf(ticket), [input.box]: !input.undo };
    await move(trx, ticket, { content: JSON.stringify(boxes) });
    const [before, after] = [boxFacts(boxesOf(ticket)), boxFacts(boxes)];
    await record(
      trx,
      actor,
      {
        action: input.undo ? 'ticket.unchecked' : 'ticket.checked',
        sop: '4.11',
        item: ticketItem(ticket),
        before,
        after,
      },
      now,
    );
  });
}

/**
 * All three have been ended; the agency's administrators hear of it (N17).
 * @returns the addresses mailed
 * @throws NotFound; Conflict when the ticket has ended; RuleBroken while a box is not ticked
 */
export async function resolveTicket(db: Db, actor: Actor, id: number, now: Date) {
  return change(db, actor, now, async (trx) => {
    const ticket = await findTicket(trx, actor, id);
    refuseEnded(ticket);
    const boxes = boxesOf(ticket);
    if (!BOXES.every((box) => boxes[box])) throw new RuleBroken('ticket.boxesLeft');
    await move(trx, ticket, { status: 'resolved', assigned_to: ticket.assigned_to ?? userOf(actor) });
    await record(
      trx,
      actor,
      {
        action: 'ticket.resolved',
        sop: '4.11',
        item: ticketItem(ticket),
        before: { status: ticket.status },
        after: { status: 'resolved' },
      },
      now,
    );
    return enqueue(trx, actor, ticketResolved(ticket, actor.name, await administratorsOf(trx, ticket.agency_id)), now);
  });
}

function refuseEnded(ticket: Ticket) {
  if (ticket.status !== 'requested' && ticket.status !== 'open') throw new Conflict(`ticket.is.${ticket.status}`);
}

/** The version that was read decides who is first. */
async function move(
  trx: Trx,
  before: Pick<Ticket, 'id' | 'version' | 'status'>,
  changes: Partial<Pick<Row<'ticket'>, 'status' | 'assigned_to' | 'content'>>,
) {
  const { numUpdatedRows } = await trx
    .updateTable('ticket')
    .set({ ...changes, version: before.version + 1 })
    .where('id', '=', before.id)
    .where('version', '=', before.version)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Conflict(`ticket.is.${before.status}`);
}
