import { administratorsOf } from '../agencies/administrators.ts';
import { agencyOf } from '../base/actor.ts';
import { RuleBroken } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import type { TicketSource } from '../data/tables/tickets.ts';
import { type AttachedFile, attachFiles } from '../trail/attachments.ts';
import { ticketItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { dueAt } from './due.ts';
import type { GeneralKind } from './kinds.ts';
import { ticketEntered, ticketRequested } from './mails.ts';
import { findTicket, mailboxAt } from './queries.ts';
import { helpdeskRecipients } from './recipients.ts';
import { requestWork } from './ticket.ts';

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
export async function askHelpdesk(act: Act, input: GeneralRequest, files: readonly AttachedFile[] = []) {
  const call = {
    ...input,
    agency_id: agencyOf(act.actor),
    source: 'ipms',
    caller_name: '',
    caller_contact: '',
  } as const;
  const ticket = await enter(act, call, files);
  const helpdesk = await helpdeskRecipients(act.trx, act.settings);
  return { id: ticket.id, mailed: await enqueue(act, ticketRequested(ticket, act.actor.name, helpdesk)) };
}

/**
 * The helpdesk writes a call down; the agency's administrators hear of it, since it is theirs to confirm.
 * @returns the ticket's number and the addresses mailed
 * @throws RuleBroken beside `agency_id` or `mailbox_email`
 */
export async function enterCall(act: Act, call: Call, files: readonly AttachedFile[] = []) {
  const agency = await act.trx.selectFrom('agency').select('id').where('id', '=', call.agency_id).executeTakeFirst();
  if (agency === undefined) throw new RuleBroken('form.choose', {}, 'agency_id');
  const ticket = await enter(act, call, files);
  const administrators = await administratorsOf(act.trx, call.agency_id);
  return { id: ticket.id, mailed: await enqueue(act, ticketEntered(ticket, administrators)) };
}

async function enter(act: Act, { mailbox_email, ...call }: Call, files: readonly AttachedFile[]) {
  const mailbox = mailbox_email === null ? null : await mailboxAt(act.trx, call, mailbox_email);
  if (mailbox === undefined)
    throw new RuleBroken('ticket.noMailbox', { address: mailbox_email ?? '' }, 'mailbox_email');
  const due_at = await dueAt(act.trx, call.agency_id, call.kind, act.now);
  const about = mailbox === null ? {} : { item_type: 'mailbox' as const, item_id: mailbox.id };
  const { agency_id: _agency, subject: _subject, ...told } = call;
  const facts = { ...told, ...(mailbox === null ? {} : { mailbox: mailbox.primary_email }), due_at };
  const entry = { item_type: null, item_id: null, ...call, ...about, due_at };
  const ticket = await requestWork(act, entry, facts);
  const { id } = ticket;
  await attachFiles(act, { kind: 'ticket', id }, ticketItem(ticket), files);
  return findTicket(act.trx, act.actor, id);
}
