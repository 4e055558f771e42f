import { setImmediate as turn } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import { DAY, later, startOfDay } from '../base/time.ts';
import type { Db } from '../data/database.ts';
import { withinReach } from '../data/reach.ts';
import type { Schema } from '../data/schema.ts';

/** Rows that are counted in one go; it takes some 20 ms. */
const MOST = 20_000;

/** Rows of a table with a moment in a column, within reach; from and to are days (YYYY-MM-DD) with their whole day. */
export type Counted = {
  db: Db;
  actor: Actor;
  table: keyof Schema;
  column: string;
  from: string | undefined;
  to: string | undefined;
};

/**
 * Divides the rows into ranges, each as a condition; every row is in one. However many there are, other pages are answered
 * between. An index on agency and column must exist.
 */
export async function* dateRanges({
  db,
  actor,
  table,
  column,
  from,
  to,
}: Counted): AsyncGenerator<RawBuilder<boolean>> {
  const [at, id] = [sql.ref(`${table}.${column}`), sql.ref(`${table}.id`)];
  const end = to ? sql`${at} < ${later(startOfDay(to), DAY).toISOString()}` : sql`true`;
  for (const agencyId of await agenciesWithin(db, actor)) {
    let last = { at: from ? startOfDay(from).toISOString() : '', id: 0 };
    for (let isMore = true; isMore; ) {
      const rest = sql<boolean>`(${sql.ref(`${table}.agency_id`)} = ${agencyId} and ${at} is not null
        and (${at}, ${id}) > (${last.at}, ${last.id}) and ${end})`;
      const { rows } = await sql<{ at: string; id: number }>`select ${at} as at, ${id} as id from ${sql.table(table)}
        where ${rest} order by ${at}, ${id} limit 1 offset ${MOST - 1}`.execute(db);
      const [next] = rows;
      yield next ? sql<boolean>`(${rest} and (${at}, ${id}) <= (${next.at}, ${next.id}))` : rest;
      await turn();
      isMore = next !== undefined;
      last = next ?? last;
    }
  }
}

async function agenciesWithin(db: Db, actor: Actor) {
  const rows = await withinReach(db.selectFrom('agency').select('id'), actor, 'id').execute();
  return rows.map((row) => row.id);
}
