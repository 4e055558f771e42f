import { findMailbox, type Mailbox, mailboxItem } from '../mailboxes/mailbox.ts';
import type { Actor } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { Conflict, NotFound } from '../platform/errors.ts';
import { fileRecord } from '../platform/records.ts';
import { dayOf } from '../platform/time.ts';
import { postponeTicket, withdrawTicket } from '../tickets/termination-ticket.ts';
import { refusePast } from './days.ts';
import type { Outcome } from './disabling.ts';
import { carryOut } from './ending.ts';
import { type Termination, terminationById } from './queries.ts';
import { type Environment, tellHelpdesk } from './termination.ts';

/** The account does not end; the helpdesk hears. Lists that were handed over stay so. Returns the mailbox and the addresses mailed. */
export async function withdrawDeletion(db: Db, actor: Actor, id: number, environment: Environment, now: Date) {
  return change(db, actor, now, (trx) => withdrawDeletionWithin(trx, actor, id, environment, now));
}

/** The same as a part of a larger change. */
export async function withdrawDeletionWithin(trx: Trx, actor: Actor, id: number, environment: Environment, now: Date) {
  const { termination, mailbox } = await openById(trx, actor, id);
  await trx
    .updateTable('termination')
    .set({ status: 'withdrawn', ended_by: actor.name })
    .where('id', '=', id)
    .execute();
  const item = mailboxItem(mailbox);
  const before = { effective_on: termination.effective_on };
  await record(
    trx,
    actor,
    { action: 'mailbox.deletion-withdrawn', sop: '4.11', item, before, after: { effective_on: null } },
    now,
  );
  await withdrawTicket(trx, actor, termination.ticket_id, now);
  const content = { termination: { ...termination, status: 'withdrawn', ended_by: actor.name } };
  await fileRecord(
    trx,
    actor,
    { agencyId: mailbox.agency_id, sop: '4.11', title: 'record.deletion-withdrawn', item, content },
    now,
  );
  const mailed = await tellHelpdesk(trx, actor, 'withdrawn', mailbox, termination, environment, now);
  return { mailboxId: mailbox.id, mailed };
}

/** Another day for a requested end; today is at once. The helpdesk hears, and its ticket follows. */
export async function postponeDeletion(
  db: Db,
  actor: Actor,
  id: number,
  effective_on: string,
  environment: Environment,
  now: Date,
): Promise<Outcome & { mailboxId: number }> {
  return change(db, actor, now, async (trx) => {
    const { termination: before, mailbox } = await openById(trx, actor, id);
    refusePast(effective_on, now, 'effective_on');
    const termination = await trx
      .updateTable('termination')
      .set({ effective_on })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const item = mailboxItem(mailbox);
    await record(
      trx,
      actor,
      {
        action: 'mailbox.deletion-postponed',
        sop: '4.11',
        item,
        before: { effective_on: before.effective_on },
        after: { effective_on },
      },
      now,
    );
    await postponeTicket(trx, actor, termination.ticket_id, effective_on, now);
    const mailed = await tellHelpdesk(trx, actor, 'postponed', mailbox, termination, environment, now);
    if (effective_on > dayOf(now)) return { mailboxId: mailbox.id, carriedOut: false, mailed };
    const more = await carryOut(trx, actor, mailbox, termination, now);
    return { mailboxId: mailbox.id, carriedOut: true, mailed: [...mailed, ...more] };
  });
}

async function openById(trx: Trx, actor: Actor, id: number): Promise<{ termination: Termination; mailbox: Mailbox }> {
  const termination = await terminationById(trx, actor, id);
  if (termination === undefined) throw new NotFound();
  if (termination.status !== 'requested') throw new Conflict('life.isOver');
  return { termination, mailbox: await findMailbox(trx, actor, termination.mailbox_id) };
}
