import type { Actor } from '../base/actor.ts';
import { dayInWords, daysAfter } from '../base/days.ts';
import { Conflict, RuleBroken } from '../base/errors.ts';
import { dayOf } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import { servingOnce } from '../identities/claim.ts';
import { identityOfMailbox } from '../identities/queries.ts';
import { findMailbox, type Mailbox } from '../mailboxes/queries.ts';
import { withdrawTicket } from '../tickets/termination-ticket.ts';
import { audit } from '../trail/audit.ts';
import { mailboxItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { fileRecord } from '../trail/records.ts';
import { returnToGroups } from './enabling.ts';
import { returnAddresses } from './kept-addresses.ts';
import { groupFacts } from './leaving.ts';
import { mailsToOwners } from './mails.ts';
import { lastTermination } from './queries.ts';
import { type TerminationRow, tellHelpdesk } from './termination.ts';

/** The last day, in Kuala Lumpur, on which a deleted mailbox can be restored. */
export function restorableUntil(mailbox: Pick<Mailbox, 'deleted_at'>, restoreDays: number) {
  return mailbox.deleted_at === null ? null : daysAfter(dayOf(new Date(mailbox.deleted_at)), restoreDays);
}

/**
 * SOP 4.12: a deleted mailbox is what it was before, with its sign-in, addresses and lists; owners and helpdesk hear.
 * @returns how many lists came back, and the addresses mailed
 * @throws NotFound; Conflict when it is not deleted (any more); RuleBroken when it is too late
 */
export async function restoreMailbox(act: Act, id: number) {
  const mailbox = await findMailbox(act.trx, act.actor, id);
  if (mailbox.status !== 'deleted') throw new Conflict('life.notDeleted');
  const termination = await lastTermination(act.trx, mailbox);
  const { restoreDays } = await readSystemSettings(act.trx);
  const until = restorableUntil(mailbox, restoreDays);
  if (termination === undefined || until === null || dayOf(act.now) > until)
    throw new RuleBroken('life.tooLate', { date: dayInWords(until ?? dayOf(act.now)), days: restoreDays });
  const status = termination.previous_status ?? 'active';
  const identity = await identityOfMailbox(act.trx, mailbox);
  await servingOnce(act, identity, () => takeBack(act.trx, act.actor, mailbox, termination, status));
  const groups = await returnToGroups(act, mailbox, { termination_id: termination.id });
  const item = mailboxItem(mailbox);
  const after = { status, ...groupFacts(groups) };
  await audit(act, { action: 'mailbox.restored', sop: '4.12', item, before: { status: 'deleted' }, after });
  await withdrawTicket(act, termination.ticket_id);
  const content = { termination: { ...termination, status: 'restored' }, restored_by: act.actor.name, ...after };
  await fileRecord(act, { agencyId: mailbox.agency_id, sop: '4.12', title: 'record.mailbox-restored', item, content });
  const mailed = await enqueue(act, await mailsToOwners(act.trx, 'restored', mailbox, groups));
  const told = await tellHelpdesk(act, 'restored', mailbox, termination);
  return { back: groups.length, mailed: [...mailed, ...told] };
}

/** The condition on the status decides who is first. */
async function takeBack(
  trx: Trx,
  actor: Actor,
  mailbox: Mailbox,
  termination: TerminationRow,
  status: 'active' | 'disabled',
) {
  const { numUpdatedRows } = await trx
    .updateTable('mailbox')
    .set((eb) => ({ status, deleted_at: null, version: eb('version', '+', 1) }))
    .where('id', '=', mailbox.id)
    .where('status', '=', 'deleted')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Conflict('life.notDeleted');
  await trx.updateTable('user').set({ status }).where('id', '=', mailbox.user_id).execute();
  await trx
    .updateTable('termination')
    .set({ status: 'restored', ended_by: actor.name })
    .where('id', '=', termination.id)
    .execute();
  await returnAddresses(trx, mailbox, termination.addresses);
}
