import { sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import type { Db, Trx } from '../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import type { Row } from '../data/schema.ts';

export type AccountRequest = Row<'account_request'>;

/** @throws NotFound also for another agency's */
export async function findAccountRequest(db: Db | Trx, actor: Actor, id: number): Promise<AccountRequest> {
  const row = await withinReach(db.selectFrom('account_request').selectAll(), actor)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** The request that an applicant made with the own access code, or undefined before there is one. */
export async function ownRequest(db: Db | Trx, actor: Actor): Promise<AccountRequest | undefined> {
  return db
    .selectFrom('account_request')
    .selectAll()
    .where('access_code_id', '=', actor.accessCodeId ?? 0)
    .executeTakeFirst();
}

/** SOP 4.5 step 2. `open` is what still needs somebody: submitted, or returned with a question. */
export async function listAccountRequests(db: Db, actor: Actor, query: ListQuery): Promise<Found<AccountRequest>> {
  let found = withinReach(db.selectFrom('account_request'), actor);
  if (query.filters.agency) found = found.where('agency_id', '=', Number(query.filters.agency));
  const { status, category } = query.filters;
  if (status === 'open')
    found = found.where(sql<boolean>`status in ('submitted', 'returned')`); // as the index has it
  else if (status) found = found.where('status', '=', status as AccountRequest['status']);
  if (category) found = found.where('category', '=', category as AccountRequest['category']);
  if (query.q !== '') found = found.where(anyContains(query.q, ['full_name', 'primary_email', 'email'], ['ic_number']));
  return onePage(db, found.selectAll(), query);
}

/** Who decided a request, by name. */
export async function deciderOf(db: Db | Trx, { decided_by }: Pick<AccountRequest, 'decided_by'>) {
  if (decided_by === null) return '';
  const row = await db.selectFrom('user').select('full_name').where('id', '=', decided_by).executeTakeFirst();
  return row?.full_name ?? '';
}
