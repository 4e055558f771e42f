import { type App, Id, type Reply, type WithId } from '../platform/app-types.ts';
import { historyOf } from '../platform/audit.ts';
import { choice, flag } from '../platform/fields.ts';
import { setFlash } from '../platform/flash.ts';
import { defineForm, type Form, type FormState, openForm, readForm } from '../platform/form.ts';
import type { Column } from '../platform/listing.ts';
import { page } from '../platform/pages.ts';
import { dayOf } from '../platform/time.ts';
import { TONES } from './list.ts';
import { findTicket } from './queries.ts';
import { BOXES, type Box, boxesOf, checkBox, openTicket, resolveTicket } from './ticket.ts';

const CheckForm = defineForm('check', {
  // each button of the table carries its own
  box: {
    ...choice({
      label: 'ticket.box',
      options: BOXES.map((value) => ({ value, label: `ticket.box.${value}` as const })),
    }),
    kind: 'hidden',
  },
  undo: flag({ label: 'ticket.undo' }),
});
const OpenForm = defineForm('open', {});
const ResolveForm = defineForm('resolve', {});

type BoxRow = { name: Box; done: boolean };

/** The three boxes; with a place to post to, each has its button. */
const boxColumns = (place: string | null): Column<BoxRow>[] => [
  { label: 'ticket.box', value: (row, say) => say.t(`ticket.box.${row.name}`) },
  {
    label: 'field.status',
    value: (row, say) => say.t(row.done ? 'ticket.done' : 'ticket.notDone'),
    tone: (row) => (row.done ? 'good' : 'wait'),
  },
  ...(place === null
    ? []
    : [
        {
          label: 'list.action' as const,
          value: () => '',
          post: (row: BoxRow) => ({
            action: `${place}/check`,
            label: row.done ? ('ticket.undo' as const) : ('ticket.tick' as const),
            fields: { box: row.name, ...(row.done ? { undo: '1' } : {}) },
          }),
        },
      ]),
];

type Forms = { check?: FormState; open?: FormState; resolve?: FormState };

/** One ticket: what is asked for, what is done, and what was done by whom. The helpdesk acts on it; the agency follows it. */
export function ticketPages(app: App) {
  const show = async (request: WithId, reply: Reply, forms: Forms = {}) => {
    const ticket = await findTicket(app.db, request.actor, request.params.id);
    const boxes = boxesOf(ticket);
    const early = ticket.due_on !== null && ticket.due_on > dayOf(app.clock());
    const waiting = ticket.status === 'requested' || ticket.status === 'open';
    const mayAct = request.actor.role === 'helpdesk';
    return page(request, reply, 'tickets/ticket', {
      ticket,
      boxes: BOXES.map((name) => ({ name, done: boxes[name] })),
      complete: BOXES.every((name) => boxes[name]),
      columns: boxColumns(mayAct && waiting && !early ? `/helpdesk/tickets/${ticket.id}` : null),
      early,
      waiting,
      mayAct,
      tone: TONES[ticket.status],
      history: await historyOf(app.db, { type: 'ticket', id: ticket.id }),
      forms: { check: openForm(CheckForm), open: openForm(OpenForm), resolve: openForm(ResolveForm), ...forms },
    });
  };

  for (const [place, access] of [
    ['/helpdesk/tickets/:id', 'helpdesk'],
    ['/admin/tickets/:id', 'admin'],
  ] as const)
    app.get(place, { schema: { params: Id }, config: { sop: '4.11', access: [access] } }, (request, reply) =>
      show(request, reply),
    );

  const command = (name: keyof Forms, form: Form) => {
    const again = (request: WithId, reply: Reply, refused: FormState) => show(request, reply, { [name]: refused });
    const route = {
      schema: { params: Id },
      config: { sop: '4.11', access: ['helpdesk'] as const, form, show: again },
    };
    app.get(`/helpdesk/tickets/:id/${name}`, route, (request, reply) => show(request, reply));
    return route;
  };
  const back = (request: WithId, reply: Reply) => reply.redirect(`/helpdesk/tickets/${request.params.id}`, 303);

  app.post('/helpdesk/tickets/:id/open', command('open', OpenForm), async (request, reply) => {
    await openTicket(app.db, request.actor, request.params.id, app.clock());
    setFlash(reply, { key: 'ticket.opened' });
    return back(request, reply);
  });

  app.post('/helpdesk/tickets/:id/check', command('check', CheckForm), async (request, reply) => {
    const input = readForm(CheckForm, request.body);
    await checkBox(app.db, request.actor, request.params.id, input, app.clock());
    setFlash(reply, { key: input.undo ? 'ticket.unchecked' : 'ticket.checked' });
    return back(request, reply);
  });

  app.post('/helpdesk/tickets/:id/resolve', command('resolve', ResolveForm), async (request, reply) => {
    const mailed = await resolveTicket(app.db, request.actor, request.params.id, app.clock());
    setFlash(reply, { key: 'ticket.resolved', mailed });
    return back(request, reply);
  });
}
