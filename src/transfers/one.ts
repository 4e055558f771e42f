import { type AddressCheck, checkAddress, suggestAddresses } from '../account-requests/allocation.ts';
import { agencyDomains, canonicalAddress, withDomain } from '../addresses/addresses.ts';
import { agencyOf } from '../base/actor.ts';
import { type FormState, readForm, refusedForm } from '../forms/form.ts';
import { detailsOf } from '../officers/details.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { agreeToRelease, refuseTransfer } from './agreement.ts';
import { allocate, refuseGiving } from './allocation.ts';
import { withdrawTransfer } from './ending.ts';
import { AgreeForm, AllocationForm, RefuseForm, TermsForm, WithdrawForm } from './forms.ts';
import { type Allocation, mailboxOf } from './given.ts';
import { findTransfer, isOwnAddress } from './queries.ts';
import { type Open, showTransfer } from './show.ts';

/** One transfer: how it stands, and each side's forms, with a page of its own for each. */
export function one(app: App) {
  const schema = { params: Id };
  const shown = (name: Open) => (request: WithId, reply: Reply, form: FormState) =>
    showTransfer(app, request, reply, { [name === 'allocation' ? 'agree' : name]: form }, name);
  const back = (request: WithId, reply: Reply) => reply.redirect(`/admin/transfers/${request.params.id}`, 303);

  app.get('/admin/transfers/:id', { schema, config: { access: ['admin'] } }, (request, reply) =>
    showTransfer(app, request, reply),
  );
  app.get('/helpdesk/transfers/:id', { schema, config: { access: ['helpdesk'] } }, (request, reply) =>
    showTransfer(app, request, reply),
  );

  const agree = { schema, config: { access: ['admin'], form: AgreeForm, show: shown('agree') } } as const;
  app.get('/admin/transfers/:id/agree', agree, (request, reply) => showTransfer(app, request, reply, {}, 'agree'));
  app.post('/admin/transfers/:id/agree', agree, async (request, reply) => {
    const { side } = await findTransfer(app.db, request.actor, request.params.id);
    if (side === 'receiving') return give(request, reply, 'agree');
    const terms = readForm(TermsForm, request.body);
    const mailed = await app.act(request, (act) => agreeToRelease(act, request.params.id, terms));
    setFlash(reply, { key: 'transfer.agreedNow', mailed, next: 'transfer.packageNext' });
    return back(request, reply);
  });

  const allocation = {
    schema,
    config: { access: ['admin'], form: AllocationForm, show: shown('allocation') },
  } as const;
  app.get('/admin/transfers/:id/allocation', allocation, (request, reply) =>
    showTransfer(app, request, reply, {}, 'allocation'),
  );
  app.post('/admin/transfers/:id/allocation', allocation, async (request, reply) => {
    await findTransfer(app.db, request.actor, request.params.id);
    return give(request, reply, 'allocation');
  });

  /** Semak only asks whether the address is free; the other button saves. */
  async function give(request: WithId, reply: Reply, open: Open) {
    const { step, pick } = request.body as Record<string, unknown>;
    if (step === 'check' || typeof pick === 'string') {
      const { form, check } = await checked(app, request);
      return showTransfer(app, request, reply, { agree: form }, open, check);
    }
    const input = await readAllocation(app, request);
    const done = await app.act(request, (act) => allocate(act, request.params.id, input));
    setFlash(reply, { key: done.carriedOut ? 'transfer.carriedOutNow' : 'transfer.allocatedNow', mailed: done.mailed });
    return back(request, reply);
  }

  const refuse = { schema, config: { access: ['admin'], form: RefuseForm, show: shown('refuse') } } as const;
  app.get('/admin/transfers/:id/refuse', refuse, (request, reply) => showTransfer(app, request, reply, {}, 'refuse'));
  app.post('/admin/transfers/:id/refuse', refuse, async (request, reply) => {
    const input = readForm(RefuseForm, request.body);
    const mailed = await app.act(request, (act) => refuseTransfer(act, request.params.id, input));
    setFlash(reply, { key: 'transfer.refusedNow', mailed });
    return back(request, reply);
  });

  const withdraw = { schema, config: { access: ['admin'], form: WithdrawForm, show: shown('withdraw') } } as const;
  app.get('/admin/transfers/:id/withdraw', withdraw, (request, reply) =>
    showTransfer(app, request, reply, {}, 'withdraw'),
  );
  app.post('/admin/transfers/:id/withdraw', withdraw, async (request, reply) => {
    const mailed = await app.act(request, (act) => withdrawTransfer(act, request.params.id));
    setFlash(reply, { key: 'transfer.withdrawnNow', mailed });
    return back(request, reply);
  });
}

async function readAllocation(app: App, request: WithId): Promise<Allocation> {
  const values = readForm(AllocationForm, request.body);
  const domains = await agencyDomains(app.db, agencyOf(request.actor));
  return {
    ...detailsOf(values),
    primary_email: withDomain(canonicalAddress(values.primary_email), domains),
    package: values.package,
    grade: values.grade,
    storage_mb: Number(values.storage_mb),
    services: values.services,
    service_type: values.service_type,
    supervisor_email: values.supervisor_email,
  };
}

/** The form with the address that was asked about, and the answer; others are made from the officer's name. */
async function checked(app: App, request: WithId): Promise<{ form: FormState; check: AddressCheck }> {
  const { row, side } = await findTransfer(app.db, request.actor, request.params.id);
  refuseGiving(row, side); // what is made from the name would say it
  const { pick, primary_email } = request.body as Record<string, unknown>;
  const wanted = typeof pick === 'string' ? pick : typeof primary_email === 'string' ? primary_email : '';
  const mailbox = await mailboxOf(app.db, row);
  const check = await checkAddress(app.db, row.to_agency_id, wanted, null);
  const own =
    JSON.parse(row.allocation ?? '{}').primary_email === check.address ||
    (await isOwnAddress(app.db, mailbox.id, check.address));
  const form = refusedForm(AllocationForm, request.body, {}, null);
  form.typed.primary_email = [check.address];
  if (own) return { form, check: { ...check, available: true, suggestions: [] } };
  if (check.available) return { form, check };
  const domain = check.address.slice(check.address.lastIndexOf('@') + 1);
  return { form, check: { ...check, suggestions: await suggestAddresses(app.db, mailbox.full_name, domain) } };
}
