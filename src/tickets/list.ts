import { agencyOptions } from '../agencies/administrators.ts';
import type { App } from '../platform/app-types.ts';
import type { Option } from '../platform/form.ts';
import { type Listing, ListSchema, showList, type Tone } from '../platform/listing.ts';
import { listTickets, type Ticket } from './queries.ts';

export const TONES: Record<Ticket['status'], Tone> = {
  requested: 'wait',
  open: 'info',
  resolved: 'good',
  closed: 'plain',
  refused: 'bad',
  withdrawn: 'plain',
};

const STATUSES = [
  { value: 'waiting', label: 'ticket.waiting' },
  ...(Object.keys(TONES) as Ticket['status'][]).map((value) => ({ value, label: `ticket.state.${value}` as const })),
] as const;

const listing = (place: string, agencies: readonly Option[] | null): Listing<Ticket> => ({
  title: 'ticket.title',
  intro: agencies === null ? 'ticket.introAdmin' : 'ticket.intro',
  empty: agencies === null ? 'ticket.emptyAdmin' : 'ticket.empty',
  searchLabel: 'ticket.search',
  exportName: 'tickets',
  sort: 'due_on',
  filters: [
    { name: 'status', label: 'field.status', options: STATUSES, usual: 'waiting' },
    ...(agencies === null ? [] : [{ name: 'agency', label: 'field.agency' as const, options: agencies }]),
  ],
  columns: [
    { label: 'ticket.subject', value: (row) => row.subject, href: (row) => `${place}/${row.id}`, sort: 'subject' },
    { label: 'ticket.number', value: (row) => String(row.id), sort: 'ticket.id' },
    { label: 'ticket.kind', value: (row, say) => say.t(`ticket.kind.${row.kind as 'termination'}`) },
    ...(agencies === null
      ? []
      : [{ label: 'field.agency' as const, value: (row: Ticket) => row.agency, sort: 'agency.name' }]),
    { label: 'field.due_on', value: (row, say) => (row.due_on ? say.date(row.due_on) : ''), sort: 'due_on' },
    { label: 'ticket.asked', value: (row, say) => say.date(row.created_at), sort: 'ticket.created_at' },
    { label: 'ticket.assignee', value: (row) => row.assignee ?? '' },
    {
      label: 'field.status',
      value: (row, say) => say.t(`ticket.state.${row.status}`),
      tone: (row) => TONES[row.status],
    },
  ],
});

/** The tickets of all agencies for the helpdesk, and of the own one for its administrators. */
export function ticketLists(app: App) {
  const route = { schema: { querystring: ListSchema } };

  app.get('/helpdesk/tickets', { ...route, config: { sop: '4.11', access: ['helpdesk'] } }, async (request, reply) =>
    showList(request, reply, listing('/helpdesk/tickets', await agencyOptions(app.db)), (query) =>
      listTickets(app.db, request.actor, query),
    ),
  );

  app.get('/admin/tickets', { ...route, config: { sop: '4.11', access: ['admin'] } }, (request, reply) =>
    showList(request, reply, listing('/admin/tickets', null), (query) => listTickets(app.db, request.actor, query)),
  );
}
