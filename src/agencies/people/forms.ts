import { email, flag, rowId, text } from '../../forms/fields.ts';
import { defineForm, type Field } from '../../forms/form.ts';
import { LOGIN_ID } from '../../officers/login-id.ts';

/** A login ID in its one spelling, in lower case. */
function loginId(): Field<string> {
  const field = text({
    label: 'field.login_id',
    hint: 'field.login_id.hint',
    max: 20,
    autocomplete: 'off',
    pattern: LOGIN_ID,
    wrong: 'login-id.wrong',
  });
  return { ...field, read: (typed) => field.read(typed).toLowerCase() };
}

/** Another person's address: what the browser knows of its own user does not belong there. */
function othersEmail(options: Parameters<typeof email>[0]) {
  const field = email(options);
  return { ...field, attributes: { ...field.attributes, autocomplete: 'off' } };
}

const newcomer = {
  full_name: text({ label: 'field.full_name', max: 150, autocomplete: 'off' }),
  login_id: loginId(),
  email: othersEmail({ label: 'field.email', hint: 'person.emailHint' }),
};

export const AppointForm = defineForm('appoint', { agency_id: rowId({ label: 'field.agency' }), ...newcomer });

export const StaffForm = defineForm('staff', newcomer);

export const FindForm = defineForm('find', { login: text({ label: 'field.login', max: 254, autocomplete: 'off' }) });

export const InviteForm = defineForm('invite', {
  email: othersEmail({ label: 'field.email', hint: 'person.correctHint', optional: true }),
});

export const UnlockForm = defineForm('unlock', {});

export const GrantForm = defineForm('grant', {});

export const WithdrawForm = defineForm('withdraw', {
  leave_without: flag({ label: 'administrator.leaveWithout' }),
});

export const StatusForm = defineForm('status', {});
