import { ownCode } from '../access-codes/applicant.ts';
import { text } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../forms/form.ts';
import { detailFields, detailsOf, positionFields } from '../officers/details.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { registerAccount } from './account-request.ts';
import { ownRequest } from './queries.ts';

/** SOP table 3A. */
const CivilServantForm = defineForm('account', {
  full_name: text({ label: 'field.full_name', max: 150, autocomplete: 'name' }),
  ...detailFields,
  ...positionFields,
});

/** SOP table 3B: no position, and the account has a name of its own. */
const OtherForm = defineForm('account', {
  account_name: text({ label: 'field.account_name', max: 150 }),
  ...detailFields,
});

/** Reads whichever table the applicant's category has. */
const AccountForm = defineForm('account', {
  ...CivilServantForm.fields,
  ...OtherForm.fields,
});

/** SOP 4.3 and 4.4 steps 2 and 3: table 3A or 3B, and the button Register. */
export function accountForm(app: App) {
  const show = async (request: Request, reply: Reply, form: FormState) => {
    const code = await ownCode(app.db, request.actor);
    const before = await ownRequest(app.db, request.actor);
    const sop = code.category === 'civil_servant' ? '4.3' : '4.4';
    return page(request, reply, 'account-requests/form', { form, code, question: before?.question ?? null, sop });
  };
  const config = { sop: ['4.3', '4.4'], access: ['applicant'], form: AccountForm, show } as const;

  app.get('/register/form', { config }, async (request, reply) => {
    const code = await ownCode(app.db, request.actor);
    const before = await ownRequest(app.db, request.actor);
    const open = before === undefined ? code.status === 'confirmed' : before.status === 'returned';
    if (!open) return reply.redirect('/register/status', 303);
    const known =
      before === undefined
        ? { full_name: code.full_name, account_name: code.full_name, country: 'Malaysia' }
        : { ...before, account_name: before.full_name, grade: before.stated_grade };
    return show(request, reply, openForm(code.category === 'civil_servant' ? CivilServantForm : OtherForm, known));
  });

  app.post('/register/form', { config }, async (request, reply) => {
    const { category } = await ownCode(app.db, request.actor);
    await app.act(request, (act) => registerAccount(act, readRegistration(category, request.body)));
    setFlash(reply, { key: 'account-request.sent', next: 'account-request.nextAllocate' });
    return reply.redirect('/register/status', 303);
  });
}

function readRegistration(category: 'civil_servant' | 'other', body: unknown) {
  if (category === 'civil_servant') {
    const input = readForm(CivilServantForm, body);
    return { ...detailsOf(input), full_name: input.full_name, stated_grade: input.grade };
  }
  const input = readForm(OtherForm, body);
  return { ...detailsOf(input), full_name: input.account_name, stated_grade: '' };
}
