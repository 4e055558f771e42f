import { choice, date, email, flag, longText } from '../forms/fields.ts';
import { defineForm, type Field, type Form } from '../forms/form.ts';
import { heirField } from './handing-over.ts';
import { REASONS } from './reasons.ts';

const leave_without = flag({ label: 'administrator.leaveWithout' });

/** SOP 4.9 steps 4 to 8. */
export const DisableForm = defineForm('disable', {
  reason: choice({
    label: 'field.reason',
    options: REASONS.map((value) => ({ value, label: `life.reason.${value}` as const })),
  }),
  disabled_from: date({ label: 'field.disabled_from', hint: 'life.fromHint', optional: true }),
  disabled_until: date({ label: 'field.disabled_until', hint: 'life.untilHint', optional: true }),
  description: longText({ label: 'field.description', optional: true }),
  restrict_senders: flag({ label: 'life.restrict', hint: 'life.restrictHint' }),
  enable_by_itself: flag({ label: 'life.byItself', hint: 'life.byItselfHint' }),
  leave_without,
});

/** Another start for what is planned, another until-date for what is planned or in force. */
export const ChangeForm = defineForm('change', {
  disabled_from: date({ label: 'field.disabled_from', hint: 'life.fromHint', optional: true }),
  disabled_until: date({ label: 'field.disabled_until', hint: 'life.untilHint', optional: true }),
  enable_by_itself: flag({ label: 'life.byItself', hint: 'life.byItselfHint' }),
});

export const CancelForm = defineForm('cancel', {});

/** SOP 4.10 steps 3 and 4. */
export const EnableForm = defineForm('enable', {
  all_senders: flag({ label: 'life.allSenders', hint: 'life.allSendersHint' }),
});

function heir(label: 'life.newOwner' | 'life.newOwnerOf'): Field<string | null> {
  const field = email({
    label,
    optional: true,
    ...(label === 'life.newOwner' ? { hint: 'life.newOwnerHint' as const } : {}),
  });
  return { ...field, attributes: { ...field.attributes, autocomplete: 'off' } };
}

/** SOP 4.11 steps 2 and 3. */
export const DeleteForm = defineForm('delete', {
  effective_on: date({ label: 'field.effective_on', hint: 'life.effectiveHint' }),
  reason: longText({ label: 'field.reason', hint: 'life.deleteReasonHint', max: 500 }),
  new_owner: heir('life.newOwner'),
  leave_without,
});

/** The same, with a field for each list that the person owns alone. */
export function deleteFormFor(groupIds: number[]): Form<typeof DeleteForm.fields> {
  const more = Object.fromEntries(groupIds.map((id) => [heirField(id), heir('life.newOwnerOf')]));
  return defineForm('delete', { ...DeleteForm.fields, ...more });
}

export const PostponeDeletionForm = defineForm('postpone', {
  effective_on: date({ label: 'field.effective_on', hint: 'life.effectiveHint' }),
});
export const WithdrawForm = defineForm('withdraw', {});
export const RestoreForm = defineForm('restore', {});

/** The calendar's: another day for whatever it is. */
export const PostponeForm = defineForm('day', {
  date: date({ label: 'life.newDay', hint: 'life.newDayHint', optional: true }),
});
export const StopForm = defineForm('stop', {});
