import type { Expression, SelectQueryBuilder } from 'kysely';
import type { Actor } from '../base/actor.ts';
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
  if (actor.role === 'helpdesk' || actor.role === 'system') return query;
  // biome-ignore lint/suspicious/noExplicitAny: the column is one of the table's
  return query.where(column as any, '=', (actor.role === 'admin' ? (actor.agencyId ?? 0) : 0) as any);
}
