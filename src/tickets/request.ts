import { userOf } from '../base/actor.ts';
import { RuleBroken } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import { isTaken } from '../data/database.ts';
import type { NewRow } from '../data/schema.ts';
import { audit } from '../trail/audit.ts';
import { ticketItem } from '../trail/items.ts';
import { sopOf, type TicketKind } from './kinds.ts';

export type TicketEntry = Omit<NewRow<'ticket'>, 'kind' | 'requested_by' | 'created_at'> & { kind: TicketKind };

/**
 * Work for the helpdesk, as a part of the change that asks for it. What is wished for waits only once: the index decides.
 * @param facts what the audit trail keeps beside the state
 * @returns the ticket
 * @throws RuleBroken when an equal wish is waiting
 */
export async function requestWork(act: Act, entry: TicketEntry, facts: Record<string, unknown>) {
  const ticket = await act.trx
    .insertInto('ticket')
    .values({ ...entry, requested_by: userOf(act.actor), created_at: act.now.toISOString() })
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      if (isTaken(error, 'ticket.wish')) throw new RuleBroken('ticket.sameWaits');
      throw error;
    });
  const after = { status: ticket.status, ...facts };
  const sop = sopOf(ticket.kind);
  await audit(act, { action: 'ticket.requested', ...(sop ? { sop } : {}), item: ticketItem(ticket), after });
  return ticket;
}
