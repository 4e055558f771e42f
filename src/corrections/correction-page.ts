import type { Act } from '../data/act.ts';
import { type Form, type FormState, openForm, readForm } from '../forms/form.ts';
import type { Label } from '../texts.ts';
import { historyOf } from '../trail/audit.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { confirmCorrection, decisionHindrance, refuseCorrection, withdrawCorrection } from './correction.ts';
import { ConfirmForm, RefuseForm, WithdrawForm } from './forms.ts';
import { TONES } from './list.ts';
import { correctedBy } from './person-key.ts';
import { type Area, findCorrection } from './queries.ts';

type Command = 'confirm' | 'refuse' | 'withdraw';
type Forms = Partial<Record<Command, FormState>>;

async function show(request: WithId, reply: Reply, forms: Forms = {}, open?: Command) {
  const { db } = request.server;
  const found = await findCorrection(db, request.actor, request.params.id);
  const waits = found.status === 'requested';
  const hindrance = waits ? decisionHindrance(request.actor, found) : null;
  const empty = { confirm: openForm(ConfirmForm), refuse: openForm(RefuseForm), withdraw: openForm(WithdrawForm) };
  return page(request, reply, 'corrections/correction', {
    found,
    corrected: correctedBy(found),
    area: request.actor.role === 'helpdesk' ? 'helpdesk' : 'admin',
    tone: TONES[found.status],
    hindrance,
    may: {
      decide: waits && hindrance === null,
      withdraw: waits && found.requested_by === request.actor.userId,
    },
    open,
    forms: { ...empty, ...forms },
    history: await historyOf(db, { type: 'correction', id: found.id }),
  });
}

/** One correction: what is wrong, what it is to be, and who may decide. SOP 4.7 */
export function correctionPage(app: App) {
  for (const area of ['admin', 'helpdesk'] as const) {
    const config = { sop: '4.7', access: [area] } as const;
    app.get(`/${area}/corrections/:id`, { schema: { params: Id }, config }, (request, reply) => show(request, reply));
    command(app, area, 'confirm', ConfirmForm, 'correction.confirmedNow', (act, id) => confirmCorrection(act, id));
    command(app, area, 'refuse', RefuseForm, 'correction.refusedNow', (act, id, body) =>
      refuseCorrection(act, id, readForm(RefuseForm, body).reason),
    );
  }
  command(app, 'admin', 'withdraw', WithdrawForm, 'correction.withdrawnNow', (act, id) => withdrawCorrection(act, id));
}

/** One thing that may be done with a correction, at an address of its own that shows the page with its form open. */
function command(
  app: App,
  area: Area,
  name: Command,
  form: Form,
  done: Label,
  work: (act: Act, id: number, body: unknown) => Promise<string[]>,
) {
  const again = (request: WithId, reply: Reply, refused: FormState) => show(request, reply, { [name]: refused }, name);
  const config = { sop: '4.7', access: [area], form, show: again } as const;
  const route = { schema: { params: Id }, config };
  app.get(`/${area}/corrections/:id/${name}`, route, (request, reply) => show(request, reply, {}, name));
  app.post(`/${area}/corrections/:id/${name}`, route, async (request, reply) => {
    const { id } = request.params;
    const mailed = await app.act(request, (act) => work(act, id, request.body));
    setFlash(reply, { key: done, mailed });
    return reply.redirect(`/${area}/corrections/${id}`, 303);
  });
}
