import { anew, offerRestoring } from '../access-codes/restoring-first.ts';
import { verificationFields } from '../access-codes/verification.ts';
import { agencyDomains } from '../addresses/addresses.ts';
import { agencyOf } from '../base/actor.ts';
import { defineForm, type FormState, openForm, readForm, refusedForm } from '../forms/form.ts';
import { detailFields, detailsOf, positionFields } from '../officers/details.ts';
import { identityFields, identityOf } from '../officers/identity.ts';
import { allocationFrom, packageFields } from '../officers/package-fields.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { type AddressCheck, checkAddress } from './allocation.ts';
import { registerDirectly } from './direct-registration.ts';
import { lackingInWords } from './lacking.ts';
import { findAccountRequest, isComplete, knownOffice } from './queries.ts';
import { withAddress } from './typed-address.ts';

const DirectForm = defineForm(
  'direct',
  {
    ...identityFields,
    ...verificationFields,
    anew,
    ...detailFields,
    ...positionFields,
    ...packageFields,
    primary_email: { ...packageFields.primary_email, hint: 'direct.addressHint' as const },
  },
  identityOf,
);

/** Registration by the administrator directly: tables 3A/3B and the package on one page; it is approved like any other. */
export function direct(app: App) {
  const show = (request: Request, reply: Reply, form: FormState, check?: AddressCheck) =>
    page(request, reply, 'account-requests/direct', { form, check });
  const refused = async (request: Request, reply: Reply, form: FormState) => {
    const told = await withAddress(app.db, agencyOf(request.actor), form, nameIn(form));
    return show(request, reply, told.form, told.check);
  };
  const config = { sop: ['4.3', '4.4', '4.5'], access: ['admin'], form: DirectForm, show: refused } as const;

  app.get('/admin/account-requests/new', { config }, async (request, reply) => {
    const { ministry } = await knownOffice(app.db, request.actor);
    const known = { category: 'civil_servant', ministry, country: 'Malaysia', service_type: 'ordinary' };
    return show(request, reply, openForm(DirectForm, known));
  });

  app.post('/admin/account-requests/new', { config }, async (request, reply) => {
    const { step, pick } = request.body as Record<string, unknown>;
    if (step === 'check' || typeof pick === 'string') return answerCheck(request, reply);
    const input = readForm(DirectForm, request.body);
    const civil = input.category === 'civil_servant';
    const { category, full_name, notify_kind, notify_email, supervisor_email, verified_with, verification_note } =
      input;
    const person = {
      category,
      full_name,
      ic_number: civil ? input.ic_number : null,
      email: civil ? null : input.email,
      notify_kind,
      notify_email,
      supervisor_email,
    };
    if (!input.anew) await offerRestoring(app.db, request.actor, person, app.clock());
    const registration = { ...detailsOf(input), full_name, stated_grade: '' };
    const domains = await agencyDomains(app.db, agencyOf(request.actor));
    const made = await app.act(request, (act) =>
      registerDirectly(act, person, { verified_with, verification_note }, registration, allocationFrom(input, domains)),
    );
    const found = await findAccountRequest(app.db, request.actor, made.id);
    const told = { secret: made.code, mailed: made.mailed };
    setFlash(
      reply,
      isComplete(found)
        ? { key: 'direct.done', next: 'allocation.next', ...told }
        : { key: 'direct.partly', params: { fields: lackingInWords(found) }, ...told, isWarning: true },
    );
    return reply.redirect(`/admin/account-requests/${made.id}`, 303);
  });

  /** SOP 4.5 steps 4 and 5, with all that was filled in still there. */
  async function answerCheck(request: Request, reply: Reply) {
    const form = refusedForm(DirectForm, request.body, {}, null);
    const { pick } = request.body as Record<string, unknown>;
    const wanted = typeof pick === 'string' ? pick : (form.typed.primary_email?.[0] ?? '');
    const check = await checkAddress(app.db, agencyOf(request.actor), wanted, nameIn(form));
    form.typed.primary_email = [check.address];
    return show(request, reply, form, check);
  }
}

/** Whose name an address may be made from, before there is a request. */
const nameIn = ({ typed }: FormState) => ({ full_name: typed.full_name?.[0] ?? '', primary_email: null });
