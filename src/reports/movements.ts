import { type RawBuilder, sql } from 'kysely';
import type { Column } from '../platform/listing.ts';
import { withinReach } from '../platform/reach.ts';
import type { Schema } from '../platform/schema.ts';
import { PERIOD, within } from './period.ts';
import { type Asked, monthInWords, monthOf, pageOfRows, type Report } from './report.ts';

const KINDS = ['requested', 'created', 'disabled', 'enabled', 'deleted'] as const;
type Kind = (typeof KINDS)[number];
type Row = Record<Kind, number> & { month: string };

const SOURCES: Record<Kind, [table: keyof Schema, column: string]> = {
  requested: ['account_request', 'submitted_at'],
  created: ['mailbox', 'created_at'],
  disabled: ['disabling', 'began_at'],
  enabled: ['disabling', 'ended_at'],
  deleted: ['termination', 'carried_out_at'],
};

/** Everything that happened to accounts: `kind` and `at`. */
function events({ db, actor, query: { filters } }: Asked): RawBuilder<unknown> {
  const each = KINDS.map((kind) => {
    const [table, column] = SOURCES[kind];
    return withinReach(db.selectFrom(table), actor, `${table}.agency_id`)
      .select([sql<Kind>`${sql.lit(kind)}`.as('kind'), sql<string>`${sql.ref(`${table}.${column}`)}`.as('at')])
      .where(sql<boolean>`${sql.ref(`${table}.${column}`)} is not null`)
      .where(within(`${table}.${column}`, filters.from, filters.to))
      .$if(table === 'disabling', (query) => query.where(sql<boolean>`began_at is not null`));
  });
  return sql.join(
    each.map((one) => sql`select * from (${one})`),
    sql` union all `,
  );
}

const sums = sql.join(KINDS.map((kind) => sql`coalesce(sum(kind = ${sql.lit(kind)}), 0) as ${sql.ref(kind)}`));

/** What came and went, month by month. */
export const movementsReport: Report<Row> = {
  name: 'movements',
  listing: () => ({
    isBrief: true,
    sort: 'month',
    descending: true,
    days: [...PERIOD],
    columns: [
      { label: 'report.month', value: (row, say) => monthInWords(row.month, say), sort: 'month' },
      ...KINDS.map(
        (kind): Column<Row> => ({
          label: `report.moved.${kind}`,
          value: (row, say) => say.number(row[kind]),
          sort: kind,
          numeric: true,
        }),
      ),
    ],
  }),
  async find(asked) {
    const { rows } = await sql<Row>`
      select ${sql.raw(monthOf('at'))} as month, ${sums} from (${events(asked)}) group by 1`.execute(asked.db);
    return pageOfRows(rows, asked.query);
  },
  async figures(asked) {
    const { rows } = await sql<Row>`select ${sums} from (${events(asked)})`.execute(asked.db);
    return KINDS.map((kind) => ({ label: `report.moved.${kind}`, value: rows[0]?.[kind] ?? 0 }));
  },
};
