import { type Listing, ListSchema, showList } from '../lists/listing.ts';
import type { App } from '../web/app-types.ts';
import { type AgencySummary, FEWEST_SAFE, listAgencies } from './queries.ts';

const AgencyListing: Listing<AgencySummary> = {
  title: 'menu.agencies',
  intro: 'agency.intro',
  empty: 'agency.empty',
  searchLabel: 'agency.search',
  exportName: 'agencies',
  sort: 'name',
  filters: [
    {
      name: 'administrators',
      label: 'menu.admins',
      options: [
        { value: 'risk', label: 'agency.few' },
        { value: 'none', label: 'agency.nobody' },
      ],
    },
    { name: 'waiting', label: 'agency.requests', options: [{ value: 'yes', label: 'agency.waiting' }] },
  ],
  action: { href: '/helpdesk/agencies/new', label: 'agency.new' },
  columns: [
    { label: 'agency.name', value: (row) => row.name, href: (row) => `/helpdesk/agencies/${row.id}`, sort: 'name' },
    { label: 'agency.shortCode', value: (row) => row.code, sort: 'code', isBelow: true },
    { label: 'field.mail_domains', value: (row) => row.domains },
    {
      label: 'menu.admins',
      value: (row, say) => say.number(row.administrators),
      tone: (row) => (row.administrators === 0 ? 'bad' : row.administrators < FEWEST_SAFE ? 'wait' : 'good'),
      sort: 'administrators',
    },
    {
      label: 'agency.codeRequests',
      value: (row, say) => say.number(row.code_requests),
      sort: 'code_requests',
      numeric: true,
    },
    {
      label: 'agency.accountRequests',
      value: (row, say) => say.number(row.account_requests),
      sort: 'account_requests',
      numeric: true,
    },
    {
      label: 'agency.oldest',
      value: (row, say) => (row.oldest === null ? '' : say.t('field.days', { days: say.daysAgo(row.oldest) })),
      sort: 'oldest',
    },
  ],
};

/** The agencies, with who looks after each and what waits there. */
export function agencyList(app: App) {
  const config = { access: ['helpdesk'] } as const;

  app.get('/helpdesk/agencies', { schema: { querystring: ListSchema }, config }, (request, reply) =>
    showList(request, reply, AgencyListing, (query, db) => listAgencies(db, query)),
  );
}
