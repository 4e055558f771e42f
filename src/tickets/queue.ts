import { agencyOptions } from '../agencies/administrators.ts';
import type { Option } from '../forms/form.ts';
import { type Column, type Listing, ListSchema, showList, type Tone } from '../lists/listing.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import type { Sayers } from '../web/pages.ts';
import { MINE_OR_NOBODY } from './forms.ts';
import { KINDS } from './kinds.ts';
import { activeStaff, listTickets, queueFigures, type Ticket } from './queries.ts';

export const TONES: Record<Ticket['status'], Tone> = {
  requested: 'wait',
  open: 'info',
  resolved: 'good',
  closed: 'plain',
  refused: 'bad',
  withdrawn: 'plain',
};
const STATES = Object.keys(TONES) as Ticket['status'][];

const STATUSES = [
  { value: 'waiting', label: 'ticket.waiting' },
  ...STATES.map((value) => ({ value, label: `ticket.state.${value}` as const })),
] as const;
const KIND_OPTIONS = KINDS.map((value) => ({ value, label: `ticket.kind.${value}` as const }));

/** Is it late, or was it? What was withdrawn or refused was not. */
export function isLate({ status, due_at, resolved_at }: Ticket, now: Date) {
  if (status === 'withdrawn' || status === 'refused') return false;
  return due_at !== null && (resolved_at ?? now.toISOString()) >= due_at;
}

/** By when: the end of an account has a day, other work an hour. */
function dueInWords({ due_on, due_at }: Ticket, say: Pick<Sayers, 'date' | 'time'>) {
  if (due_on !== null) return say.date(due_on);
  return due_at === null ? '' : say.time(due_at);
}

type Choices = { agencies: Option[]; staff: Option[] };

function listing(area: 'admin' | 'helpdesk', now: Date, choices?: Choices): Listing<Ticket> {
  return {
    title: 'ticket.title',
    intro: choices ? 'ticket.intro' : 'ticket.introAdmin',
    empty: choices ? 'ticket.empty' : 'ticket.emptyAdmin',
    searchLabel: 'ticket.search',
    exportName: 'tickets',
    // the helpdesk has the most urgent first; whoever asks, what was asked last
    ...(choices ? { sort: 'due_at' } : { sort: 'ticket.created_at', descending: true }),
    action: { href: `/${area}/tickets/new`, label: choices ? 'ticket.newCall' : 'ticket.new' },
    filters: [
      { name: 'status', label: 'field.status', options: STATUSES, ...(choices ? { usual: 'waiting' } : {}) },
      { name: 'kind', label: 'ticket.kind', options: KIND_OPTIONS },
      ...(choices
        ? [
            { name: 'agency', label: 'field.agency' as const, options: choices.agencies },
            { name: 'assignee', label: 'ticket.assignee' as const, options: [...MINE_OR_NOBODY, ...choices.staff] },
          ]
        : []),
      { name: 'overdue', label: 'ticket.due', options: [{ value: 'yes', label: 'ticket.late' }] },
    ],
    columns: columns(area, now),
  };
}

function columns(area: 'admin' | 'helpdesk', now: Date): Column<Ticket>[] {
  return [
    {
      label: 'ticket.subject',
      value: (row) => row.subject,
      href: (row) => `/${area}/tickets/${row.id}`,
      sort: 'subject',
    },
    { label: 'ticket.number', value: (row) => String(row.id), sort: 'ticket.id' },
    { label: 'ticket.kind', value: (row, say) => say.t(`ticket.kind.${row.kind as 'other'}`), sort: 'kind' },
    ...(area === 'helpdesk'
      ? [{ label: 'field.agency' as const, value: (row: Ticket) => row.agency, sort: 'agency', isBelow: true as const }]
      : []),
    {
      label: 'ticket.due',
      value: (row, say) =>
        isLate(row, now) ? say.t('ticket.lateSince', { due: dueInWords(row, say) }) : dueInWords(row, say),
      tone: (row) => (isLate(row, now) ? 'bad' : 'plain'),
      sort: 'due_at',
    },
    area === 'helpdesk'
      ? { label: 'ticket.assignee', value: (row) => row.assignee ?? '' }
      : { label: 'ticket.asked', value: (row, say) => say.date(row.created_at), sort: 'ticket.created_at' },
    {
      label: 'field.status',
      value: (row, say) => say.t(`ticket.state.${row.status}`),
      tone: (row) => TONES[row.status],
      sort: 'ticket.status',
    },
  ];
}

/** The tickets of all agencies for the helpdesk, and of the own one for its administrators, with figures on top. */
export function ticketQueue(app: App) {
  const route = { schema: { querystring: ListSchema } };
  const show = async (request: Request, reply: Reply, area: 'admin' | 'helpdesk', choices?: Choices) => {
    const now = app.clock();
    const { byState, oldest, late } = await queueFigures(app.reader, request.actor, STATES, now);
    const states = byState.map((each) => ({ ...each, tone: TONES[each.state] }));
    return showList(
      request,
      reply,
      listing(area, now, choices),
      (query, db) => listTickets(db, request.actor, query, now),
      { view: 'tickets/queue', states, oldest, late, place: `/${area}/tickets` },
    );
  };

  app.get('/helpdesk/tickets', { ...route, config: { access: ['helpdesk'] } }, async (request, reply) => {
    const people = await activeStaff(app.db);
    const staff = people.map(({ id, name }) => ({ value: String(id), label: { text: name } }));
    return show(request, reply, 'helpdesk', { agencies: await agencyOptions(app.db), staff });
  });

  app.get('/admin/tickets', { ...route, config: { access: ['admin'] } }, (request, reply) =>
    show(request, reply, 'admin'),
  );
}
