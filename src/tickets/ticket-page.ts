import { dayOf } from '../base/time.ts';
import { type Contact, contactById } from '../contacts/queries.ts';
import type { Db } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { type Form, type FormState, openForm } from '../forms/form.ts';
import type { Column } from '../lists/listing.ts';
import { railOf } from '../sop/index.ts';
import { attachmentsOf } from '../trail/attachment-queries.ts';
import { historyOf } from '../trail/audit.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { uploadOf, withUploads } from '../web/uploads.ts';
import { type Box, CHECKLIST, checklistOf, tickOf } from './checklist.ts';
import { adminCommands, helpdeskCommands } from './commands.ts';
import {
  AssignForm,
  CheckForm,
  CommentForm,
  ConfirmForm,
  OpenForm,
  RefuseForm,
  ReopenForm,
  resolveForm,
} from './forms.ts';
import { isContactKind, sopOf, TICKET_SOPS } from './kinds.ts';
import { activeStaff, findTicket, isUnfinished, type Ticket } from './queries.ts';
import { isLate, TONES } from './queue.ts';

type BoxRow = { name: Box; done: boolean; tick: Row<'audit'> | undefined };

/** The three boxes; with a place to post to, each has its button. */
const boxColumns = (place: string | null): Column<BoxRow>[] => [
  { label: 'ticket.box', value: (row, say) => say.t(`ticket.box.${row.name}`) },
  {
    label: 'field.status',
    value: (row, say) => say.t(row.done ? 'ticket.done' : 'ticket.notDone'),
    tone: (row) => (row.done ? 'good' : 'wait'),
  },
  {
    label: 'ticket.box.source',
    value: ({ tick }, say) => {
      if (tick === undefined) return '';
      const time = say.time(tick.at);
      if (tick.actor_role !== 'system') return say.t('ticket.box.byPerson', { name: tick.actor_name, time });
      return say.t('ticket.box.byDirectory', { time });
    },
    isBelow: true,
  },
  ...(place === null
    ? []
    : [
        {
          label: 'list.action' as const,
          value: () => '',
          post: (row: BoxRow) =>
            row.tick?.actor_role === 'system'
              ? null
              : {
                  action: `${place}/check`,
                  label: row.done ? ('ticket.undo' as const) : ('ticket.tick' as const),
                  fields: { box: row.name, ...(row.done ? { undo: '1' } : {}) },
                },
        },
      ]),
];

export type CommandName = 'check' | 'open' | 'resolve' | 'refuse' | 'assign' | 'comment' | 'confirm' | 'reopen';
type Forms = Partial<Record<CommandName, FormState>>;

/** After a reopening, what was done before it does not count any more. */
function lastRound(rows: Row<'audit'>[]) {
  const at = rows.findLastIndex((row) => row.action === 'ticket.reopened');
  return rows.filter((row, index) => index > at || row.action === 'ticket.requested' || row.action === 'ticket.opened');
}

/** One ticket: what is asked for, what is done, and what was done by whom. Each side finds its own commands on it. */
export function ticketPages(app: App) {
  for (const area of ['helpdesk', 'admin'] as const)
    app.get(
      `/${area}/tickets/:id`,
      { schema: { params: Id }, config: { sop: TICKET_SOPS, access: [area] } },
      (request, reply) => show(request, reply),
    );
  return withUploads(app, (part) => {
    helpdeskCommands(part, command(part, 'helpdesk'));
    adminCommands(part, command(part, 'admin'));
  });
}

async function show(request: WithId, reply: Reply, refused: Forms = {}) {
  const { db, clock } = request.server;
  const ticket = await findTicket(db, request.actor, request.params.id);
  const isHelpdesk = request.actor.role === 'helpdesk';
  const history = await historyOf(db, { type: 'ticket', id: ticket.id });
  const waiting = isUnfinished(ticket);
  const contact =
    ticket.item_type === 'contact' && ticket.item_id !== null ? await contactById(db, ticket.item_id) : null;
  const sop = sopOf(ticket.kind);
  const isOver = ticket.status === 'refused' || ticket.status === 'withdrawn';
  return page(request, reply, 'tickets/ticket', {
    sop, // what is no procedure's has no badge
    ...(isContactKind(ticket.kind) && sop ? { rail: railOf(sop, lastRound(history), { isOver }) } : {}),
    ticket,
    area: isHelpdesk ? 'helpdesk' : 'admin',
    isHelpdesk,
    waiting,
    contact,
    asked: isContactKind(ticket.kind) ? JSON.parse(ticket.content) : null,
    ...checklistFrame(ticket, history, isHelpdesk && waiting, clock()),
    isGeneral: sop === undefined,
    late: isLate(ticket, clock()),
    tone: TONES[ticket.status],
    history,
    attachments: await attachmentsOf(db, { kind: 'ticket', id: ticket.id }),
    forms: {
      ...formsOf(ticket, contact, refused),
      ...(isHelpdesk && waiting ? { assign: await assignForm(db, ticket, refused.assign) } : {}),
    },
    open: Object.keys(refused)[0],
  });
}

function formsOf(ticket: Ticket, contact: Contact | null, refused: Forms) {
  return {
    check: openForm(CheckForm),
    open: openForm(OpenForm),
    resolve: resolveForm(ticket, contact),
    refuse: openForm(RefuseForm),
    comment: openForm(CommentForm),
    confirm: openForm(ConfirmForm),
    reopen: openForm(ReopenForm),
    ...refused,
  };
}

async function assignForm(db: Db, ticket: Ticket, refused?: FormState) {
  const staff = (await activeStaff(db)).map(({ id, name }) => ({ value: String(id), label: { text: name } }));
  const nobody = { value: '', label: 'ticket.nobody' as const };
  const form = refused ?? openForm(AssignForm, { assigned_to: ticket.assigned_to });
  return { ...form, options: { assigned_to: [nobody, ...staff] } };
}

function checklistFrame(ticket: Ticket, history: Row<'audit'>[], mayTick: boolean, now: Date) {
  if (ticket.kind !== 'termination') return { checklist: null };
  const done = checklistOf(ticket);
  const early = ticket.due_on !== null && ticket.due_on > dayOf(now);
  return {
    checklist: CHECKLIST.map((name) => ({ name, done: done[name], tick: tickOf(history, name) })),
    complete: CHECKLIST.every((name) => done[name]),
    columns: boxColumns(mayTick && !early ? `/helpdesk/tickets/${ticket.id}` : null),
    early,
  };
}

export type Work = (request: WithId, reply: Reply) => Promise<unknown>;
export type Command = (name: CommandName, form: Form, work: Work) => void;

/** One thing that may be done to a ticket: its address shows the ticket, and does it when it is posted to. */
function command(app: App, area: 'admin' | 'helpdesk'): Command {
  return (name, form, work) => {
    const again = (request: WithId, reply: Reply, refused: FormState) => show(request, reply, { [name]: refused });
    const config = { sop: TICKET_SOPS, access: [area], form, show: again, ...uploadOf(form) };
    const route = { schema: { params: Id }, config };
    app.get(`/${area}/tickets/:id/${name}`, route, (request, reply) => show(request, reply));
    app.post(`/${area}/tickets/:id/${name}`, route, async (request, reply) => {
      await work(request, reply);
      return reply.redirect(`/${area}/tickets/${request.params.id}`, 303);
    });
  };
}
