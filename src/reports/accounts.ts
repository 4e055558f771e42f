import { sql } from 'kysely';
import type { Column } from '../platform/listing.ts';
import type { Sayers } from '../platform/pages.ts';
import { withinReach } from '../platform/reach.ts';
import { within } from './period.ts';
import { type Area, type Asked, monthInWords, monthOf, pageOfRows, type Report } from './report.ts';

type Grouping = 'package' | 'grade' | 'unit' | 'month' | 'agency';
type Row = { grouping: Grouping; value: string; total: number; active: number; disabled: number; deleted: number };

const VALUES: Record<Grouping, string> = {
  package: 'mailbox.package',
  grade: 'mailbox.grade',
  unit: 'mailbox.unit',
  month: monthOf('mailbox.created_at'),
  agency: '(select name from agency where agency.id = mailbox.agency_id)',
};

const groupingsOf = (area: Area) =>
  (Object.keys(VALUES) as Grouping[])
    .filter((value) => value !== 'agency' || area === 'helpdesk')
    .map((value) => ({ value, label: `report.by.${value}` as const }));

function labelOf({ grouping, value }: Row, say: Sayers) {
  if (value === '') return say.t('report.notSaid');
  if (grouping === 'month') return monthInWords(value, say);
  return grouping === 'package' ? say.t('figures.package', { value }) : value;
}

/** The very accounts that were counted. */
function listOf(area: Area, { grouping, value }: Row) {
  const place = `/${area}/reports/account-list`;
  if (grouping === 'package') return `${place}?package=${value}`;
  if (grouping === 'month') {
    const [year, month] = value.split('-').map(Number);
    const last = new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate();
    return `${place}?created_from=${value}-01&created_to=${value}-${last}`;
  }
  return value === '' || grouping === 'agency' ? null : `${place}?by=${grouping}&q=${encodeURIComponent(value)}`;
}

const number = (name: 'total' | 'active' | 'disabled' | 'deleted', label: Column<Row>['label']): Column<Row> => ({
  label,
  value: (row, say) => say.number(row[name]),
  sort: name,
  numeric: true,
});

function accounts({ db, actor, query: { filters } }: Asked) {
  return withinReach(db.selectFrom('mailbox'), actor, 'mailbox.agency_id').where(
    within('mailbox.created_at', filters.created_from, filters.created_to),
  );
}

const counts = [
  sql<number>`count(*)`.as('total'),
  ...(['active', 'disabled', 'deleted'] as const).map((status) =>
    sql<number>`coalesce(sum(mailbox.status = ${sql.lit(status)}), 0)`.as(status),
  ),
] as const;

/** How many accounts there are, by package, grade, unit or month, and of each how many in which state. */
export const accountsReport: Report<Row> = {
  name: 'accounts',
  listing: (area) => ({
    isBrief: true,
    sort: 'value',
    filters: [{ name: 'group', label: 'report.by', options: groupingsOf(area), usual: 'package' }],
    days: [
      { name: 'created_from', label: 'report.createdFrom' },
      { name: 'created_to', label: 'report.createdTo' },
    ],
    columns: [
      { label: 'report.group', value: labelOf, href: (row) => listOf(area, row), sort: 'value' },
      number('total', 'report.total'),
      number('active', 'mailbox.state.active'),
      number('disabled', 'mailbox.state.disabled'),
      number('deleted', 'mailbox.state.deleted'),
    ],
  }),
  async find(asked) {
    const grouping = (asked.query.filters.group ?? 'package') as Grouping;
    const rows = await accounts(asked)
      .select([sql<string>`${sql.raw(VALUES[grouping])}`.as('value'), ...counts])
      .groupBy(sql`1`)
      .$castTo<Omit<Row, 'grouping'>>()
      .execute();
    return pageOfRows(
      rows.map((row) => ({ grouping, ...row })),
      asked.query,
    );
  },
  async figures(asked) {
    const all = await accounts(asked)
      .select([
        ...counts,
        sql<number>`coalesce(sum(mailbox.id in (select mailbox_id from termination where status = 'requested')), 0)`.as(
          'ending',
        ),
      ])
      .$castTo<Record<'active' | 'disabled' | 'deleted' | 'ending', number>>()
      .executeTakeFirstOrThrow();
    return (['active', 'disabled', 'ending', 'deleted'] as const).map((state) => ({
      label: `mailbox.state.${state}`,
      value: all[state],
    }));
  },
};
