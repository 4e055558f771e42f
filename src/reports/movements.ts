import { sql } from 'kysely';
import type { Schema } from '../data/schema.ts';
import { whileUnchanged } from '../data/unchanged.ts';
import type { Column } from '../lists/listing.ts';
import { dateRanges } from './date-ranges.ts';
import { PERIOD } from './period.ts';
import { type Asked, monthInWords, monthOf, pageOfRows, type Report } from './report.ts';

const KINDS = ['requested', 'created', 'disabled', 'enabled', 'deleted'] as const;
type Kind = (typeof KINDS)[number];
type Row = Record<Kind, number> & { month: string };

const NONE: Record<Kind, number> = { requested: 0, created: 0, disabled: 0, enabled: 0, deleted: 0 };

const SOURCES: Record<Kind, [table: keyof Schema, column: string]> = {
  requested: ['account_request', 'submitted_at'],
  created: ['mailbox', 'created_at'],
  disabled: ['disabling', 'began_at'],
  enabled: ['disabling', 'ended_at'],
  deleted: ['termination', 'carried_out_at'],
};

/** Everything that happened to accounts, month by month, counted once for the figures and the rows. */
function counted({ db, actor, query: { filters } }: Asked): Promise<Row[]> {
  const { from, to } = filters;
  const reach = actor.role === 'admin' ? actor.agencyId : 'all';
  return whileUnchanged(db, `movements ${reach} ${from} ${to}`, async () => {
    const months = new Map<string, Row>();
    for (const kind of KINDS) {
      const [table, column] = SOURCES[kind];
      const began = table === 'disabling' ? sql`began_at is not null` : sql`true`;
      for await (const range of dateRanges({ db, actor, table, column, from, to })) {
        const { rows } = await sql<{ month: string; count: number }>`
          select ${sql.raw(monthOf(column))} as month, count(*) as count from ${sql.table(table)}
          where ${range} and ${began} group by 1`.execute(db);
        for (const { month, count } of rows) {
          const row = months.get(month) ?? { month, ...NONE };
          row[kind] += count;
          months.set(month, row);
        }
      }
    }
    return [...months.values()];
  });
}

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
  chart: 'created',
  find: async (asked) => pageOfRows(await counted(asked), asked.query),
  async figures(asked) {
    const rows = await counted(asked);
    return KINDS.map((kind) => ({
      label: `report.moved.${kind}`,
      value: rows.reduce((sum, row) => sum + row[kind], 0),
    }));
  },
};
