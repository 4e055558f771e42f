import { daysAfter } from '../base/days.ts';
import { dayOf } from '../base/time.ts';
import type { ListQuery } from '../data/paging.ts';
import type { Tone } from '../lists/listing.ts';
import { KINDS, listPlanned, type Planned } from '../mailbox-life/calendar/queries.ts';
import { type Area, daysFilter, type Report } from './report.ts';

const TONES: Record<Planned['kind'], Tone> = {
  disablings: 'wait',
  'until-dates': 'info',
  deletions: 'bad',
  'access-codes': 'plain',
};

function placeOf(area: Area, { kind, item_id }: Planned) {
  if (area === 'helpdesk') return kind === 'access-codes' ? null : `/helpdesk/mailboxes/${item_id}`;
  return kind === 'access-codes' ? `/admin/access-codes/${item_id}` : `/admin/mailboxes/${item_id}/account`;
}

/** Those of the calendar that come within the days that are asked for; what is overdue is among them. */
function soon(query: ListQuery, now: Date): ListQuery {
  const { kind, days } = query.filters;
  const to = daysAfter(dayOf(now), Number(days ?? 0));
  return { ...query, filters: { to, ...(kind ? { kind } : {}) } };
}

/** What ends or begins soon: disabling, deletion, access codes. */
export const expiringReport: Report<Planned> = {
  name: 'expiring',
  listing: (area) => ({
    sort: 'day',
    filters: [
      {
        name: 'kind',
        label: 'life.kind',
        options: KINDS.map((value) => ({ value, label: `life.kind.${value}` as const })),
      },
      daysFilter('report.withinDays', [7, 14, 30, 60, 90, 365], 30),
    ],
    columns: [
      { label: 'field.name', value: (row) => row.name, href: (row) => placeOf(area, row), sort: 'name' },
      { label: 'field.email', value: (row) => row.address, sort: 'address' },
      { label: 'life.kind', value: (row, say) => say.t(`life.kind.${row.kind}`), tone: (row) => TONES[row.kind] },
      { label: 'life.day', value: (row, say) => say.date(row.day), sort: 'day' },
    ],
  }),
  find: ({ db, actor, query, now }) => listPlanned(db, actor, soon(query, now), now),
  async figures({ db, actor, query, now }) {
    const count = async (kind: Planned['kind']) => {
      const filters = { ...query.filters, kind };
      return (await listPlanned(db, actor, { ...soon({ ...query, filters }, now), limit: 1, offset: 0 }, now)).total;
    };
    const figures = [];
    for (const kind of KINDS) figures.push({ label: `life.kind.${kind}` as const, value: await count(kind) });
    return figures;
  },
};
