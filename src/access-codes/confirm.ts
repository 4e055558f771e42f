import { choice, longText } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../forms/form.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash, toldFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { answerDetails, ownCode } from './applicant.ts';

const ConfirmForm = defineForm('confirm', {
  decision: choice({
    label: 'confirm.decision',
    as: 'radio',
    options: [
      { value: 'confirm', label: 'confirm.right' },
      { value: 'return', label: 'confirm.wrong' },
    ],
  }),
  note: longText({ label: 'confirm.note', hint: 'confirm.noteHint', optional: true }),
});

/** SOP 4.2 step 5: the applicant checks what the administrator registered. */
export function confirm(app: App) {
  const show = async (request: Request, reply: Reply, form: FormState) =>
    page(request, reply, 'access-codes/confirm', { code: await ownCode(app.db, request.actor), form });
  const config = { sop: '4.2', access: ['applicant'], form: ConfirmForm, show } as const;

  app.get('/register/confirm', { config }, async (request, reply) => {
    const { status } = await ownCode(app.db, request.actor);
    if (status !== 'issued' && status !== 'returned') return reply.redirect('/register/status', 303);
    return show(request, reply, openForm(ConfirmForm));
  });

  app.post('/register/confirm', { config }, async (request, reply) => {
    const { status, mailed } = await app.act(request, (act) => answerDetails(act, readForm(ConfirmForm, request.body)));
    if (status === 'confirmed') return reply.redirect('/register/form', 303);
    setFlash(reply, toldFlash(mailed, { key: 'confirm.returned' }, 'confirm.returnedUntold'));
    return reply.redirect('/register/status', 303);
  });
}
