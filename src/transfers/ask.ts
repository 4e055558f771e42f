import { canonicalAddress } from '../platform/addresses.ts';
import type { App, Reply, Request } from '../platform/app-types.ts';
import { RuleBroken } from '../platform/errors.ts';
import { EMAIL } from '../platform/fields.ts';
import { setFlash } from '../platform/flash.ts';
import { type FormState, openForm, readForm } from '../platform/form.ts';
import { readIcNumber } from '../platform/ic-number.ts';
import { page } from '../platform/pages.ts';
import { askForOfficer } from './begin.ts';
import { AskForm } from './forms.ts';

/** The receiving administrator asks for an officer of another agency, by address or identity card. */
export function ask(app: App) {
  const show = (request: Request, reply: Reply, form: FormState) => page(request, reply, 'transfers/ask', { form });
  const config = { access: ['admin'], form: AskForm, show } as const;

  app.get('/admin/transfers/new', { config }, (request, reply) => show(request, reply, openForm(AskForm)));

  app.post('/admin/transfers/new', { config }, async (request, reply) => {
    const { who, ...rest } = readForm(AskForm, request.body);
    const id = await app.act(request, (act) => askForOfficer(act, { ...soughtIn(who), ...rest }));
    setFlash(reply, { key: 'transfer.asked', next: 'transfer.askedNext' });
    return reply.redirect(`/admin/transfers/${id}`, 303);
  });
}

/** @throws RuleBroken beside `who` for what is neither an address nor an identity card number */
function soughtIn(typed: string) {
  const ic = readIcNumber(typed);
  if (ic !== null) return { ic, email: null };
  const email = canonicalAddress(typed);
  if (!EMAIL.test(email) || email.includes('..')) throw new RuleBroken('transfer.soughtWrong', {}, 'who');
  return { ic: null, email };
}
