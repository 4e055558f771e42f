import { userOf } from '../base/actor.ts';
import { refusePast } from '../base/days.ts';
import { Conflict } from '../base/errors.ts';
import type { Settings } from '../base/settings.ts';
import { dayOf, timeInWords } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { openTermination } from '../mailboxes/planned.ts';
import { findMailbox, type Mailbox } from '../mailboxes/queries.ts';
import { helpdeskRecipients } from '../tickets/recipients.ts';
import { requestTicket } from '../tickets/termination-ticket.ts';
import { audit } from '../trail/audit.ts';
import { mailboxItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import type { Outcome } from './disabling.ts';
import { carryOut, type TerminationRow } from './ending.ts';
import { type Heirs, handOverGroups } from './handing-over.ts';
import { terminationNotice } from './mails.ts';
import { refuseLeaving } from './may-leave.ts';
import { postmasterOf } from './queries.ts';

/** Where the helpdesk is reached, as the environment has it. */
export type Environment = Pick<Settings, 'owaUrl' | 'helpdeskEmail'>;

export type DeletionOrder = { effective_on: string; reason: string; heirs: Heirs; leave_without: boolean };

/**
 * SOP 4.11 steps 2 to 4: asks for an account to end on a day; the helpdesk gets N12 and a ticket, and lists that the person
 * owns alone go to somebody else. Today: carried out at once.
 * @throws NotFound; Conflict when it is asked for or deleted; RuleBroken or InvalidForm beside a field
 */
export async function requestDeletion(act: Act, id: number, order: DeletionOrder): Promise<Outcome> {
  const mailbox = await findMailbox(act.trx, act.actor, id);
  await refuseTwice(act.trx, mailbox);
  await refuseLeaving(act.trx, act.actor, mailbox, order.leave_without);
  refusePast(order.effective_on, act.now, 'effective_on');
  const termination = await insertRequest(act, mailbox, order);
  await handOverGroups(act, mailbox, order.heirs);
  const mailed = await tellHelpdesk(act, 'requested', mailbox, termination);
  if (termination.effective_on > dayOf(act.now)) return { carriedOut: false, mailed };
  return { carriedOut: true, mailed: [...mailed, ...(await carryOut(act, mailbox, termination))] };
}

async function refuseTwice(trx: Trx, mailbox: Mailbox) {
  if (mailbox.status === 'deleted') throw new Conflict('life.isDeleted');
  const open = await openTermination(trx, mailbox.id);
  if (open !== undefined)
    throw new Conflict('life.isRequested', { name: open.by, time: timeInWords(open.requested_at) });
}

async function insertRequest(act: Act, mailbox: Mailbox, order: DeletionOrder) {
  const { effective_on, reason } = order;
  const { id } = await act.trx
    .insertInto('termination')
    .values({
      mailbox_id: mailbox.id,
      agency_id: mailbox.agency_id,
      effective_on,
      reason,
      requested_by: userOf(act.actor),
      requested_at: act.now.toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await audit(act, {
    action: 'mailbox.deletion-requested',
    sop: '4.11',
    item: mailboxItem(mailbox),
    after: { effective_on, reason },
  });
  const ticket = await requestTicket(act, {
    agency_id: mailbox.agency_id,
    subject: `${mailbox.display_name} (${mailbox.primary_email})`,
    item_type: 'mailbox',
    item_id: mailbox.id,
    due_on: effective_on,
  });
  return act.trx
    .updateTable('termination')
    .set({ ticket_id: ticket.id })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** N12, in one of its meanings. Returns the addresses mailed. */
export async function tellHelpdesk(
  act: Act,
  notice: Parameters<typeof terminationNotice>[0],
  mailbox: Mailbox,
  termination: TerminationRow,
) {
  const { agency } = await postmasterOf(act.trx, mailbox.agency_id);
  const helpdesk = await helpdeskRecipients(act.trx, act.settings);
  return enqueue(
    act,
    helpdesk.map((to) => terminationNotice(notice, mailbox, termination, agency, to)),
  );
}
