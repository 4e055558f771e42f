import { Conflict } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { giveBack, type Remembered, remembered } from '../groups/members/membership.ts';
import { setAcceptFrom } from '../mailboxes/mailbox.ts';
import { openDisabling } from '../mailboxes/planned.ts';
import { acceptedSenders, findMailbox, type Mailbox } from '../mailboxes/queries.ts';
import { audit } from '../trail/audit.ts';
import { mailboxItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { fileRecord } from '../trail/records.ts';
import type { DisablingRow } from './disabling.ts';
import { groupFacts } from './leaving.ts';
import { mailsToOwners } from './mails.ts';
import { groupsById } from './queries.ts';

/** What came back, what could not, and who was mailed. */
export type Enabled = { back: number; missing: Remembered[]; mailed: string[] };

/** From whom the mailbox takes mail from now on: from all, or as it was before it was disabled. */
export type SendersAfter = 'all' | 'as-before';

/**
 * SOP 4.10: sign-in, the very memberships that the disabling took away, Mail Flows; the owners hear (N11).
 * @throws NotFound, or Conflict when it is not disabled (any more)
 */
export async function enableMailbox(act: Act, id: number, senders: SendersAfter) {
  const mailbox = await findMailbox(act.trx, act.actor, id);
  return endDisabling(act, mailbox, senders);
}

/** The same for the page and for the schedule. */
export async function endDisabling(act: Act, mailbox: Mailbox, senders: SendersAfter): Promise<Enabled> {
  if (mailbox.status === 'deleted') throw new Conflict('life.isDeleted');
  const disabling = await openDisabling(act.trx, mailbox.id);
  await letIn(act.trx, mailbox, disabling, act.now);
  const order = { disabling_id: disabling?.id ?? 0 };
  const missing = (await remembered(act.trx, order)).filter((group) => group.fate === 'list-gone');
  const groups = await returnToGroups(act, mailbox, order);
  const item = mailboxItem(mailbox);
  const mailed = await enqueue(act, await mailsToOwners(act.trx, 'enabled', mailbox, groups));
  const facts = { ...groupFacts(groups), ...(missing.length > 0 ? { lists_gone: groupFacts(missing).lists } : {}) };
  await audit(act, {
    action: 'mailbox.enabled',
    sop: '4.10',
    item,
    before: { status: 'disabled' },
    after: { status: 'active', ...facts, mailed },
  });
  await openSenders(act, mailbox, disabling, senders);
  const ended = disabling && { ...disabling, status: 'ended', ended_at: act.now.toISOString() };
  const content = { disabling: ended ?? null, senders, ...facts };
  await fileRecord(act, { agencyId: mailbox.agency_id, sop: '4.10', title: 'record.mailbox-enabled', item, content });
  return { back: groups.length, missing, mailed };
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
export async function returnToGroups(
  act: Act,
  mailbox: Mailbox,
  order: { disabling_id: number } | { termination_id: number },
) {
  const member = {
    type: 'mailbox' as const,
    id: mailbox.id,
    name: mailbox.display_name,
    address: mailbox.primary_email,
  };
  const back = await giveBack(act, order, member);
  return groupsById(
    act.trx,
    back.map((group) => group.group_id),
  );
}

/** SOP 4.10 step 4: All senders again, or what was listed before. */
async function openSenders(act: Act, mailbox: Mailbox, disabling: DisablingRow | undefined, wanted: SendersAfter) {
  const before = { accept_from: mailbox.accept_from, senders: await acceptedSenders(act.trx, mailbox) };
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
  await setAcceptFrom(act.trx, mailbox, after.accept_from, after.senders);
  await audit(act, { action: 'mailbox.senders-restored', sop: '4.10', item: mailboxItem(mailbox), before, after });
}
