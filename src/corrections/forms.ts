import { email, icNumber, longText } from '../forms/fields.ts';
import { defineForm } from '../forms/form.ts';
import { GeneralForm } from '../mailboxes/general-form.ts';
import { loginId } from '../officers/login-id.ts';

const reason = (hint: 'correction.reasonHint' | 'correction.refuseHint') =>
  longText({ label: 'field.reason', hint, max: 500 });

const { passport } = GeneralForm.fields;

export const AskForm = defineForm('ask', {
  ic_number: icNumber({ label: 'field.ic_number', hint: 'field.ic_number.hint', optional: true }),
  passport: {
    ...passport,
    hint: 'correction.passportHint' as const,
    read: (typed: string[]) => passport.read(typed).toUpperCase(),
  },
  email: email({ label: 'field.email', hint: 'correction.emailHint', optional: true }),
  login_id: loginId(),
  reason: reason('correction.reasonHint'),
});
export const ConfirmForm = defineForm('confirm', {});
export const RefuseForm = defineForm('refuse', { reason: reason('correction.refuseHint') });
export const WithdrawForm = defineForm('withdraw', {});
