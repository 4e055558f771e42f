import { type Form, type FormState, readForm } from '../forms/form.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { agreeToRelease, refuseTransfer } from './agreement.ts';
import { allocate } from './allocate.ts';
import { checkAllocation, readAllocation } from './allocation-form.ts';
import { withdrawTransfer } from './ending.ts';
import { AgreeForm, AllocationForm, RefuseForm, TermsForm, WithdrawForm } from './forms.ts';
import { findTransfer } from './queries.ts';
import { type Open, showTransfer } from './show-transfer.ts';

/** One transfer: how it stands, and each side's forms, with a page of its own for each. */
export function transferPage(app: App) {
  for (const area of ['admin', 'helpdesk'] as const)
    app.get(`/${area}/transfers/:id`, { schema: { params: Id }, config: { access: [area] } }, (request, reply) =>
      showTransfer(request, reply),
    );
  agree(app);
  allocation(app);
  refuse(app);
  withdraw(app);
}

function agree(app: App) {
  const route = command(app, 'agree', AgreeForm);
  app.post('/admin/transfers/:id/agree', route, async (request, reply) => {
    const { side } = await findTransfer(app.db, request.actor, request.params.id);
    if (side === 'receiving') return give(request, reply, 'agree');
    const terms = readForm(TermsForm, request.body);
    const mailed = await app.act(request, (act) => agreeToRelease(act, request.params.id, terms));
    setFlash(reply, { key: 'transfer.agreedNow', mailed, next: 'transfer.packageNext' });
    return back(request, reply);
  });
}

function allocation(app: App) {
  const route = command(app, 'allocation', AllocationForm);
  app.post('/admin/transfers/:id/allocation', route, async (request, reply) => {
    await findTransfer(app.db, request.actor, request.params.id);
    return give(request, reply, 'allocation');
  });
}

/** Semak only asks whether the address is free; the other button saves. */
async function give(request: WithId, reply: Reply, open: Open) {
  const app = request.server;
  const { step, pick } = request.body as Record<string, unknown>;
  if (step === 'check' || typeof pick === 'string') {
    const { form, check } = await checkAllocation(app.db, request);
    return showTransfer(request, reply, { agree: form }, open, check);
  }
  const input = await readAllocation(app.db, request.actor, request.body);
  const done = await app.act(request, (act) => allocate(act, request.params.id, input));
  setFlash(reply, { key: done.carriedOut ? 'transfer.carriedOutNow' : 'transfer.allocatedNow', mailed: done.mailed });
  return back(request, reply);
}

function refuse(app: App) {
  const route = command(app, 'refuse', RefuseForm);
  app.post('/admin/transfers/:id/refuse', route, async (request, reply) => {
    const input = readForm(RefuseForm, request.body);
    const mailed = await app.act(request, (act) => refuseTransfer(act, request.params.id, input));
    setFlash(reply, { key: 'transfer.refusedNow', mailed });
    return back(request, reply);
  });
}

function withdraw(app: App) {
  const route = command(app, 'withdraw', WithdrawForm);
  app.post('/admin/transfers/:id/withdraw', route, async (request, reply) => {
    const mailed = await app.act(request, (act) => withdrawTransfer(act, request.params.id));
    setFlash(reply, { key: 'transfer.withdrawnNow', mailed });
    return back(request, reply);
  });
}

/** One thing that a side may do: its address shows the transfer with the form open. Returns the route that does it. */
function command(app: App, name: Open, form: Form) {
  const show = (request: WithId, reply: Reply, refused: FormState) =>
    showTransfer(request, reply, { [name === 'allocation' ? 'agree' : name]: refused }, name);
  const route = { schema: { params: Id }, config: { sop: '5.0', access: ['admin'], form, show } } as const;
  app.get(`/admin/transfers/:id/${name}`, route, (request, reply) => showTransfer(request, reply, {}, name));
  return route;
}

const back = (request: WithId, reply: Reply) => reply.redirect(`/admin/transfers/${request.params.id}`, 303);
