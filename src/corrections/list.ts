import { agencyOptions } from '../agencies/administrators.ts';
import { maskIcNumber } from '../base/ic-number.ts';
import type { Option } from '../forms/form.ts';
import { type Listing, ListSchema, showList, type Tone } from '../lists/listing.ts';
import type { App } from '../web/app-types.ts';
import type { Sayers } from '../web/pages.ts';
import { correctedBy, isNumber } from './person-key.ts';
import { type Area, type Correction, listCorrections } from './queries.ts';

export const TONES: Record<Correction['status'], Tone> = {
  requested: 'wait',
  confirmed: 'good',
  refused: 'bad',
  withdrawn: 'plain',
};
const STATUSES = [
  { value: 'mine', label: 'correction.mine' },
  ...(Object.keys(TONES) as Correction['status'][]).map(
    (value) => ({ value, label: `correction.state.${value}` }) as const,
  ),
] as const;

/** What is to be another one; of these, login ID and address are no secret. */
function whatOf(row: Correction, { t }: Sayers) {
  return correctedBy(row)
    .map(({ name, from, to }) => {
      const value = isNumber(name) ? maskIcNumber(to ?? '') : `${from} → ${to}`;
      return `${t(`field.${name}`)}: ${value}`;
    })
    .join('; ');
}

const listing = (area: Area, agencies: readonly Option[]): Listing<Correction> => ({
  title: 'correction.title',
  intro: area === 'admin' ? 'correction.intro' : 'correction.introAll',
  empty: 'correction.empty',
  searchLabel: 'correction.search',
  exportName: 'corrections',
  sort: 'requested_at',
  filters: [
    { name: 'status', label: 'field.status', options: STATUSES, usual: 'requested' },
    ...(area === 'helpdesk' ? [{ name: 'agency', label: 'field.agency', options: agencies } as const] : []),
  ],
  columns: [
    {
      label: 'field.name',
      value: (row) => row.person_name,
      href: (row) => `/${area}/corrections/${row.id}`,
      sort: 'person_name',
    },
    { label: 'correction.what', value: whatOf },
    ...(area === 'helpdesk'
      ? [{ label: 'field.agency', value: (row: Correction) => row.agency, sort: 'agency' } as const]
      : []),
    { label: 'field.requested_by', value: (row) => row.requester, sort: 'requester' },
    { label: 'field.requested_at', value: (row, say) => say.date(row.requested_at), sort: 'requested_at' },
    {
      label: 'field.waited',
      value: (row, say) =>
        row.status === 'requested' ? say.t('field.days', { days: say.daysAgo(row.requested_at) }) : '',
      isBelow: true,
    },
    {
      label: 'field.status',
      value: (row, say) => say.t(`correction.state.${row.status}`),
      tone: (row) => TONES[row.status],
    },
  ],
});

/** What was asked to be corrected in the own agency; for the helpdesk, in all agencies. */
export function correctionLists(app: App) {
  const schema = { querystring: ListSchema };

  app.get('/admin/corrections', { schema, config: { sop: '4.7', access: ['admin'] } }, (request, reply) =>
    showList(request, reply, listing('admin', []), (query, db) => listCorrections(db, request.actor, query)),
  );
  app.get('/helpdesk/corrections', { schema, config: { sop: '4.7', access: ['helpdesk'] } }, async (request, reply) =>
    showList(request, reply, listing('helpdesk', await agencyOptions(app.db)), (query, db) =>
      listCorrections(db, request.actor, query),
    ),
  );
}
