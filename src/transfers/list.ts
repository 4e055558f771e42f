import { agencyOptions } from '../agencies/administrators.ts';
import type { Option } from '../forms/form.ts';
import { type Column, type Listing, ListSchema, showList, type Tone } from '../lists/listing.ts';
import type { App } from '../web/app-types.ts';
import { listTransfers, type Seen } from './queries.ts';

export const TONES: Record<Seen['status'], Tone> = {
  requested: 'wait',
  agreed: 'info',
  'carried-out': 'good',
  refused: 'bad',
  withdrawn: 'plain',
  expired: 'plain',
};
const statuses = (area: Area) =>
  [
    { value: 'open', label: 'transfer.open' } as const,
    ...(area === 'admin' ? [{ value: 'mine', label: 'transfer.mine' } as const] : []),
    ...(Object.keys(TONES) as Seen['status'][]).map((value) => ({ value, label: `transfer.state.${value}` as const })),
  ] as const;

type Area = 'admin' | 'helpdesk';

const SIDES = [
  { value: 'receiving', label: 'transfer.in' },
  { value: 'releasing', label: 'transfer.out' },
] as const;

/** Between which agencies: an administrator knows the own one. */
function between(area: Area): Column<Seen>[] {
  if (area === 'helpdesk')
    return [
      { label: 'transfer.from', value: (row) => row.from_agency, sort: 'from_agency' },
      { label: 'transfer.to', value: (row) => row.to_agency, sort: 'to_agency' },
    ];
  return [
    {
      label: 'transfer.direction',
      value: (row, say) => say.t(row.side === 'releasing' ? 'transfer.out' : 'transfer.in'),
    },
    { label: 'transfer.other', value: (row, say) => row.other || say.t('transfer.notYetKnown') },
  ];
}

const listing = (area: Area, agencies: readonly Option[]): Listing<Seen> => ({
  title: 'transfer.title',
  intro: area === 'admin' ? 'transfer.intro' : 'transfer.introAll',
  empty: area === 'admin' ? 'transfer.empty' : 'transfer.emptyAll',
  searchLabel: 'transfer.search',
  exportName: 'transfers',
  isGathered: true,
  sort: 'requested_at',
  descending: true,
  filters: [
    { name: 'status', label: 'field.status', options: statuses(area), usual: 'open' },
    area === 'admin'
      ? { name: 'side', label: 'transfer.direction', options: SIDES }
      : { name: 'agency', label: 'field.agency', options: agencies },
  ],
  ...(area === 'admin' ? { action: { href: '/admin/transfers/new', label: 'transfer.ask' as const } } : {}),
  columns: [
    { label: 'transfer.who', value: (row) => row.who, href: (row) => `/${area}/transfers/${row.id}`, sort: 'who' },
    ...between(area),
    { label: 'transfer.requestedOn', value: (row, say) => say.date(row.requested_at), sort: 'requested_at' },
    {
      label: 'field.transfer_day',
      value: (row, say) => say.date(row.effective_on),
      sort: 'effective_on',
      isBelow: true,
    },
    {
      label: 'transfer.waitsFor',
      value: (row, say) =>
        row.mine ? say.t('transfer.you') : row.status === 'requested' ? say.t('transfer.them') : '',
    },
    {
      label: 'field.status',
      value: (row, say) => say.t(`transfer.state.${row.status}`),
      tone: (row) => TONES[row.status],
    },
  ],
});

/** The transfers to and from the own agency; for the helpdesk, of all agencies. */
export function transferLists(app: App) {
  const schema = { querystring: ListSchema };

  app.get('/admin/transfers', { schema, config: { access: ['admin'] } }, (request, reply) =>
    showList(request, reply, listing('admin', []), (query, db) => listTransfers(db, request.actor, query)),
  );
  app.get('/helpdesk/transfers', { schema, config: { access: ['helpdesk'] } }, async (request, reply) =>
    showList(request, reply, listing('helpdesk', await agencyOptions(app.db)), (query, db) =>
      listTransfers(db, request.actor, query),
    ),
  );
}
