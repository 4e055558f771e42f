import { sql } from 'kysely';
import { type Actor, agencyOf } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import type { Db, Trx } from '../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import type { Package, Row, ServiceType } from '../data/schema.ts';

export type AccountRequest = Row<'account_request'>;

const NEEDED = ['primary_email', 'login_id', 'package', 'grade', 'storage_mb', 'service_type'] as const;
type Needed = Record<(typeof NEEDED)[number], unknown> & Pick<AccountRequest, 'category'>;

/** What an account still needs, by the names of the columns and fields. A grade is a civil servant's. */
export function lackingIn(request: Needed) {
  const needed = NEEDED.filter((name) => name !== 'grade' || request.category === 'civil_servant');
  return needed.filter((name) => request[name] === null || request[name] === '');
}

/** Is everything there that an account needs? */
export function isComplete(request: AccountRequest): request is AccountRequest & CompleteAllocation {
  return lackingIn(request).length === 0;
}

export type CompleteAllocation = {
  primary_email: string;
  login_id: string;
  package: Package;
  storage_mb: number;
  service_type: ServiceType;
};

/** The same, of rows. */
const hasAll = sql<boolean>`(primary_email is not null and login_id is not null and package is not null
  and storage_mb is not null and service_type is not null and (grade is not null or category = 'other'))`;

/** How far a request has come: one that has its whole package waits for Approve, and is no longer new (SOP 4.6 step 1). */
export function stageOf(request: AccountRequest) {
  return request.status === 'submitted' && isComplete(request) ? 'allocated' : request.status;
}

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

/**
 * What is known of where somebody works before it is asked (tables 3A and 3B): the agency's ministry, and the division that
 * was named when the own access code was asked for.
 */
export async function knownOffice(db: Db | Trx, actor: Actor): Promise<{ ministry: string; division: string }> {
  const agency = await db
    .selectFrom('agency')
    .select('ministry')
    .where('id', '=', agencyOf(actor))
    .executeTakeFirstOrThrow();
  const asked = await db
    .selectFrom('access_code_request')
    .select('reporting_division')
    .where('access_code_id', '=', actor.accessCodeId ?? 0)
    .executeTakeFirst();
  return { ministry: agency.ministry, division: asked?.reporting_division ?? '' };
}

/** SOP 4.5 step 2. `open` is what still needs somebody: submitted, or returned with a question. */
export async function listAccountRequests(db: Db, actor: Actor, query: ListQuery): Promise<Found<AccountRequest>> {
  let found = withinReach(db.selectFrom('account_request'), actor);
  if (query.filters.agency) found = found.where('agency_id', '=', Number(query.filters.agency));
  const { status, category } = query.filters;
  if (status === 'open')
    found = found.where(sql<boolean>`status in ('submitted', 'returned')`); // as the index has it
  else if (status === 'new') found = found.where('status', '=', 'submitted').where(sql<boolean>`not ${hasAll}`);
  else if (status === 'allocated') found = found.where('status', '=', 'submitted').where(hasAll);
  else if (status) found = found.where('status', '=', status as AccountRequest['status']);
  if (category) found = found.where('category', '=', category as AccountRequest['category']);
  if (query.q !== '') found = found.where(anyContains(query.q, ['full_name', 'primary_email', 'email'], ['ic_number']));
  return onePage(db, found.selectAll(), query);
}

/** The request that has waited longest for the administrator, or undefined. */
export async function longestWaiting(db: Db, actor: Actor) {
  return withinReach(db.selectFrom('account_request'), actor)
    .select(['id', 'full_name'])
    .where('status', '=', 'submitted')
    .orderBy('submitted_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

/** The mailbox that came of it, while it is within reach: it may have gone to another agency since. */
export async function mailboxMade(db: Db, actor: Actor, { mailbox_id }: Pick<AccountRequest, 'mailbox_id'>) {
  if (mailbox_id === null) return undefined;
  return withinReach(db.selectFrom('mailbox'), actor).select('id').where('id', '=', mailbox_id).executeTakeFirst();
}

/** Who decided a request, by name. */
export async function deciderOf(db: Db | Trx, { decided_by }: Pick<AccountRequest, 'decided_by'>) {
  if (decided_by === null) return '';
  const row = await db.selectFrom('user').select('full_name').where('id', '=', decided_by).executeTakeFirst();
  return row?.full_name ?? '';
}
