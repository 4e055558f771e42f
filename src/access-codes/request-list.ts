import { maskIcNumber } from '../base/ic-number.ts';
import { type Listing, ListSchema, showList } from '../lists/listing.ts';
import type { App } from '../web/app-types.ts';
import { type AccessCodeRequest, listRequests, stageOf } from './queries.ts';

const STATUSES = [
  { value: 'submitted', label: 'access-code-request.waiting' },
  { value: 'new', label: 'access-code-request.submitted' },
  { value: 'verified', label: 'access-code-request.verified' },
  { value: 'issued', label: 'access-code-request.issued' },
  { value: 'refused', label: 'access-code-request.refused' },
] as const;
export const REQUEST_TONES = { submitted: 'wait', verified: 'info', issued: 'good', refused: 'bad' } as const;

export const RequestListing: Listing<AccessCodeRequest> = {
  title: 'access-code-request.title',
  intro: 'access-code-request.intro',
  empty: 'access-code-request.empty',
  searchLabel: 'access-code-request.search',
  exportName: 'access-code-requests',
  sort: 'created_at',
  filters: [{ name: 'status', label: 'field.status', options: STATUSES, usual: 'submitted' }],
  columns: [
    {
      label: 'field.name',
      value: (row) => row.full_name,
      href: (row) => `/admin/access-code-requests/${row.id}`,
      sort: 'full_name',
    },
    {
      label: 'access-code-request.identity',
      value: (row) => (row.ic_number ? maskIcNumber(row.ic_number) : (row.email ?? '')),
      isBelow: true,
    },
    { label: 'field.reporting_division', value: (row) => row.reporting_division },
    { label: 'access-code-request.reference', value: (row) => row.reference, isBelow: true },
    { label: 'field.created_at', value: (row, say) => say.date(row.created_at), sort: 'created_at' },
    {
      label: 'field.waited',
      value: (row, say) =>
        row.status === 'submitted' ? say.t('field.days', { days: say.daysAgo(row.created_at) }) : '',
      isBelow: true,
    },
    {
      label: 'field.status',
      value: (row, say) => say.t(`access-code-request.${stageOf(row)}`),
      tone: (row) => REQUEST_TONES[stageOf(row)],
    },
  ],
};

/** SOP 4.1 step 2: the agency's requests for access codes. */
export function requestList(app: App) {
  const route = { schema: { querystring: ListSchema }, config: { sop: '4.1', access: ['admin'] } } as const;
  app.get('/admin/access-code-requests', route, (request, reply) =>
    showList(request, reply, RequestListing, (query, db) => listRequests(db, request.actor, query)),
  );
}
