import { dayOf } from '../base/time.ts';
import { contactById } from '../contacts/queries.ts';
import type { Row } from '../data/schema.ts';
import { type Form, type FormState, openForm } from '../forms/form.ts';
import type { Column } from '../lists/listing.ts';
import { railOf } from '../sop/index.ts';
import { historyOf } from '../trail/audit.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { adminCommands } from './admin-commands.ts';
import { BOXES, type Box, boxesOf } from './boxes.ts';
import { AssignForm, CheckForm, CommentForm, ConfirmForm, OpenForm, RefuseForm, ReopenForm } from './forms.ts';
import { helpdeskCommands } from './helpdesk-commands.ts';
import { isContactKind, sopOf, TICKET_SOPS } from './kinds.ts';
import { isLate, TONES } from './list.ts';
import { activeStaff, findTicket, type Ticket } from './queries.ts';
import { resolveForm } from './resolve-form.ts';

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

export type CommandName = 'check' | 'open' | 'resolve' | 'refuse' | 'assign' | 'comment' | 'confirm' | 'reopen';
export type Forms = Partial<Record<CommandName, FormState>>;
export type ShowTicket = (request: WithId, reply: Reply, forms?: Forms) => unknown;

/** After a reopening, what was done before it does not count any more. */
function lastRound(rows: Row<'audit'>[]) {
  const at = rows.findLastIndex((row) => row.action === 'ticket.reopened');
  return rows.filter((row, index) => index > at || row.action === 'ticket.requested' || row.action === 'ticket.opened');
}

/** One ticket: what is asked for, what is done, and what was done by whom. Each side finds its own commands on it. */
export function ticketPages(app: App) {
  const show: ShowTicket = async (request, reply, forms = {}) => {
    const ticket = await findTicket(app.db, request.actor, request.params.id);
    const isHelpdesk = request.actor.role === 'helpdesk';
    const history = await historyOf(app.db, { type: 'ticket', id: ticket.id });
    const waiting = ticket.status === 'requested' || ticket.status === 'open';
    const contact =
      ticket.item_type === 'contact' && ticket.item_id !== null ? await contactById(app.db, ticket.item_id) : null;
    const sop = sopOf(ticket.kind);
    return page(request, reply, 'tickets/ticket', {
      sop,
      ...(isContactKind(ticket.kind) && sop ? { rail: railOf(sop, lastRound(history)) } : {}),
      ticket,
      area: isHelpdesk ? 'helpdesk' : 'admin',
      isHelpdesk,
      waiting,
      contact,
      asked: isContactKind(ticket.kind) ? JSON.parse(ticket.content) : null,
      ...boxFrame(ticket, isHelpdesk && waiting, app.clock()),
      isGeneral: sop === undefined,
      late: isLate(ticket, app.clock()),
      tone: TONES[ticket.status],
      history,
      forms: {
        check: openForm(CheckForm),
        open: openForm(OpenForm),
        resolve: resolveForm(ticket, contact),
        refuse: openForm(RefuseForm),
        comment: openForm(CommentForm),
        confirm: openForm(ConfirmForm),
        reopen: openForm(ReopenForm),
        ...forms,
        ...(isHelpdesk && waiting ? { assign: await assignForm(ticket, forms.assign) } : {}),
      },
      open: Object.keys(forms)[0],
    });
  };

  const assignForm = async (ticket: Ticket, refused?: FormState) => {
    const staff = (await activeStaff(app.db)).map(({ id, name }) => ({ value: String(id), label: { text: name } }));
    const nobody = { value: '', label: 'ticket.nobody' as const };
    const form = refused ?? openForm(AssignForm, { assigned_to: ticket.assigned_to });
    return { ...form, options: { assigned_to: [nobody, ...staff] } };
  };

  for (const area of ['helpdesk', 'admin'] as const)
    app.get(
      `/${area}/tickets/:id`,
      { schema: { params: Id }, config: { sop: TICKET_SOPS, access: [area] } },
      (request, reply) => show(request, reply),
    );

  helpdeskCommands(app, command(app, show, 'helpdesk'));
  adminCommands(app, command(app, show, 'admin'));
}

function boxFrame(ticket: Ticket, mayTick: boolean, now: Date) {
  if (ticket.kind !== 'termination') return { boxes: null };
  const boxes = boxesOf(ticket);
  const early = ticket.due_on !== null && ticket.due_on > dayOf(now);
  return {
    boxes: BOXES.map((name) => ({ name, done: boxes[name] })),
    complete: BOXES.every((name) => boxes[name]),
    columns: boxColumns(mayTick && !early ? `/helpdesk/tickets/${ticket.id}` : null),
    early,
  };
}

export type Work = (request: WithId, reply: Reply) => Promise<unknown>;
export type Command = (name: CommandName, form: Form, work: Work) => void;

/** One thing that may be done to a ticket: its address shows the ticket, and does it when it is posted to. */
function command(app: App, show: ShowTicket, area: 'admin' | 'helpdesk'): Command {
  return (name, form, work) => {
    const again = (request: WithId, reply: Reply, refused: FormState) => show(request, reply, { [name]: refused });
    const route = { schema: { params: Id }, config: { sop: TICKET_SOPS, access: [area], form, show: again } };
    app.get(`/${area}/tickets/:id/${name}`, route, (request, reply) => show(request, reply));
    app.post(`/${area}/tickets/:id/${name}`, route, async (request, reply) => {
      await work(request, reply);
      return reply.redirect(`/${area}/tickets/${request.params.id}`, 303);
    });
  };
}
