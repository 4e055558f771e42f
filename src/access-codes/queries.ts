import { sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import { daysAfter } from '../base/days.ts';
import { NotFound } from '../base/errors.ts';
import { dayOf, startOfDay } from '../base/time.ts';
import type { Db, Trx } from '../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import type { Row } from '../data/schema.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import { servedBy } from '../identities/queries.ts';

export type AccessCodeRequest = Row<'access_code_request'>;
export type AccessCode = Row<'access_code'>;
export type AccessCodeState = AccessCode['status'] | 'expired';

/** What an access code is at a moment: it expires by the clock and not by a change. */
export function stateOf(code: Pick<AccessCode, 'status' | 'expires_at'>, now: Date): AccessCodeState {
  const over = code.status === 'activated' || code.status === 'revoked';
  return !over && code.expires_at <= now.toISOString() ? 'expired' : code.status;
}

/** How far a request has come: one that was verified waits for its code, and is no longer new (SOP 4.1 steps 2 and 3). */
export function stageOf({ status, verified_at }: Pick<AccessCodeRequest, 'status' | 'verified_at'>) {
  return status === 'submitted' && verified_at !== null ? 'verified' : status;
}

/** The same for whoever asked, to whom a code that is good no longer is of no use. */
export function standingOf(
  row: Pick<AccessCodeRequest, 'status' | 'verified_at'> & {
    code_status: AccessCode['status'] | null;
    expires_at: string | null;
  },
  now: Date,
) {
  const { code_status: status, expires_at } = row;
  if (status === null || expires_at === null) return stageOf(row);
  const state = stateOf({ status, expires_at }, now);
  return state === 'revoked' || state === 'expired' ? 'ended' : stageOf(row);
}

/** @throws NotFound also for another agency's */
export async function findRequest(db: Db | Trx, actor: Actor, id: number): Promise<AccessCodeRequest> {
  const row = await withinReach(db.selectFrom('access_code_request').selectAll(), actor)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** @throws NotFound also for another agency's */
export async function findAccessCode(db: Db | Trx, actor: Actor, id: number): Promise<AccessCode> {
  const row = await withinReach(db.selectFrom('access_code').selectAll(), actor)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** By the number that the applicant was given: where it stands, and nothing of the person. */
export async function requestStanding(db: Db, reference: string) {
  const row = await db
    .selectFrom('access_code_request')
    .innerJoin('agency', 'agency.id', 'access_code_request.agency_id')
    .leftJoin('access_code', 'access_code.id', 'access_code_request.access_code_id')
    .select([
      'access_code.status as code_status',
      'access_code.expires_at',
      'reference',
      'access_code_request.status',
      'access_code_request.created_at',
      'verified_at',
      'decided_at',
      'agency.name as agency',
    ])
    .where('reference', '=', reference)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/**
 * The request with a number, of a person. Both are asked in one step: a number that nobody has, and another's, take the same
 * time and have the same answer.
 * @param identity the IC number's digits, or an address in lower case
 */
export async function requestOf(db: Db, reference: string, identity: string) {
  return db
    .selectFrom('access_code_request')
    .select(['id', 'reference'])
    .where('reference', '=', reference)
    .where((eb) =>
      eb.or([eb('ic_number', '=', identity), eb('email', '=', identity), eb('contact_email', '=', identity)]),
    )
    .executeTakeFirst();
}

export async function listRequests(db: Db, actor: Actor, query: ListQuery): Promise<Found<AccessCodeRequest>> {
  let found = withinReach(db.selectFrom('access_code_request'), actor);
  if (query.filters.agency) found = found.where('agency_id', '=', Number(query.filters.agency));
  const { status } = query.filters;
  if (status === 'new') found = found.where('status', '=', 'submitted').where('verified_at', 'is', null);
  else if (status === 'verified') found = found.where('status', '=', 'submitted').where('verified_at', 'is not', null);
  else if (status) found = found.where('status', '=', status as AccessCodeRequest['status']);
  if (query.q !== '')
    found = found.where(anyContains(query.q, ['full_name', 'reference', 'contact_email'], ['ic_number']));
  return onePage(db, found.selectAll(), query);
}

export async function listAccessCodes(db: Db, actor: Actor, query: ListQuery, now: Date): Promise<Found<AccessCode>> {
  let found = withinReach(db.selectFrom('access_code'), actor);
  if (query.filters.agency) found = found.where('agency_id', '=', Number(query.filters.agency));
  const { state } = query.filters;
  const live = ['issued', 'returned', 'confirmed', 'registered'] as const;
  if (state === 'expired') found = found.where('status', 'in', live).where('expires_at', '<=', now.toISOString());
  else if (state) {
    found = found.where('status', '=', state as AccessCode['status']);
    if (live.some((status) => status === state)) found = found.where('expires_at', '>', now.toISOString());
  }
  if (query.q !== '') found = found.where(anyContains(query.q, ['full_name', 'notify_email', 'email'], ['ic_number']));
  return onePage(db, found.selectAll(), query);
}

type Identity = { ic_number: string | null; email: string | null; agency_id: number };
export type Double = {
  kind: 'access_code_request' | 'access_code' | 'mailbox' | 'restorable' | 'elsewhere';
  id: number;
  name: string;
  since: string;
};

/**
 * The same identity card or address once more: in the agency an open request, a live code, a mailbox, or a deleted one that
 * can be restored instead; of another agency nothing but that it is so.
 */
export async function doublesOf(
  db: Db,
  person: Identity,
  except: { requestId?: number; codeId?: number },
  now: Date,
): Promise<Double[]> {
  const { ic_number, email, agency_id } = person;
  const by = ic_number !== null ? (['ic_number', ic_number] as const) : (['email', email ?? ''] as const);
  const ofAgency = sql<number>`+agency_id`; // the identity's index, and not the agency's, finds these
  const requests = await openRequestsOf(db, person, ic_number === null ? { email: by[1] } : { ic_number });
  const codes = await db
    .selectFrom('access_code')
    .select(['id', 'full_name as name', 'issued_at as since'])
    .where(by[0], '=', by[1])
    .where(ofAgency, '=', agency_id)
    .where('status', 'in', ['issued', 'returned', 'confirmed', 'registered'])
    .where('expires_at', '>', now.toISOString())
    .where('id', '!=', except.codeId ?? 0)
    .execute();
  const known = { kind: by[0], value: by[1].toLowerCase() };
  const mailboxes = await db
    .selectFrom('identity_claim')
    .innerJoin('mailbox', 'mailbox.id', 'identity_claim.holder_id')
    .select(['mailbox.id', 'display_name as name', 'created_at as since'])
    .where('holder', '=', 'mailbox')
    .where((eb) => eb.and(known))
    .where(ofAgency, '=', agency_id)
    .execute();
  const deleted = await restorableOf(db, person, now);
  const served = await servedBy(db, { ...known, agency_id }, now);
  const elsewhere = served.some((each) => each.agency_id !== agency_id);
  return [
    ...(elsewhere ? [{ kind: 'elsewhere' as const, id: 0, name: '', since: now.toISOString() }] : []),
    ...deleted.map((row) => ({ kind: 'restorable' as const, ...row })),
    ...requests
      .filter(({ id }) => id !== except.requestId)
      .map((row) => ({ kind: 'access_code_request' as const, ...row })),
    ...codes.map((row) => ({ kind: 'access_code' as const, ...row })),
    ...mailboxes.map((row) => ({ kind: 'mailbox' as const, ...row })),
  ];
}

/** A person's mailboxes that were deleted so lately that they can be restored: such a one claims nobody any more. */
async function restorableOf(db: Db, { ic_number, email, agency_id }: Identity, now: Date) {
  const { restoreDays } = await readSystemSettings(db);
  const since = startOfDay(daysAfter(dayOf(now), -restoreDays)).toISOString();
  if (ic_number !== null)
    return db
      .selectFrom('mailbox')
      .select(['id', 'display_name as name', 'deleted_at as since'])
      .$narrowType<{ since: string }>()
      .where('ic_number', '=', ic_number)
      .where(sql<number>`+agency_id`, '=', agency_id)
      .where('status', '=', 'deleted')
      .where('deleted_at', '>=', since)
      .execute();
  // the address that somebody else is known by stands with the request, or beside the mailbox once it was corrected
  return db
    .selectFrom('mailbox_known_as')
    .select(['holder_id as id', 'name', 'deleted_at as since'])
    .$narrowType<{ since: string }>()
    .where('kind', '=', 'email')
    .where('value', '=', email?.toLowerCase() ?? '')
    .where('agency_id', '=', agency_id)
    .where('status', '=', 'deleted')
    .where('deleted_at', '>=', since)
    .execute();
}

/** Of a person, the agency's requests that wait for an answer. */
export async function openRequestsOf(
  db: Db | Trx,
  { agency_id }: Pick<AccessCode, 'agency_id'>,
  person: { ic_number: string } | { email: string },
): Promise<{ id: number; name: string; since: string }[]> {
  return db
    .selectFrom('access_code_request')
    .select(['id', 'full_name as name', 'created_at as since'])
    .where((eb) => eb.and(person))
    .where(sql<number>`+agency_id`, '=', agency_id)
    .where('status', '=', 'submitted')
    .execute();
}

/** Codes that a person may be signing in with: the same category and identity, and still good. */
export async function liveCodesOf(db: Db, category: AccessCode['category'], identity: string, now: Date) {
  return db
    .selectFrom('access_code')
    .selectAll()
    .where('category', '=', category)
    .where(category === 'civil_servant' ? 'ic_number' : 'email', '=', identity)
    .where('status', 'not in', ['activated', 'revoked'])
    .where('expires_at', '>', now.toISOString())
    .execute();
}
