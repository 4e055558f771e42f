import { administratorsOf } from '../agencies/administrators.ts';
import { Conflict } from '../base/errors.ts';
import { DAY, dayOf, later } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import { groupsOwnedAlone } from '../groups/queries.ts';
import type { Mailbox } from '../mailboxes/queries.ts';
import { audit } from '../trail/audit.ts';
import { enqueueDirectoryJob } from '../trail/directory.ts';
import { mailboxItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { fileRecord } from '../trail/records.ts';
import { reserveAddresses } from './kept-addresses.ts';
import { groupFacts, leaveGroups, shutSignIn } from './leaving.ts';
import { groupsLeftAlone, mailsToOwners } from './mails.ts';

export type TerminationRow = Row<'termination'>;

/**
 * SOP 4.11 on the day: no sign-in, out of every list, the addresses kept for the setting's days, state deleted; the owners hear (N14).
 * @returns the addresses mailed
 * @throws Conflict when it was carried out or withdrawn meanwhile
 */
export async function carryOut(act: Act, mailbox: Mailbox, termination: TerminationRow) {
  const { addressReservationDays } = await readSystemSettings(act.trx);
  const until = later(act.now, addressReservationDays * DAY);
  const addresses = await reserveAddresses(act.trx, mailbox, until);
  await endForGood(act.trx, mailbox, termination, addresses, act.now);
  await shutSignIn(act.trx, mailbox, 'deleted');
  const groups = await leaveGroups(act, mailbox, { ending: 'deleted', termination_id: termination.id });
  const item = mailboxItem(mailbox);
  const { effective_on, reason } = termination;
  const facts = { effective_on, reason, reserved_until: dayOf(until), ...groupFacts(groups) };
  await audit(act, {
    action: 'mailbox.deleted',
    sop: '4.11',
    item,
    before: { status: mailbox.status },
    after: { status: 'deleted', ...facts },
  });
  await enqueueDirectoryJob(act, 'delete', item);
  const content = {
    termination: { ...termination, status: 'carried-out', carried_out_at: act.now.toISOString() },
    mailbox: { ...mailbox, status: 'deleted' },
    ...groupFacts(groups),
  };
  await fileRecord(act, { agencyId: mailbox.agency_id, sop: '4.11', title: 'record.mailbox-deleted', item, content });
  const mailed = await enqueue(act, await mailsToOwners(act.trx, 'ended', mailbox, groups));
  return [...mailed, ...(await tellOfGroups(act, mailbox))];
}

/** The conditions on both rows decide who is first. */
async function endForGood(trx: Trx, mailbox: Mailbox, termination: TerminationRow, addresses: string, now: Date) {
  if (mailbox.status === 'deleted') throw new Conflict('life.isDeleted');
  const at = now.toISOString();
  const ended = await trx
    .updateTable('termination')
    .set({ status: 'carried-out', carried_out_at: at, previous_status: mailbox.status, addresses })
    .where('id', '=', termination.id)
    .where('status', '=', 'requested')
    .executeTakeFirstOrThrow();
  const moved = await trx
    .updateTable('mailbox')
    .set((eb) => ({ status: 'deleted', deleted_at: at, version: eb('version', '+', 1) }))
    .where('id', '=', mailbox.id)
    .where('status', '=', mailbox.status)
    .executeTakeFirstOrThrow();
  if (ended.numUpdatedRows === 0n || moved.numUpdatedRows === 0n) throw new Conflict('life.isOver');
}

/** A list may have lost its other owners since the request: its agency hears that nobody looks after it. */
async function tellOfGroups(act: Act, mailbox: Mailbox) {
  const alone = await groupsOwnedAlone(act.trx, mailbox.id);
  if (alone.length === 0) return [];
  const administrators = await administratorsOf(act.trx, mailbox.agency_id);
  return enqueue(
    act,
    administrators.map((to) => groupsLeftAlone(mailbox, alone, to)),
  );
}
