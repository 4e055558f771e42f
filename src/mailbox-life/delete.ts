import { typedDay } from '../base/days.ts';
import { attachments, date, email, longText } from '../forms/fields.ts';
import { defineForm, type Field, readForm, refusedForm } from '../forms/form.ts';
import { groupsOwnedAlone } from '../groups/queries.ts';
import { findMailbox } from '../mailboxes/queries.ts';
import { withAttachments } from '../web/uploads.ts';
import { type Command, leave_without, openOrder } from './command.ts';
import { type HeirField, heirField } from './handing-over.ts';
import { postponeDeletion, requestDeletion, withdrawDeletion } from './termination.ts';

type Heir = Field<string | null>;

function heir(label: 'life.newOwner' | 'life.newOwnerOf'): Heir {
  const field = email({
    label,
    optional: true,
    ...(label === 'life.newOwner' ? { hint: 'life.newOwnerHint' as const } : {}),
  });
  return { ...field, attributes: { ...field.attributes, autocomplete: 'off' } };
}

const effective_on = date({ label: 'field.effective_on', hint: 'life.effectiveHint' });

/** SOP 4.11 steps 2 and 3. */
export const DeleteForm = defineForm('delete', {
  effective_on,
  reason: longText({ label: 'field.reason', hint: 'life.deleteReasonHint', max: 500 }),
  new_owner: heir('life.newOwner'),
  leave_without,
  attachments: attachments(),
});

/** The same, with a field for each list that the person owns alone. */
function deleteFormFor(groups: { id: number }[]) {
  const heirs: Record<HeirField, Heir> = {};
  for (const { id } of groups) heirs[heirField(id)] = heir('life.newOwnerOf');
  return defineForm('delete', Object.assign({}, DeleteForm.fields, heirs));
}

const PostponeForm = defineForm('postpone', { effective_on });

/** SOP 4.11: Delete Account on a day, another day, or not at all. */
export const DELETE: Command[] = [
  {
    name: 'delete',
    sop: '4.11',
    title: 'life.delete',
    view: 'mailbox-life/delete',
    form: DeleteForm,
    applies: ({ mailbox, termination, isSelf }) => mailbox.status !== 'deleted' && termination === undefined && !isSelf,
    again: ({ problems, problem }, body, owned) => refusedForm(deleteFormFor(owned), body, problems, problem),
    async act(app, request) {
      const mailbox = await findMailbox(app.db, request.actor, request.params.id);
      const groups = await groupsOwnedAlone(app.db, mailbox);
      const form = deleteFormFor(groups);
      return withAttachments(request, form, async (files) => {
        const { effective_on: day, reason, leave_without, new_owner, ...own } = readForm(form, request.body);
        const byGroup = new Map(groups.map(({ id }) => [id, own[heirField(id)] ?? null]));
        const order = { effective_on: day ?? '', reason, leave_without, heirs: { all: new_owner, byGroup } };
        const { carriedOut, mailed } = await app.act(request, (act) => requestDeletion(act, mailbox.id, order, files));
        if (carriedOut) return { key: 'life.deleted', mailed, next: 'life.restoreNext' };
        return { key: 'life.deletionRequested', mailed, next: 'life.withdrawNext' };
      });
    },
  },
  {
    name: 'postpone-delete',
    sop: '4.11',
    title: 'life.postponeDelete',
    form: PostponeForm,
    applies: ({ mailbox, termination }) => mailbox.status !== 'deleted' && termination !== undefined,
    opened: ({ termination }) => ({ effective_on: typedDay(termination?.effective_on ?? null) }),
    async act(app, request) {
      const id = await openOrder(app, request, 'termination');
      const day = readForm(PostponeForm, request.body).effective_on ?? '';
      const { carriedOut, mailed } = await app.act(request, (act) => postponeDeletion(act, id, day));
      return { key: carriedOut ? 'life.deleted' : 'life.deletionPostponed', mailed };
    },
  },
  {
    name: 'withdraw-delete',
    sop: '4.11',
    title: 'life.withdraw',
    text: 'life.withdrawText',
    form: defineForm('withdraw', {}),
    applies: ({ mailbox, termination }) => mailbox.status !== 'deleted' && termination !== undefined,
    async act(app, request) {
      const id = await openOrder(app, request, 'termination');
      const { mailed } = await app.act(request, (act) => withdrawDeletion(act, id));
      return { key: 'life.deletionWithdrawn', mailed };
    },
  },
];
