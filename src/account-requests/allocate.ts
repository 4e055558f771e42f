import { agencyDomains } from '../addresses/addresses.ts';
import { agencyOf } from '../base/actor.ts';
import { text, wholeNumber } from '../forms/fields.ts';
import { defineForm, type FormState, InvalidForm, openForm, readForm, refusedForm } from '../forms/form.ts';
import { together } from '../forms/together.ts';
import { allocationFrom, type PackageInput, packageFields } from '../officers/package-fields.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { type Flash, setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { parameters } from '../web/parameters.ts';
import { type AddressCheck, allocatePackage, checkAddress } from './allocation.ts';
import { approveRequest } from './decision.ts';
import { lackingInWords } from './lacking.ts';
import { type AccountRequest, findAccountRequest, isComplete, lackingIn } from './queries.ts';
import { withAddress } from './typed-address.ts';

/** What is said once a request is approved: who tells the user. */
export function approvedFlash({ mailed, told }: Awaited<ReturnType<typeof approveRequest>>) {
  const isTold = told === 'both' || told === 'supervisor';
  return { key: 'approve.done', mailed, next: isTold ? 'approve.next.told' : 'approve.next.untold' } as const;
}

/** @throws InvalidForm beside each field that an account needs and that is empty (SOP 4.6) */
function refuseIncomplete({ category }: AccountRequest, input: PackageInput) {
  const lacking = lackingIn({ ...input, category });
  if (lacking.length > 0)
    throw new InvalidForm(Object.fromEntries(lacking.map((name) => [name, { key: 'form.required' as const }])));
}

/** The version of the request that a page showed; null when the form does not say. */
export const versionField = {
  ...wholeNumber({ label: 'field.version', optional: true, least: 0, most: 999_999_999 }),
  kind: 'hidden' as const,
};

export const AllocationForm = defineForm('allocation', { ...packageFields, version: versionField });
type Show = (
  request: WithId,
  reply: Reply,
  forms: { allocation?: FormState },
  open: 'allocation',
  check?: AddressCheck,
) => unknown;

/**
 * SOP 4.5: the package. Enter in the address field, or Semak, only asks whether it is free; Update saves. Approve stands only
 * where nothing is being filled in, or saves that, too: it never leaves out what somebody has just chosen.
 */
export function allocation(app: App, show: Show) {
  const again = async (request: WithId, reply: Reply, form: FormState) => {
    const found = await findAccountRequest(app.db, request.actor, request.params.id);
    const told = await withAddress(app.db, found.agency_id, form, found);
    return show(request, reply, { allocation: told.form }, 'allocation', told.check);
  };
  const route = {
    schema: { params: Id },
    config: { sop: ['4.5', '4.6'], access: ['admin'], form: AllocationForm, show: again },
  } as const;

  app.get('/admin/account-requests/:id/allocation', route, (request, reply) => show(request, reply, {}, 'allocation'));

  app.post('/admin/account-requests/:id/allocation', route, async (request, reply) => {
    const { step, pick } = request.body as Record<string, unknown>;
    if (step === 'check' || typeof pick === 'string') return answerCheck(request, reply);
    const { version, ...input } = readForm(AllocationForm, request.body);
    const domains = await agencyDomains(app.db, agencyOf(request.actor));
    const { id } = request.params;
    const toApprove = step === 'approve' ? await findAccountRequest(app.db, request.actor, id) : null;
    const approval = await app.act(request, async (act) => {
      await together(
        () => toApprove !== null && refuseIncomplete(toApprove, input),
        () => allocatePackage(act, id, allocationFrom(input, domains), version),
      );
      return toApprove === null ? null : approveRequest(act, id, null);
    });
    setFlash(reply, approval === null ? await savedFlash(request) : approvedFlash(approval));
    return reply.redirect(`/admin/account-requests/${id}`, 303);
  });

  async function savedFlash({ actor, params }: WithId): Promise<Flash> {
    const found = await findAccountRequest(app.db, actor, params.id);
    if (isComplete(found)) return { key: 'allocation.done', next: 'allocation.next' };
    return { key: 'allocation.partly', params: { fields: lackingInWords(found) }, isWarning: true };
  }

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

const CheckForm = defineForm('address-check', { primary_email: text({ label: 'field.primary_email', max: 254 }) });

/** SOP 4.5 steps 4 and 5 as a page of its own, and as JSON for scripts. */
function addressCheck(app: App) {
  const querystring = parameters({ primary_email: { type: 'string', maxLength: 300 } });
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
