import { administratorsOf } from '../agencies/administrators.ts';
import type { Actor } from '../platform/actor.ts';
import { agencyOf, userOf } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { Conflict, RuleBroken } from '../platform/errors.ts';
import { enqueue } from '../platform/outbox.ts';
import { fileRecord } from '../platform/records.ts';
import type { Category } from '../platform/schema.ts';
import { countMailing } from '../platform/throttle.ts';
import { newReference } from './code.ts';
import { requestRefused, requestSubmitted } from './mails.ts';
import { type AccessCodeRequest, findRequest } from './queries.ts';

export type AccessCodeApplication = {
  category: Category;
  full_name: string;
  ic_number: string | null;
  email: string | null;
  contact_email: string;
  agency_id: number;
  reporting_division: string;
  supervisor_email: string | null;
  note: string;
};

export function requestItem(request: Pick<AccessCodeRequest, 'id' | 'full_name' | 'agency_id'>) {
  return { type: 'access_code_request' as const, id: request.id, name: request.full_name, agencyId: request.agency_id };
}

/**
 * SOP 4.1 step 1. Anybody may ask; the agency's administrators hear of it (N1).
 * @returns the reference that the applicant quotes
 * @throws RuleBroken when the agency does not exist, TooManyTries when too many came from there
 */
export async function submitRequest(db: Db, actor: Actor, application: AccessCodeApplication, now: Date) {
  return change(db, actor, now, async (trx) => {
    await countMailing(trx, 'code-request', actor.address, application.contact_email, now);
    const agency = await trx
      .selectFrom('agency')
      .select(['id', 'name'])
      .where('id', '=', application.agency_id)
      .executeTakeFirst();
    if (agency === undefined) throw new RuleBroken('form.choose', {}, 'agency_id');
    const request = await trx
      .insertInto('access_code_request')
      .values({
        ...application,
        reference: newReference(),
        verified_with: null,
        verification_note: null,
        verified_by: null,
        verified_at: null,
        refusal_reason: null,
        decided_by: null,
        decided_at: null,
        access_code_id: null,
        created_at: now.toISOString(),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const applicant = { ...actor, name: actor.name || application.full_name };
    await record(
      trx,
      applicant,
      { action: 'access-code-request.submitted', sop: '4.1', item: requestItem(request), after: application },
      now,
    );
    await enqueue(trx, actor, requestSubmitted(request, await administratorsOf(trx, agency.id)), now);
    return request.reference;
  });
}

/** SOP 4.1 step 2: with whom the administrator verified the request, and what was found. */
export async function verifyRequest(
  db: Db,
  actor: Actor,
  id: number,
  input: { verified_with: 'human_resources' | 'division'; verification_note: string },
  now: Date,
) {
  return change(db, actor, now, async (trx) => {
    const request = await openRequest(trx, actor, id);
    const after = { ...input, verified_by: userOf(actor), verified_at: now.toISOString() };
    await trx.updateTable('access_code_request').set(after).where('id', '=', id).execute();
    const before = { verified_with: request.verified_with, verification_note: request.verification_note };
    await record(
      trx,
      actor,
      { action: 'access-code-request.verified', sop: '4.1', item: requestItem(request), before, after: { ...input } },
      now,
    );
  });
}

/** SOP 4.1: a refusal, with a reason that is mailed to the applicant (N2) and filed. Returns the addresses mailed. */
export async function refuseRequest(db: Db, actor: Actor, id: number, input: { reason: string }, now: Date) {
  return change(db, actor, now, async (trx) => {
    const request = await openRequest(trx, actor, id);
    await decide(trx, actor, request, { status: 'refused', refusal_reason: input.reason }, now);
    await record(
      trx,
      actor,
      {
        action: 'access-code-request.refused',
        sop: '4.1',
        item: requestItem(request),
        after: { reason: input.reason },
      },
      now,
    );
    const content = {
      ...request,
      status: 'refused',
      refusal_reason: input.reason,
      decided_at: now.toISOString(),
      decided_by_name: actor.name,
    };
    await fileRecord(
      trx,
      actor,
      {
        agencyId: agencyOf(actor),
        sop: '4.1',
        title: 'record.access-code-refused',
        item: requestItem(request),
        content,
      },
      now,
    );
    return enqueue(trx, actor, [requestRefused(request, input.reason)], now);
  });
}

/** SOP 6.0: the request as it was submitted, verified and granted. */
export async function fileGranted(trx: Trx, actor: Actor, request: AccessCodeRequest, now: Date) {
  const content = {
    ...request,
    status: 'issued',
    decided_at: now.toISOString(),
    decided_by_name: actor.name,
  };
  const item = requestItem(request);
  await fileRecord(
    trx,
    actor,
    { agencyId: request.agency_id, sop: '4.1', title: 'record.access-code-granted', item, content },
    now,
  );
}

/**
 * The request, if it still waits for a decision.
 * @throws Conflict that says what was decided
 */
export async function openRequest(trx: Trx, actor: Actor, id: number) {
  const request = await findRequest(trx, actor, id);
  if (request.status !== 'submitted')
    throw new Conflict(request.status === 'issued' ? 'access-code-request.isIssued' : 'access-code-request.isRefused');
  return request;
}

/** Closes a request; the condition on its status decides who was first. */
export async function decide(
  trx: Trx,
  actor: Actor,
  request: AccessCodeRequest,
  outcome: { status: 'issued'; access_code_id: number } | { status: 'refused'; refusal_reason: string },
  now: Date,
) {
  const { numUpdatedRows } = await trx
    .updateTable('access_code_request')
    .set({ ...outcome, decided_by: userOf(actor), decided_at: now.toISOString() })
    .where('id', '=', request.id)
    .where('status', '=', 'submitted')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Conflict('access-code-request.isIssued');
}
