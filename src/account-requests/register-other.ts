import { named } from '../forms/fields.ts';
import { defineForm, readForm } from '../forms/form.ts';
import { detailFields, detailsOf } from '../officers/details.ts';
import { page } from '../web/pages.ts';
import type { AccountForm } from './account-form.ts';

const OtherForm = defineForm('account', {
  account_name: named({ label: 'field.account_name', max: 150 }),
  ...detailFields,
});

/** SOP 4.4 step 2, table 3B: no position, and the account has a name of its own. */
export const otherForm: AccountForm = {
  sop: '4.4',
  form: OtherForm,
  show: (request, reply, shown) => page(request, reply, 'account-requests/register-other', { ...shown }),
  read(body) {
    const input = readForm(OtherForm, body);
    return { ...detailsOf(input), full_name: input.account_name, stated_grade: '' };
  },
};
