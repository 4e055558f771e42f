import { type RawBuilder, sql } from 'kysely';
import type { Sayers } from '../web/pages.ts';
import { PERIOD } from './period.ts';
import { monthInWords, monthOf, pageOfRows, type Report } from './report.ts';
import { figuresOfMonth, type Source, WAITING_COLUMNS, type Waiting, waitingFigures, waitingTimes } from './waiting.ts';

type Row = Waiting & { grouping: string };

const GROUPS: Record<string, string> = {
  month: monthOf('created_at'),
  kind: 'kind',
  status: 'status',
  all: "''",
};

/** SOP 4.11, 4.21 to 4.23: tickets until the helpdesk resolved or refused them; what was withdrawn took no time. */
function tickets(grouping: string): Source[] {
  const rows = (range: RawBuilder<boolean>) => sql`
    select ${sql.raw(GROUPS[grouping] ?? '')} as value, created_at as asked_at,
      case when status in ('resolved', 'closed') then coalesce(resolved_at, ended_at,
          (select max(at) from audit where item_type = 'ticket' and item_id = ticket.id and action = 'ticket.resolved'))
        when status = 'refused' then coalesce(ended_at,
          (select max(at) from audit where item_type = 'ticket' and item_id = ticket.id)) end as ended_at,
      status in ('requested', 'open') as waiting,
      case when status not in ('requested', 'open') then coalesce(resolved_at, ended_at,
        (select max(at) from audit where item_type = 'ticket' and item_id = ticket.id), created_at) end as over_at
    from ticket where ${range}`;
  return [{ table: 'ticket', column: 'created_at', rows }];
}

function labelOf({ grouping, value }: Row, say: Sayers) {
  if (grouping === 'month') return monthInWords(value, say);
  return grouping === 'kind'
    ? say.t(`ticket.kind.${value as 'termination'}`)
    : say.t(`ticket.state.${value as 'requested'}`);
}

/** How many tickets came, how long the helpdesk took, and how long those have waited that still do. */
export const ticketsReport: Report<Row> = {
  name: 'tickets',
  listing: (area) => ({
    isBrief: true,
    sort: 'value',
    filters: [
      {
        name: 'group',
        label: 'report.by',
        options: [
          { value: 'kind', label: 'report.by.kind' },
          { value: 'status', label: 'report.by.status' },
          { value: 'month', label: 'report.by.month' },
        ],
        usual: 'kind',
      },
    ],
    days: [...PERIOD],
    columns: [
      {
        label: 'report.group',
        value: labelOf,
        href: ({ grouping, value }) => (grouping === 'status' ? `/${area}/tickets?status=${value}` : null),
        sort: 'value',
      },
      ...WAITING_COLUMNS,
    ],
  }),
  chart: 'asked',
  async find(asked) {
    const grouping = asked.query.filters.group ?? 'kind';
    const rows = await waitingTimes(asked, tickets(grouping));
    return pageOfRows(
      rows.map((row) => ({ ...row, grouping })),
      asked.query,
    );
  },
  async figures(asked) {
    return waitingFigures((await waitingTimes(asked, tickets('all')))[0]);
  },
  monthly: (asked) => figuresOfMonth(asked, tickets('all')),
};
