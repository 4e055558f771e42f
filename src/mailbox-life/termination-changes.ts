import type { Actor } from '../base/actor.ts';
import { refusePast } from '../base/days.ts';
import { Conflict, NotFound } from '../base/errors.ts';
import { dayOf } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import type { Termination } from '../mailboxes/planned.ts';
import { findMailbox, type Mailbox } from '../mailboxes/queries.ts';
import { postponeTicket, withdrawTicket } from '../tickets/termination-ticket.ts';
import { audit } from '../trail/audit.ts';
import { mailboxItem } from '../trail/items.ts';
import { fileRecord } from '../trail/records.ts';
import type { Outcome } from './disabling.ts';
import { carryOut } from './ending.ts';
import { findTermination } from './queries.ts';
import { tellHelpdesk } from './termination.ts';

/** The account does not end; the helpdesk hears. Lists that were handed over stay so. Returns the mailbox and the addresses mailed. */
export async function withdrawDeletion(act: Act, id: number) {
  const { termination, mailbox } = await openById(act.trx, act.actor, id);
  await act.trx
    .updateTable('termination')
    .set({ status: 'withdrawn', ended_by: act.actor.name })
    .where('id', '=', id)
    .execute();
  const item = mailboxItem(mailbox);
  const before = { effective_on: termination.effective_on };
  await audit(act, { action: 'mailbox.deletion-withdrawn', sop: '4.11', item, before, after: { effective_on: null } });
  await withdrawTicket(act, termination.ticket_id);
  const content = { termination: { ...termination, status: 'withdrawn', ended_by: act.actor.name } };
  await fileRecord(act, {
    agencyId: mailbox.agency_id,
    sop: '4.11',
    title: 'record.deletion-withdrawn',
    item,
    content,
  });
  const mailed = await tellHelpdesk(act, 'withdrawn', mailbox, termination);
  return { mailboxId: mailbox.id, mailed };
}

/** Another day for a requested end; today is at once. The helpdesk hears, and its ticket follows. */
export async function postponeDeletion(
  act: Act,
  id: number,
  effective_on: string,
): Promise<Outcome & { mailboxId: number }> {
  const { termination: before, mailbox } = await openById(act.trx, act.actor, id);
  refusePast(effective_on, act.now, 'effective_on');
  const termination = await act.trx
    .updateTable('termination')
    .set({ effective_on })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const item = mailboxItem(mailbox);
  await audit(act, {
    action: 'mailbox.deletion-postponed',
    sop: '4.11',
    item,
    before: { effective_on: before.effective_on },
    after: { effective_on },
  });
  await postponeTicket(act, termination.ticket_id, effective_on);
  const mailed = await tellHelpdesk(act, 'postponed', mailbox, termination);
  if (effective_on > dayOf(act.now)) return { mailboxId: mailbox.id, carriedOut: false, mailed };
  const more = await carryOut(act, mailbox, termination);
  return { mailboxId: mailbox.id, carriedOut: true, mailed: [...mailed, ...more] };
}

async function openById(trx: Trx, actor: Actor, id: number): Promise<{ termination: Termination; mailbox: Mailbox }> {
  const termination = await findTermination(trx, actor, id);
  if (termination === undefined) throw new NotFound();
  if (termination.status !== 'requested') throw new Conflict('life.isOver');
  return { termination, mailbox: await findMailbox(trx, actor, termination.mailbox_id) };
}
