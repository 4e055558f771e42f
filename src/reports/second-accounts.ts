import { maskIcNumber } from '../base/ic-number.ts';
import { anyContains, countUpTo, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import type { Row as TableRow } from '../data/schema.ts';
import { type SecondAccountState, secondAccountState } from '../identities/queries.ts';
import { SECOND_ACCOUNT_STATES, SECOND_ACCOUNT_TONES } from '../identities/second-accounts.ts';
import type { Asked, Report } from './report.ts';

type Row = Pick<
  TableRow<'second_account'>,
  'id' | 'agency_id' | 'full_name' | 'kind' | 'value' | 'reason' | 'granted_at'
> & { by: string; state: SecondAccountState };

function permissions({ db, actor, query: { filters, q } }: Asked) {
  let found = withinReach(
    db.selectFrom('second_account').innerJoin('user', 'user.id', 'granted_by'),
    actor,
    'second_account.agency_id',
  );
  if (filters.state) found = found.where(secondAccountState, '=', filters.state as SecondAccountState);
  return q === '' ? found : found.where(anyContains(q, ['second_account.full_name', 'reason', 'value'], ['value']));
}

/** Whom the helpdesk permitted to be served twice, where, by whom and why. */
export const secondAccountsReport: Report<Row> = {
  name: 'second-accounts',
  listing: (area) => ({
    sort: 'granted_at',
    descending: true,
    filters: [{ name: 'state', label: 'field.status', options: SECOND_ACCOUNT_STATES }],
    columns: [
      {
        label: 'field.name',
        value: (row) => row.full_name,
        href: (row) => (area === 'helpdesk' ? `/helpdesk/second-accounts/${row.id}` : null),
        sort: 'full_name',
      },
      {
        label: 'second-account.identity',
        value: ({ kind, value }) => (kind === 'email' ? value : maskIcNumber(value)),
        isBelow: true,
      },
      { label: 'field.reason', value: (row) => row.reason },
      { label: 'second-account.permittedAt', value: (row, say) => say.date(row.granted_at), sort: 'granted_at' },
      { label: 'second-account.permittedBy', value: (row) => row.by, isBelow: true },
      {
        label: 'field.status',
        value: (row, say) => say.t(`second-account.state.${row.state}`),
        tone: (row) => SECOND_ACCOUNT_TONES[row.state],
      },
    ],
  }),
  agencyOf: (row) => row.agency_id,
  find: (asked) =>
    onePage(
      asked.db,
      permissions(asked)
        .select([
          'second_account.id',
          'second_account.agency_id',
          'second_account.full_name',
          'kind',
          'value',
          'reason',
        ])
        .select(['granted_at', 'user.full_name as by', secondAccountState.as('state')]),
      asked.query,
      'second_account.id',
    ),
  async figures(asked) {
    const used = permissions(asked).where(secondAccountState, '=', 'used').select('second_account.id');
    return [
      { label: 'report.total', value: await countUpTo(asked.db, permissions(asked).select('second_account.id')) },
      { label: 'second-account.state.used', value: await countUpTo(asked.db, used) },
    ];
  },
};
