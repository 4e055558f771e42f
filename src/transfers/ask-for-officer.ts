import { canonicalAddress } from '../addresses/addresses.ts';
import { RuleBroken } from '../base/errors.ts';
import { readIcNumber } from '../base/ic-number.ts';
import { EMAIL } from '../forms/fields.ts';
import { type FormState, openForm, readForm } from '../forms/form.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { withAttachments, withUploads } from '../web/uploads.ts';
import { AskForm } from './forms.ts';
import { askForOfficer } from './transfer-request.ts';

/** The receiving administrator asks for an officer of another agency, by address or identity card. */
export function askForOfficerPage(app: App) {
  const show = (request: Request, reply: Reply, form: FormState) =>
    page(request, reply, 'transfers/ask-for-officer', { form });
  const config = { access: ['admin'], form: AskForm, show } as const;

  app.get('/admin/transfers/new', { config }, (request, reply) => show(request, reply, openForm(AskForm)));

  return withUploads(app, (part) => {
    part.post('/admin/transfers/new', { config: { ...config, upload: 'attachments' } }, (request, reply) =>
      withAttachments(request, AskForm, async (files) => {
        const { who, ...rest } = readForm(AskForm, request.body);
        const asked = { ...soughtIn(who), ...rest };
        const id = await app.act(request, (act) => askForOfficer(act, asked, files));
        setFlash(reply, { key: 'transfer.asked', next: 'transfer.askedNext' });
        return reply.redirect(`/admin/transfers/${id}`, 303);
      }),
    );
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
