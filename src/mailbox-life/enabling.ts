import { giveBack, type Remembered, remembered } from '../groups/membership.ts';
import { acceptedSenders, findMailbox, type Mailbox, mailboxItem, setAcceptFrom } from '../mailboxes/mailbox.ts';
import type { Actor } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { enqueueDirectoryJob } from '../platform/directory.ts';
import { Conflict } from '../platform/errors.ts';
import { enqueue } from '../platform/outbox.ts';
import { fileRecord } from '../platform/records.ts';
import type { DisablingRow } from './disabling.ts';
import { followMembers, listFacts } from './leaving.ts';
import { mailsToOwners } from './mails.ts';
import { listsById, openDisabling } from './queries.ts';

/** What came back, what could not, and who was mailed. */
export type Enabled = { back: number; missing: Remembered[]; mailed: string[] };

/** From whom the mailbox takes mail from now on: from all, or as it was before it was disabled. */
export type SendersAfter = 'all' | 'as-before';

/**
 * SOP 4.10: sign-in, the very memberships that the disabling took away, Mail Flows; the owners hear (N11).
 * @throws NotFound, or Conflict when it is not disabled (any more)
 */
export async function enableMailbox(db: Db, actor: Actor, id: number, senders: SendersAfter, now: Date) {
  return change(db, actor, now, async (trx) => {
    const mailbox = await findMailbox(trx, actor, id);
    return endDisabling(trx, actor, mailbox, senders, now);
  });
}

/** The same for the page and for the schedule. */
export async function endDisabling(
  trx: Trx,
  actor: Actor,
  mailbox: Mailbox,
  senders: SendersAfter,
  now: Date,
): Promise<Enabled> {
  if (mailbox.status === 'deleted') throw new Conflict('life.isDeleted');
  const disabling = await openDisabling(trx, mailbox.id);
  await letIn(trx, mailbox, disabling, now);
  const order = { disabling_id: disabling?.id ?? 0 };
  const missing = (await remembered(trx, order)).filter((list) => list.fate === 'list-gone');
  const lists = await returnToLists(trx, actor, mailbox, order, now);
  const item = mailboxItem(mailbox);
  const facts = { ...listFacts(lists), ...(missing.length > 0 ? { lists_gone: listFacts(missing).lists } : {}) };
  await record(
    trx,
    actor,
    {
      action: 'mailbox.enabled',
      sop: '4.10',
      item,
      before: { status: 'disabled' },
      after: { status: 'active', ...facts },
    },
    now,
  );
  await openSenders(trx, actor, mailbox, disabling, senders, now);
  await enqueueDirectoryJob(trx, actor, 'enable', item, now);
  const ended = disabling && { ...disabling, status: 'ended', ended_at: now.toISOString() };
  const content = { disabling: ended ?? null, senders, ...facts };
  await fileRecord(
    trx,
    actor,
    { agencyId: mailbox.agency_id, sop: '4.10', title: 'record.mailbox-enabled', item, content },
    now,
  );
  const mailed = await enqueue(trx, actor, await mailsToOwners(trx, 'enabled', mailbox, lists), now);
  return { back: lists.length, missing, mailed };
}

/** The condition on the status decides who is first. */
async function letIn(trx: Trx, mailbox: Mailbox, disabling: DisablingRow | undefined, now: Date) {
  const { numUpdatedRows } = await trx
    .updateTable('mailbox')
    .set((eb) => ({ status: 'active', version: eb('version', '+', 1) }))
    .where('id', '=', mailbox.id)
    .where('status', '=', 'disabled')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Conflict('life.isActive');
  await trx.updateTable('user').set({ status: 'active' }).where('id', '=', mailbox.user_id).execute();
  if (disabling === undefined) return;
  await trx
    .updateTable('disabling')
    .set({ status: 'ended', ended_at: now.toISOString() })
    .where('id', '=', disabling.id)
    .execute();
}

/** Puts a mailbox back into the lists that an order took it out of. Returns those that came back. */
export async function returnToLists(
  trx: Trx,
  actor: Actor,
  mailbox: Mailbox,
  order: { disabling_id: number } | { termination_id: number },
  now: Date,
) {
  const member = {
    type: 'mailbox' as const,
    id: mailbox.id,
    name: mailbox.display_name,
    address: mailbox.primary_email,
  };
  const back = await giveBack(trx, actor, order, member, now);
  const lists = await listsById(
    trx,
    back.map((list) => list.group_id),
  );
  await followMembers(trx, actor, lists, now);
  return lists;
}

/** SOP 4.10 step 4: All senders again, or what was listed before. */
async function openSenders(
  trx: Trx,
  actor: Actor,
  mailbox: Mailbox,
  disabling: DisablingRow | undefined,
  wanted: SendersAfter,
  now: Date,
) {
  const before = { accept_from: mailbox.accept_from, senders: await acceptedSenders(trx, mailbox.id) };
  const previous = disabling?.restrict_senders === 1 ? disabling : undefined;
  const after =
    wanted === 'all'
      ? { accept_from: 'all' as const, senders: [] }
      : {
          accept_from: previous?.previous_accept_from ?? before.accept_from,
          senders:
            previous === undefined ? before.senders : (JSON.parse(previous.previous_senders ?? '[]') as string[]),
        };
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  await setAcceptFrom(trx, mailbox, after.accept_from, after.senders);
  await record(
    trx,
    actor,
    { action: 'mailbox.senders-restored', sop: '4.10', item: mailboxItem(mailbox), before, after },
    now,
  );
}
