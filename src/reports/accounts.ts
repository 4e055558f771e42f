import { sql } from 'kysely';
import { withinReach } from '../data/reach.ts';
import { whileUnchanged } from '../data/unchanged.ts';
import type { Column } from '../lists/listing.ts';
import type { Sayers } from '../web/pages.ts';
import { dateRanges } from './date-ranges.ts';
import { within } from './period.ts';
import { type Area, type Asked, monthInWords, monthOf, pageOfRows, type Report } from './report.ts';

type Grouping = 'package' | 'grade' | 'unit' | 'month' | 'agency';
const STATES = ['active', 'disabled', 'ending', 'deleted'] as const;
type State = (typeof STATES)[number];
type Row = { grouping: Grouping; value: string; total: number } & Record<State, number>;

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

const number = (name: 'total' | State, label: Column<Row>['label']): Column<Row> => ({
  label,
  value: (row, say) => say.number(row[name]),
  sort: name,
  numeric: true,
});

const COUNTED = ['total', 'active', 'disabled', 'deleted'] as const;
const counts = [
  sql<number>`count(*)`.as('total'),
  ...(['active', 'disabled', 'deleted'] as const).map((status) =>
    sql<number>`coalesce(sum(mailbox.status = ${sql.lit(status)}), 0)`.as(status),
  ),
] as const;

/** The accounts by a grouping, counted once for the figures and the rows. */
function counted(asked: Asked): Promise<Row[]> {
  const { db, actor, query } = asked;
  const { filters } = query;
  const grouping = (filters.group ?? 'package') as Grouping;
  const [from, to] = [filters.created_from, filters.created_to];
  const reach = actor.role === 'admin' ? actor.agencyId : 'all';
  return whileUnchanged(db, `accounts ${reach} ${grouping} ${from} ${to}`, async () => {
    const sums = new Map<string, Row>();
    for await (const range of dateRanges({ db, actor, table: 'mailbox', column: 'created_at', from, to })) {
      const found = await db
        .selectFrom('mailbox')
        .where(range)
        .select([sql<string>`${sql.raw(VALUES[grouping])}`.as('value'), ...counts])
        .groupBy(sql`1`)
        .$castTo<Omit<Row, 'grouping' | 'ending'>>()
        .execute();
      for (const row of found) {
        const sum = sums.get(row.value);
        if (sum === undefined) sums.set(row.value, { grouping, ...row, ending: 0 });
        else for (const name of COUNTED) sum[name] += row[name];
      }
    }
    for (const { value, status, count } of await endings(asked, grouping)) {
      const sum = sums.get(value);
      if (sum === undefined) continue;
      sum[status] -= count;
      sum.ending += count;
    }
    return [...sums.values()];
  });
}

/** How many are asked to be deleted: they count as that, and not as what they are until then. */
async function endings({ db, actor, query: { filters } }: Asked, grouping: Grouping) {
  return withinReach(
    db.selectFrom('termination').innerJoin('mailbox', 'mailbox.id', 'termination.mailbox_id'),
    actor,
    'mailbox.agency_id',
  )
    .where('termination.status', '=', 'requested')
    .where('mailbox.status', '!=', 'deleted')
    .where(within('mailbox.created_at', filters.created_from, filters.created_to))
    .select([sql<string>`${sql.raw(VALUES[grouping])}`.as('value'), 'mailbox.status'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .groupBy([sql`1`, sql`2`])
    .$castTo<{ value: string; status: 'active' | 'disabled'; count: number }>()
    .execute();
}

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
      number('ending', 'mailbox.state.ending'),
      number('deleted', 'mailbox.state.deleted'),
    ],
  }),
  chart: 'total',
  find: async (asked) => pageOfRows(await counted(asked), asked.query),
  async figures(asked) {
    const rows = await counted(asked);
    const all = (name: 'total' | State) => rows.reduce((sum, row) => sum + row[name], 0);
    return [
      { label: 'report.total', value: all('total') },
      ...STATES.map((state) => ({ label: `mailbox.state.${state}` as const, value: all(state) })),
    ];
  },
};
