import { Type } from 'typebox';
import { agencyOf } from '../platform/actor.ts';
import { agencyDomains, canonicalAddress } from '../platform/addresses.ts';
import { type App, Id, type Reply, type WithId } from '../platform/app-types.ts';
import { many, optionalChoice, text, wholeNumber } from '../platform/fields.ts';
import { setFlash } from '../platform/flash.ts';
import { defineForm, type FormState, openForm, readForm, refusedForm } from '../platform/form.ts';
import { page } from '../platform/pages.ts';
import { LOGIN_ID } from '../sign-in/login-id.ts';
import { type AddressCheck, type Allocation, allocatePackage, checkAddress, withDomain } from './allocation.ts';
import { GRADES, PACKAGES, SERVICES, STORAGES_MB } from './package.ts';
import { findAccountRequest } from './queries.ts';

const plain = <const Value extends string>(value: Value) => ({ value, label: { text: value } });
const inWords = (megabytes: number) => (megabytes < 1024 ? `${megabytes} MB` : `${megabytes / 1024} GB`);

/** SOP 4.5 steps 4 to 9. */
export const packageFields = {
  primary_email: text({ label: 'field.primary_email', hint: 'allocation.emailHint', max: 254, autocomplete: 'off' }),
  login_id: {
    ...text({
      label: 'field.login_id',
      hint: 'field.login_id.hint',
      max: 20,
      optional: true,
      autocomplete: 'off',
      pattern: LOGIN_ID,
      wrong: 'login-id.wrong',
    }),
  },
  package: optionalChoice({ label: 'field.package', as: 'radio', options: PACKAGES.map(plain) }),
  grade: optionalChoice({ label: 'field.grade', options: GRADES.map(plain) }),
  storage_mb: optionalChoice({
    label: 'field.storage',
    options: STORAGES_MB.map((size) => ({ value: String(size), label: { text: inWords(size) } })),
  }),
  services: many({ label: 'field.services', options: SERVICES.map(plain) }),
  service_type: optionalChoice({
    label: 'field.service_type',
    as: 'radio',
    options: [
      { value: 'ordinary', label: 'service.ordinary' },
      { value: 'vip', label: 'service.vip' },
    ],
  }),
};

/** The version of the request that a page showed; null when the form does not say. */
export const versionField = {
  ...wholeNumber({ label: 'field.version', optional: true, least: 0, most: 999_999_999 }),
  kind: 'hidden' as const,
};

export const AllocationForm = defineForm('allocation', { ...packageFields, version: versionField });

type PackageInput = {
  primary_email: string;
  login_id: string;
  package: Allocation['package'];
  grade: string | null;
  storage_mb: string | null;
  services: string[];
  service_type: Allocation['service_type'];
};

/** What the form gives, in the registry's spelling. An address without a domain gets the agency's first. */
export function allocationFrom(input: PackageInput, domains: string[]): Allocation {
  return {
    primary_email: withDomain(canonicalAddress(input.primary_email), domains),
    login_id: input.login_id.toLowerCase(),
    package: input.package,
    grade: input.grade,
    storage_mb: input.storage_mb === null ? null : Number(input.storage_mb),
    services: input.services,
    service_type: input.service_type,
  };
}

type Show = (
  request: WithId,
  reply: Reply,
  forms: { allocation?: FormState },
  open: 'allocation',
  check?: AddressCheck,
) => unknown;

/** SOP 4.5: the package. Enter in the address field, or Semak, only asks whether it is free; Update saves. */
export function allocation(app: App, show: Show) {
  const again = (request: WithId, reply: Reply, form: FormState) =>
    show(request, reply, { allocation: form }, 'allocation');
  const route = {
    schema: { params: Id },
    config: { sop: '4.5', access: ['admin'], form: AllocationForm, show: again },
  } as const;

  app.get('/admin/account-requests/:id/allocation', route, (request, reply) => show(request, reply, {}, 'allocation'));

  app.post('/admin/account-requests/:id/allocation', route, async (request, reply) => {
    const { step, pick } = request.body as Record<string, unknown>;
    if (step === 'check' || typeof pick === 'string') return answerCheck(request, reply);
    const { version, ...input } = readForm(AllocationForm, request.body);
    const domains = await agencyDomains(app.db, agencyOf(request.actor));
    await app.act(request, (act) => allocatePackage(act, request.params.id, allocationFrom(input, domains), version));
    setFlash(reply, { key: 'allocation.done', next: 'allocation.next' });
    return reply.redirect(`/admin/account-requests/${request.params.id}`, 303);
  });

  async function answerCheck(request: WithId, reply: Reply) {
    const found = await findAccountRequest(app.db, request.actor, request.params.id);
    const { pick, primary_email } = request.body as Record<string, unknown>;
    const wanted = typeof pick === 'string' ? pick : typeof primary_email === 'string' ? primary_email : '';
    const form = refusedForm(AllocationForm, request.body, {}, null);
    const check = await checkAddress(app.db, found.agency_id, wanted, found);
    form.typed.primary_email = [check.address];
    return show(request, reply, { allocation: form }, 'allocation', check);
  }

  addressCheck(app);
}

const CheckForm = defineForm('check', { primary_email: text({ label: 'field.primary_email', max: 254 }) });

/** SOP 4.5 steps 4 and 5 as a page of its own, and as JSON for scripts. */
function addressCheck(app: App) {
  const querystring = Type.Object({ primary_email: Type.Optional(Type.String({ maxLength: 300 })) });
  const show = (request: Parameters<typeof page>[0], reply: Reply, form: FormState, check?: AddressCheck) =>
    page(request, reply, 'account-requests/address-check', { form, check });

  app.get(
    '/admin/address-check',
    { schema: { querystring }, config: { sop: '4.5', access: ['admin'], form: CheckForm, show } },
    async (request, reply) => {
      const typed = request.query.primary_email;
      const check = typed === undefined ? undefined : await checkAddress(app.db, agencyOf(request.actor), typed, null);
      if (!request.headers.accept?.includes('application/json'))
        return show(request, reply, openForm(CheckForm, { primary_email: typed }), check);
      return reply.send({ available: check?.available ?? false, suggestions: check?.suggestions ?? [] });
    },
  );
}
