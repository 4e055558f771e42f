import { type Listing, ListSchema, showList } from '../lists/listing.ts';
import type { App } from '../web/app-types.ts';
import type { sayers } from '../web/pages.ts';
import { listRefusedTries, type RefusedTry } from './queries.ts';

const WHAT = ['password', 'code', 'passkey', 'access-code', 'request', 'page'] as const;

function outcome({ what, shut }: RefusedTry, say: ReturnType<typeof sayers>) {
  if (what === 'page') return say.t('refused-try.noRight');
  return say.t(`refused-try.${shut ?? 'wrong'}`);
}

const RefusedTryListing: Listing<RefusedTry> = {
  title: 'menu.refusedTries',
  intro: 'refused-try.intro',
  empty: 'refused-try.empty',
  searchLabel: 'refused-try.search',
  exportName: 'refused-tries',
  sort: 'at',
  descending: true,
  filters: [
    {
      name: 'what',
      label: 'refused-try.what',
      options: WHAT.map((value) => ({ value, label: `refused-try.what.${value}` as const })),
    },
    {
      name: 'shut',
      label: 'refused-try.outcome',
      options: [
        { value: 'name', label: 'refused-try.name' },
        { value: 'network', label: 'refused-try.network' },
      ],
    },
  ],
  days: [
    { name: 'from', label: 'audit-trail.from' },
    { name: 'to', label: 'audit-trail.to' },
  ],
  columns: [
    { label: 'refused-try.at', value: (row, say) => say.time(row.at), sort: 'at' },
    {
      label: 'refused-try.what',
      value: (row, say) => say.t(`refused-try.what.${row.what}`),
      sort: 'what',
      isBelow: true,
    },
    {
      label: 'refused-try.person',
      value: (row, say) => row.full_name ?? say.t('refused-try.nobody'),
      href: (row) => (row.status === 'active' ? `/helpdesk/sign-in-help/${row.user_id}` : null),
      sort: 'full_name',
    },
    { label: 'field.login_id', value: (row) => row.login_id ?? '', sort: 'login_id', isBelow: true },
    { label: 'field.network_address', value: (row) => row.address, sort: 'address' },
    { label: 'refused-try.page', value: (row) => row.page ?? '' },
    {
      label: 'refused-try.outcome',
      value: outcome,
      tone: (row) => (row.shut === null ? 'wait' : 'bad'),
    },
  ],
};

/** SOP 4.20: what was tried wrongly, shut, and refused, for the helpdesk alone. */
export function refusedTries(app: App) {
  const route = { schema: { querystring: ListSchema }, config: { sop: '4.20', access: ['helpdesk'] } } as const;
  app.get('/helpdesk/refused-tries', route, (request, reply) =>
    showList(request, reply, RefusedTryListing, (query, db) => listRefusedTries(db, query)),
  );
}
