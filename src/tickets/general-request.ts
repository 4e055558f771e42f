import { administratorsOf } from '../agencies/administrators.ts';
import { type Actor, agencyOf } from '../platform/actor.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { RuleBroken } from '../platform/errors.ts';
import { enqueue } from '../platform/outbox.ts';
import type { TicketSource } from '../platform/schema.ts';
import { dueAt } from './due.ts';
import type { GeneralKind } from './kinds.ts';
import { ticketEntered, ticketRequested } from './mails.ts';
import { findTicket, mailboxAt } from './queries.ts';
import { type Environment, helpdeskRecipients } from './recipients.ts';
import { requestWork } from './request.ts';

/** What somebody wants of the helpdesk that is no procedure, and about which mailbox. */
export type GeneralRequest = { kind: GeneralKind; subject: string; description: string; mailbox_email: string | null };
/** A call that the helpdesk writes down: for which agency, how it came in, and who called. */
export type Call = GeneralRequest & {
  agency_id: number;
  source: TicketSource;
  caller_name: string;
  caller_contact: string;
};

/**
 * An administrator asks the helpdesk for something.
 * @returns the ticket's number and the addresses mailed
 * @throws RuleBroken beside `mailbox_email`
 */
export async function askHelpdesk(db: Db, actor: Actor, input: GeneralRequest, environment: Environment, now: Date) {
  return change(db, actor, now, async (trx) => {
    const call = { ...input, agency_id: agencyOf(actor), source: 'ipms', caller_name: '', caller_contact: '' } as const;
    const ticket = await enter(trx, actor, call, now);
    const helpdesk = await helpdeskRecipients(trx, environment);
    return { id: ticket.id, mailed: await enqueue(trx, actor, ticketRequested(ticket, actor.name, helpdesk), now) };
  });
}

/**
 * The helpdesk writes a call down; the agency's administrators hear of it, since it is theirs to confirm.
 * @returns the ticket's number and the addresses mailed
 * @throws RuleBroken beside `agency_id` or `mailbox_email`
 */
export async function enterCall(db: Db, actor: Actor, call: Call, now: Date) {
  return change(db, actor, now, async (trx) => {
    const agency = await trx.selectFrom('agency').select('id').where('id', '=', call.agency_id).executeTakeFirst();
    if (agency === undefined) throw new RuleBroken('form.choose', {}, 'agency_id');
    const ticket = await enter(trx, actor, call, now);
    const administrators = await administratorsOf(trx, call.agency_id);
    return { id: ticket.id, mailed: await enqueue(trx, actor, ticketEntered(ticket, administrators), now) };
  });
}

async function enter(trx: Trx, actor: Actor, { mailbox_email, ...call }: Call, now: Date) {
  const mailbox = mailbox_email === null ? null : await mailboxAt(trx, call.agency_id, mailbox_email);
  if (mailbox === undefined)
    throw new RuleBroken('ticket.noMailbox', { address: mailbox_email ?? '' }, 'mailbox_email');
  const due_at = await dueAt(trx, call.agency_id, call.kind, now);
  const about = mailbox === null ? {} : { item_type: 'mailbox', item_id: mailbox.id };
  const { agency_id: _agency, subject: _subject, ...told } = call;
  const facts = { ...told, ...(mailbox === null ? {} : { mailbox: mailbox.primary_email }), due_at };
  const entry = { item_type: null, item_id: null, ...call, ...about, due_at };
  const { id } = await requestWork(trx, actor, entry, facts, now);
  return findTicket(trx, actor, id);
}
