import { ownCode } from '../access-codes/applicant.ts';
import { attachments } from '../forms/fields.ts';
import { defineForm, type Form, type FormState, openForm } from '../forms/form.ts';
import type { Sop } from '../sop/index.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash, toldFlash } from '../web/flash.ts';
import { withAttachments, withUploads } from '../web/uploads.ts';
import { type Registration, registerAccount } from './account-request.ts';
import { knownOffice, ownRequest } from './queries.ts';

/** Registering as one category of applicant: its form, its view, and how what is typed becomes a request. */
export type AccountForm = {
  sop: Sop;
  form: Form;
  show(request: Request, reply: Reply, shown: { sop: Sop; form: FormState; question: string | null }): unknown;
  /** @throws InvalidForm */
  read(body: unknown): Registration;
};

/** SOP 4.3 and 4.4 steps 2 and 3: table 3A or 3B, and the button Register. One page; the code says which table. */
export function accountForm(app: App, forms: Record<'civil_servant' | 'other', AccountForm>) {
  const show = async (request: Request, reply: Reply, form: FormState) => {
    const own = forms[(await ownCode(app.db, request.actor)).category];
    const before = await ownRequest(app.db, request.actor);
    return own.show(request, reply, { sop: own.sop, form, question: before?.question ?? null });
  };
  // a refused form comes back with whichever fields the applicant's table has
  const { fields } = forms.civil_servant.form;
  const form = defineForm('account', { ...fields, ...forms.other.form.fields, attachments: attachments() });
  const config = { sop: ['4.3', '4.4'], access: ['applicant'], form, show } as const;

  app.get('/register/form', { config }, async (request, reply) => {
    const code = await ownCode(app.db, request.actor);
    const before = await ownRequest(app.db, request.actor);
    const open = before === undefined ? code.status === 'confirmed' : before.status === 'returned';
    if (!open) return reply.redirect('/register/status', 303);
    const known =
      before === undefined
        ? {
            full_name: code.full_name,
            account_name: code.full_name,
            ...(await knownOffice(app.db, request.actor)),
            country: 'Malaysia',
          }
        : { ...before, account_name: before.full_name, grade: before.stated_grade };
    return show(request, reply, openForm(form, known));
  });

  return withUploads(app, (part) => {
    part.post('/register/form', { config: { ...config, upload: 'attachments' } }, async (request, reply) => {
      const { category } = await ownCode(app.db, request.actor);
      return withAttachments(request, forms[category].form, async (files) => {
        const registration = forms[category].read(request.body);
        const mailed = await app.act(request, (act) => registerAccount(act, registration, files));
        const sent = { key: 'account-request.sent', next: 'account-request.nextAllocate' } as const;
        setFlash(reply, toldFlash(mailed, sent, 'account-request.sentUntold'));
        return reply.redirect('/register/status', 303);
      });
    });
  });
}
