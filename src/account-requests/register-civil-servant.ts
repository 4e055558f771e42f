import { named, text } from '../forms/fields.ts';
import { defineForm, readForm } from '../forms/form.ts';
import { detailFields, detailsOf, positionFields } from '../officers/details.ts';
import { page } from '../web/pages.ts';
import type { AccountForm } from './account-form.ts';

const CivilServantForm = defineForm('account', {
  full_name: named({ label: 'field.full_name', max: 150, autocomplete: 'name' }),
  ...detailFields,
  ...positionFields,
  grade: text({ label: 'field.grade', optional: true, max: 20 }),
});

/** SOP 4.3 step 2, table 3A. */
export const civilServantForm: AccountForm = {
  sop: '4.3',
  form: CivilServantForm,
  show: (request, reply, shown) => page(request, reply, 'account-requests/register-civil-servant', { ...shown }),
  read(body) {
    const input = readForm(CivilServantForm, body);
    return { ...detailsOf(input), full_name: input.full_name, stated_grade: input.grade };
  },
};
