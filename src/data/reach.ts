import type { Compilable, Expression, SelectQueryBuilder } from 'kysely';
import { type Actor, SYSTEM } from '../base/actor.ts';
import type { Db, Trx } from './database.ts';
import { fixedRows } from './fixed-read.ts';
import type { Schema } from './schema.ts';

/**
 * Narrows a query to what an actor may see: an agency's people see the agency's rows, the helpdesk and the system all.
 * For everybody else there is nothing.
 */
export function withinReach<TB extends keyof Schema, O>(
  query: SelectQueryBuilder<Schema, TB, O>,
  actor: Actor,
  column: string | Expression<unknown> = 'agency_id',
): SelectQueryBuilder<Schema, TB, O> {
  if (seesAll(actor)) return query;
  // biome-ignore lint/suspicious/noExplicitAny: the column is one of the table's
  return query.where(column as any, '=', agencyInReach(actor) as any);
}

const seesAll = ({ role }: Actor) => role === 'helpdesk' || role === 'system';
const agencyInReach = ({ role, agencyId }: Actor) => (role === 'admin' ? (agencyId ?? 0) : 0);

/**
 * A read of what an actor may see that is put together once for those who see all, and once for an agency's people.
 * @param build the statement for an actor, whom it only hands to `withinReach`, and for its values (see `fixedRows`)
 */
export function fixedRowsWithinReach<Values extends unknown[], Found>(
  build: (db: Db | Trx, actor: Actor, ...values: Values) => Compilable<Found>,
) {
  const ofAll = fixedRows<Values, Found>((db, ...values) => build(db, SYSTEM, ...values));
  const ofAgency = fixedRows<[number, ...Values], Found>((db, agencyId, ...values) =>
    build(db, { ...SYSTEM, role: 'admin', agencyId }, ...values),
  );
  return (db: Db | Trx, actor: Actor, ...values: Values) =>
    seesAll(actor) ? ofAll(db, ...values) : ofAgency(db, agencyInReach(actor), ...values);
}
