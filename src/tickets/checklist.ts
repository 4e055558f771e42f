import { Conflict, NotFound, RuleBroken } from '../base/errors.ts';
import { dayOf, showDate } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Row } from '../data/schema.ts';
import { audit, historyOf } from '../trail/audit.ts';
import { ticketItem } from '../trail/items.ts';
import { findTicket, type Ticket } from './queries.ts';
import { move, refuseEnded, take } from './ticket.ts';

/** SOP 4.11: what the helpdesk has to end; a ticket can be resolved when all are ticked. */
export const CHECKLIST = ['email', 'lync', 'ad'] as const;
export type Box = (typeof CHECKLIST)[number];
export type Checklist = Record<Box, boolean>;

/** What is ticked on a ticket. */
export function checklistOf(ticket: Pick<Ticket, 'content'>): Checklist {
  return JSON.parse(ticket.content) as Checklist;
}

/** The checklist as the audit trail and the record name them. */
export function checklistFacts({ email, lync, ad }: Checklist) {
  return { box_email: email, box_lync: lync, box_ad: ad };
}

/**
 * Notes that one of the three has been ended, or takes the note back. Whoever ticks a ticket that nobody has opened opens it.
 * @throws NotFound; Conflict when the ticket has ended, or the directory itself says so; RuleBroken before the day on which the account ends
 */
export async function checkBox(act: Act, id: number, input: { box: Box; undo: boolean }) {
  const found = await findTicket(act.trx, act.actor, id);
  if (found.kind !== 'termination') throw new NotFound();
  refuseEnded(found);
  if (found.due_on !== null && found.due_on > dayOf(act.now))
    throw new RuleBroken('ticket.tooEarly', {
      date: { ms: showDate('ms', found.due_on), en: showDate('en', found.due_on) },
    });
  const ticket = found.status === 'requested' ? await take(act, found) : found;
  if (input.undo && tickOf(await historyOf(act.trx, { type: 'ticket', id }), input.box)?.actor_role === 'system')
    throw new Conflict('ticket.box.isSeen');
  const ticked = { ...checklistOf(ticket), [input.box]: !input.undo };
  await move(act.trx, ticket, { content: JSON.stringify(ticked) });
  const [before, after] = [checklistFacts(checklistOf(ticket)), checklistFacts(ticked)];
  const action = input.undo ? 'ticket.unchecked' : 'ticket.checked';
  await audit(act, { action, sop: '4.11', item: ticketItem(ticket), before, after });
}

/**
 * What the directory says to have ended is ticked by itself; what is ticked already, by whomever, stays.
 * @param controller which one said so
 * @returns whether anything was not ticked before
 */
export async function checkSeen(act: Act, ticket: Ticket, boxes: Box[], controller: string) {
  const before = checklistOf(ticket);
  const seen = boxes.filter((box) => !before[box]);
  if (seen.length === 0) return false;
  const ticked = { ...before, ...Object.fromEntries(seen.map((box) => [box, true])) };
  await move(act.trx, ticket, { content: JSON.stringify(ticked) });
  const after = { ...checklistFacts(ticked), controller };
  await audit(act, {
    action: 'ticket.checked',
    sop: '4.11',
    item: ticketItem(ticket),
    before: checklistFacts(before),
    after,
  });
  return true;
}

/** The act that ticked a box; the system's: the directory said so. Undefined: nobody did, or took it back. */
export function tickOf(history: Row<'audit'>[], box: Box) {
  const changed = history.findLast(
    ({ action, after }) =>
      (action === 'ticket.checked' || action === 'ticket.unchecked') &&
      Object.hasOwn(JSON.parse(after ?? '{}') as object, `box_${box}`),
  );
  return changed?.action === 'ticket.checked' ? changed : undefined;
}

/** What nobody and nothing has ticked yet. */
export function openBoxes(ticket: Pick<Ticket, 'content'>): Box[] {
  const ticked = checklistOf(ticket);
  return CHECKLIST.filter((box) => !ticked[box]);
}
