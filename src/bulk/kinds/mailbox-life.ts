import { Conflict } from '../../base/errors.ts';
import { dayOf, showDate } from '../../base/time.ts';
import type { Trx } from '../../data/database.ts';
import { defineForm } from '../../forms/form.ts';
import { DeleteForm } from '../../mailbox-life/delete.ts';
import { DisableForm } from '../../mailbox-life/disable.ts';
import { cancelDisabling, disableMailbox } from '../../mailbox-life/disabling.ts';
import { EnableForm } from '../../mailbox-life/enable.ts';
import { endDisabling } from '../../mailbox-life/enabling.ts';
import { restoreMailbox } from '../../mailbox-life/restoring.ts';
import { requestDeletion, withdrawDeletion } from '../../mailbox-life/termination.ts';
import { plannedFor } from '../../mailboxes/planned.ts';
import { findMailbox } from '../../mailboxes/queries.ts';
import { mailboxItem } from '../../trail/items.ts';
import { mailboxField, mailboxNamed, onlyOnce } from '../find-mailbox.ts';
import { defineKind } from '../kind.ts';

const label = (values: { mailbox: string }) => values.mailbox;
const dayInWords = (day: string) => ({ ms: showDate('ms', day), en: showDate('en', day) });
// files come with one case, not with a row of many
const { leave_without: _disabled, attachments: _ofDisabling, ...disableFields } = DisableForm.fields;
const { leave_without: _deleted, attachments: _ofDeletion, ...deleteFields } = DeleteForm.fields;

type Before = { order: number };

/** SOP 4.9 for many. An agency's last administrator is disabled singly, or not at all. */
export const disabling = defineKind({
  title: 'bulk.disabling',
  intro: 'bulk.disabling.intro',
  sop: '4.9',
  form: defineForm('bulk', { mailbox: mailboxField, ...disableFields }),
  example: {
    mailbox: 'aminah.yusof@jabatan.test',
    reason: 'study_leave',
    disabled_from: '',
    disabled_until: '',
    description: '',
    restrict_senders: '1',
    enable_by_itself: '',
  },
  label,
  identities: onlyOnce,
  async apply(act, { mailbox: typed, ...order }) {
    const mailbox = await mailboxNamed(act.trx, act.actor, typed);
    const { carriedOut } = await disableMailbox(act, mailbox.id, {
      ...order,
      leave_without: false,
    });
    const before: Before = { order: (await plannedFor(act.trx, mailbox.id)).disabling?.id ?? 0 };
    const from = dayInWords(order.disabled_from ?? dayOf(act.now));
    const key = carriedOut ? 'bulk.said.disabled' : 'bulk.said.disablingPlanned';
    return { item: mailboxItem(mailbox), message: { key, params: { from } }, before };
  },
  async undo(act, { id }, { order }: Before) {
    const mailbox = await findMailbox(act.trx, act.actor, id);
    const { disabling } = await plannedFor(act.trx, id);
    if (disabling?.id !== order) throw new Conflict('bulk.changedSince');
    if (disabling.status === 'planned') {
      await cancelDisabling(act, order);
      return { key: 'bulk.said.disablingCancelled' };
    }
    await endDisabling(act, mailbox, 'as-before');
    return { key: 'bulk.said.enabled' };
  },
  undoText: 'bulk.disabling.undo',
});

/** SOP 4.10 for many. */
export const enabling = defineKind({
  title: 'bulk.enabling',
  intro: 'bulk.enabling.intro',
  sop: '4.10',
  form: defineForm('bulk', { mailbox: mailboxField, ...EnableForm.fields }),
  example: { mailbox: 'aminah.yusof@jabatan.test', all_senders: '1' },
  label,
  identities: onlyOnce,
  async apply(act, { mailbox: typed, all_senders }) {
    const mailbox = await mailboxNamed(act.trx, act.actor, typed);
    await endDisabling(act, mailbox, all_senders ? 'all' : 'as-before');
    return { item: mailboxItem(mailbox), message: { key: 'bulk.said.enabled' }, before: null };
  },
  undo: null,
  undoText: 'bulk.enabling.undo',
});

function newestTermination(trx: Trx, mailboxId: number) {
  return trx
    .selectFrom('termination')
    .select(['id', 'status'])
    .where('mailbox_id', '=', mailboxId)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
}

/** SOP 4.11 for many. Lists that a person owns alone go to the new owner in the row. */
export const deletion = defineKind({
  title: 'bulk.deletion',
  intro: 'bulk.deletion.intro',
  sop: '4.11',
  form: defineForm('bulk', { mailbox: mailboxField, ...deleteFields }),
  example: { mailbox: 'aminah.yusof@jabatan.test', effective_on: '31/12/2026', reason: 'Bersara', new_owner: '' },
  label,
  identities: onlyOnce,
  async apply(act, { mailbox: typed, effective_on, reason, new_owner }) {
    const mailbox = await mailboxNamed(act.trx, act.actor, typed);
    const day = effective_on ?? dayOf(act.now);
    const heirs = { all: new_owner, byGroup: new Map() };
    const order = { effective_on: day, reason, heirs, leave_without: false };
    const { carriedOut } = await requestDeletion(act, mailbox.id, order);
    const before: Before = { order: (await newestTermination(act.trx, mailbox.id)).id };
    const key = carriedOut ? 'bulk.said.deleted' : 'bulk.said.deletionAsked';
    return { item: mailboxItem(mailbox), message: { key, params: { day: dayInWords(day) } }, before };
  },
  async undo(act, { id }, { order }: Before) {
    const newest = await newestTermination(act.trx, id);
    if (newest.id !== order) throw new Conflict('bulk.changedSince');
    if (newest.status === 'carried-out') {
      await restoreMailbox(act, id);
      return { key: 'bulk.said.restored' };
    }
    await withdrawDeletion(act, order);
    return { key: 'bulk.said.deletionWithdrawn' };
  },
  undoText: 'bulk.deletion.undo',
});
