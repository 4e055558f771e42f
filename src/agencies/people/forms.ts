import { email, flag, named, rowId, text } from '../../forms/fields.ts';
import { defineForm } from '../../forms/form.ts';
import { loginId } from '../../officers/login-id.ts';

/** Another person's address: what the browser knows of its own user does not belong there. */
function othersEmail(options: Parameters<typeof email>[0]) {
  const field = email(options);
  return { ...field, attributes: { ...field.attributes, autocomplete: 'off' } };
}

const newcomer = {
  full_name: named({ label: 'field.full_name', max: 150, autocomplete: 'off' }),
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

export const StatusForm = defineForm('person-status', {});
