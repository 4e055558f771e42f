import { administratorsOf } from '../agencies/administrators.ts';
import { listsOwnedAlone } from '../groups/group.ts';
import { type Mailbox, mailboxItem } from '../mailboxes/mailbox.ts';
import type { Actor } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import type { Trx } from '../platform/database.ts';
import { enqueueDirectoryJob } from '../platform/directory.ts';
import { Conflict } from '../platform/errors.ts';
import { enqueue } from '../platform/outbox.ts';
import { fileRecord } from '../platform/records.ts';
import type { Row } from '../platform/schema.ts';
import { readSystemSettings } from '../platform/system-settings.ts';
import { DAY, dayOf, later } from '../platform/time.ts';
import { reserveAddresses } from './kept-addresses.ts';
import { leaveLists, listFacts, shutSignIn } from './leaving.ts';
import { listsLeftAlone, mailsToOwners } from './mails.ts';

export type TerminationRow = Row<'termination'>;

/**
 * SOP 4.11 on the day: no sign-in, out of every list, the addresses kept for the setting's days, state deleted; the owners hear (N14).
 * @returns the addresses mailed
 * @throws Conflict when it was carried out or withdrawn meanwhile
 */
export async function carryOut(trx: Trx, actor: Actor, mailbox: Mailbox, termination: TerminationRow, now: Date) {
  const { addressReservationDays } = await readSystemSettings(trx);
  const until = later(now, addressReservationDays * DAY);
  const addresses = await reserveAddresses(trx, mailbox, until);
  await endForGood(trx, mailbox, termination, addresses, now);
  await shutSignIn(trx, mailbox, 'deleted');
  const lists = await leaveLists(trx, actor, mailbox, { ending: 'deleted', termination_id: termination.id }, now);
  const item = mailboxItem(mailbox);
  const { effective_on, reason } = termination;
  const facts = { effective_on, reason, reserved_until: dayOf(until), ...listFacts(lists) };
  await record(
    trx,
    actor,
    {
      action: 'mailbox.deleted',
      sop: '4.11',
      item,
      before: { status: mailbox.status },
      after: { status: 'deleted', ...facts },
    },
    now,
  );
  await enqueueDirectoryJob(trx, actor, 'delete', item, now);
  const content = {
    termination: { ...termination, status: 'carried-out', carried_out_at: now.toISOString() },
    mailbox: { ...mailbox, status: 'deleted' },
    ...listFacts(lists),
  };
  await fileRecord(
    trx,
    actor,
    { agencyId: mailbox.agency_id, sop: '4.11', title: 'record.mailbox-deleted', item, content },
    now,
  );
  const mailed = await enqueue(trx, actor, await mailsToOwners(trx, 'ended', mailbox, lists), now);
  return [...mailed, ...(await tellOfLists(trx, actor, mailbox, now))];
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
async function tellOfLists(trx: Trx, actor: Actor, mailbox: Mailbox, now: Date) {
  const alone = await listsOwnedAlone(trx, mailbox.id);
  if (alone.length === 0) return [];
  const administrators = await administratorsOf(trx, mailbox.agency_id);
  return enqueue(
    trx,
    actor,
    administrators.map((to) => listsLeftAlone(mailbox, alone, to)),
    now,
  );
}
