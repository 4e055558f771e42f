import { findMailbox, type Mailbox, mailboxItem } from '../mailboxes/mailbox.ts';
import { type Actor, userOf } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { Conflict } from '../platform/errors.ts';
import { enqueue } from '../platform/outbox.ts';
import type { Settings } from '../platform/settings.ts';
import { dayOf, timeInWords } from '../platform/time.ts';
import { helpdeskRecipients } from '../tickets/recipients.ts';
import { requestTicket } from '../tickets/termination-ticket.ts';
import { refusePast } from './days.ts';
import type { Outcome } from './disabling.ts';
import { carryOut, type TerminationRow } from './ending.ts';
import { type Heirs, handOverLists } from './handing-over.ts';
import { terminationNotice } from './mails.ts';
import { refuseLeaving } from './may-leave.ts';
import { openTermination, postmasterOf } from './queries.ts';

/** Where the helpdesk is reached, as the environment has it. */
export type Environment = Pick<Settings, 'owaUrl' | 'helpdeskEmail'>;

export type DeletionOrder = { effective_on: string; reason: string; heirs: Heirs; leave_without: boolean };

/**
 * SOP 4.11 steps 2 to 4: asks for an account to end on a day; the helpdesk gets N12 and a ticket, and lists that the person
 * owns alone go to somebody else. Today: carried out at once.
 * @throws NotFound; Conflict when it is asked for or deleted; RuleBroken or InvalidForm beside a field
 */
export async function requestDeletion(
  db: Db,
  actor: Actor,
  id: number,
  order: DeletionOrder,
  environment: Environment,
  now: Date,
): Promise<Outcome> {
  return change(db, actor, now, (trx) => requestDeletionWithin(trx, actor, id, order, environment, now));
}

/** The same as a part of a larger change. */
export async function requestDeletionWithin(
  trx: Trx,
  actor: Actor,
  id: number,
  order: DeletionOrder,
  environment: Environment,
  now: Date,
): Promise<Outcome> {
  const mailbox = await findMailbox(trx, actor, id);
  await refuseTwice(trx, mailbox);
  await refuseLeaving(trx, actor, mailbox, order.leave_without);
  refusePast(order.effective_on, now, 'effective_on');
  const termination = await insertRequest(trx, actor, mailbox, order, now);
  await handOverLists(trx, actor, mailbox, order.heirs, now);
  const mailed = await tellHelpdesk(trx, actor, 'requested', mailbox, termination, environment, now);
  if (termination.effective_on > dayOf(now)) return { carriedOut: false, mailed };
  return { carriedOut: true, mailed: [...mailed, ...(await carryOut(trx, actor, mailbox, termination, now))] };
}

async function refuseTwice(trx: Trx, mailbox: Mailbox) {
  if (mailbox.status === 'deleted') throw new Conflict('life.isDeleted');
  const open = await openTermination(trx, mailbox.id);
  if (open !== undefined)
    throw new Conflict('life.isRequested', { name: open.by, time: timeInWords(open.requested_at) });
}

async function insertRequest(trx: Trx, actor: Actor, mailbox: Mailbox, order: DeletionOrder, now: Date) {
  const { effective_on, reason } = order;
  const { id } = await trx
    .insertInto('termination')
    .values({
      mailbox_id: mailbox.id,
      agency_id: mailbox.agency_id,
      effective_on,
      reason,
      requested_by: userOf(actor),
      requested_at: now.toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await record(
    trx,
    actor,
    {
      action: 'mailbox.deletion-requested',
      sop: '4.11',
      item: mailboxItem(mailbox),
      after: { effective_on, reason },
    },
    now,
  );
  const ticket = await requestTicket(
    trx,
    actor,
    {
      agency_id: mailbox.agency_id,
      subject: `${mailbox.display_name} (${mailbox.primary_email})`,
      item_type: 'mailbox',
      item_id: mailbox.id,
      due_on: effective_on,
    },
    now,
  );
  return trx
    .updateTable('termination')
    .set({ ticket_id: ticket.id })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** N12, in one of its meanings. Returns the addresses mailed. */
export async function tellHelpdesk(
  trx: Trx,
  actor: Actor,
  notice: Parameters<typeof terminationNotice>[0],
  mailbox: Mailbox,
  termination: TerminationRow,
  environment: Environment,
  now: Date,
) {
  const { agency } = await postmasterOf(trx, mailbox.agency_id);
  const helpdesk = await helpdeskRecipients(trx, environment);
  return enqueue(
    trx,
    actor,
    helpdesk.map((to) => terminationNotice(notice, mailbox, termination, agency, to)),
    now,
  );
}
