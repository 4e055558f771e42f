import { type RawBuilder, sql } from 'kysely';
import type { Sayers } from '../web/pages.ts';
import { PERIOD } from './period.ts';
import { type Area, type Asked, monthInWords, monthOf, pageOfRows, type Report } from './report.ts';
import { figuresOfMonth, type Source, WAITING_COLUMNS, type Waiting, waitingFigures, waitingTimes } from './waiting.ts';

const KINDS = ['access-code', 'account', 'direct'] as const;
type Kind = (typeof KINDS)[number];
type Row = Waiting & { grouping: string };

const GROUPS: Record<string, string> = { month: monthOf('asked_at'), kind: 'kind', all: "''" };

/** SOP 4.1 to 4.6: requests for access codes and for accounts, until they were decided. */
function requests({ query: { filters } }: Asked, grouping: string): Source[] {
  const grouped = (rows: RawBuilder<unknown>) => sql`
    select ${sql.raw(GROUPS[grouping] ?? '')} as value, asked_at, iif(waiting, null, ended_at) as ended_at, waiting,
      iif(waiting, null, coalesce(ended_at, asked_at)) as over_at
    from (${rows}) where ${filters.kind ? sql`kind = ${filters.kind}` : sql`true`}`;
  return [
    {
      table: 'access_code_request',
      column: 'created_at',
      rows: (range) =>
        grouped(sql`select 'access-code' as kind, created_at as asked_at, decided_at as ended_at,
          status = 'submitted' as waiting from access_code_request where ${range}`),
    },
    {
      table: 'account_request',
      column: 'submitted_at',
      rows: (range) =>
        grouped(sql`select iif(source = 'admin', 'direct', 'account') as kind, submitted_at as asked_at,
          decided_at as ended_at, status in ('submitted', 'returned') as waiting from account_request where ${range}`),
    },
  ];
}

function labelOf({ grouping, value }: Row, say: Sayers) {
  return grouping === 'kind' ? say.t(`report.request.${value as Kind}`) : monthInWords(value, say);
}

/** Where those that still wait are. */
const queueOf = (area: Area, { grouping, value }: Row) => {
  if (grouping !== 'kind' || area !== 'admin') return null;
  return value === 'access-code' ? '/admin/access-code-requests' : '/admin/account-requests';
};

/** How many requests came, how long they took, and how long those have waited that still do. */
export const requestsReport: Report<Row> = {
  name: 'requests',
  listing: (area) => ({
    isBrief: true,
    sort: 'value',
    descending: true,
    filters: [
      {
        name: 'group',
        label: 'report.by',
        options: [
          { value: 'month', label: 'report.by.month' },
          { value: 'kind', label: 'report.by.kind' },
        ],
        usual: 'month',
      },
      {
        name: 'kind',
        label: 'report.kind',
        options: KINDS.map((value) => ({ value, label: `report.request.${value}` as const })),
      },
    ],
    days: [...PERIOD],
    columns: [
      { label: 'report.group', value: labelOf, href: (row) => queueOf(area, row), sort: 'value' },
      ...WAITING_COLUMNS,
    ],
  }),
  chart: 'asked',
  async find(asked) {
    const grouping = asked.query.filters.group ?? 'month';
    const rows = await waitingTimes(asked, requests(asked, grouping));
    return pageOfRows(
      rows.map((row) => ({ ...row, grouping })),
      asked.query,
    );
  },
  async figures(asked) {
    return waitingFigures((await waitingTimes(asked, requests(asked, 'all')))[0]);
  },
  monthly: (asked) => figuresOfMonth(asked, requests(asked, 'all')),
};
