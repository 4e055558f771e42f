import { administratorsOf } from '../agencies/administrators.ts';
import { type Actor, agencyOf, userOf } from '../base/actor.ts';
import { newReference } from '../base/code.ts';
import { Conflict, RuleBroken } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import type { Category } from '../data/schema.ts';
import { type AttachedFile, attachFiles } from '../trail/attachments.ts';
import { audit } from '../trail/audit.ts';
import { accessCodeRequestItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { fileRecord } from '../trail/records.ts';
import { countMailing } from '../web/throttle.ts';
import { requestRefused, requestSubmitted } from './mails.ts';
import { type AccessCodeRequest, findRequest } from './queries.ts';
import type { Verification } from './verification.ts';

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

/**
 * SOP 4.1 step 1. Anybody may ask, and send letters along; the agency's administrators hear of it (N1).
 * @returns the reference that the applicant quotes
 * @throws RuleBroken when the agency does not exist or nobody there would hear of it, TooManyTries when too many came from there
 */
export async function submitRequest(act: Act, application: AccessCodeApplication, files: readonly AttachedFile[] = []) {
  await countMailing(act.trx, 'code-request', act.actor.address, application.contact_email, act.now);
  const agency = await act.trx
    .selectFrom('agency')
    .select(['id', 'name'])
    .where('id', '=', application.agency_id)
    .executeTakeFirst();
  if (agency === undefined) throw new RuleBroken('form.choose', {}, 'agency_id');
  const administrators = await administratorsOf(act.trx, agency.id);
  if (administrators.length === 0) throw new RuleBroken('request.nobodyToAsk', {}, 'agency_id');
  const request = await act.trx
    .insertInto('access_code_request')
    .values({
      ...application,
      reference: newReference(),
      created_at: act.now.toISOString(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const applicant = { ...act.actor, name: act.actor.name || application.full_name };
  await audit(
    { ...act, actor: applicant },
    { action: 'access-code-request.submitted', sop: '4.1', item: accessCodeRequestItem(request), after: application },
  );
  const holder = { kind: 'access_code_request', id: request.id } as const;
  await attachFiles({ ...act, actor: applicant }, holder, accessCodeRequestItem(request), files, '4.1');
  await enqueue(act, requestSubmitted(request, administrators));
  return request.reference;
}

/** SOP 4.1 step 2: with whom the administrator verified the request, and what was found. */
export async function verifyRequest(act: Act, id: number, input: Verification) {
  const request = await openRequest(act.trx, act.actor, id);
  const after = { ...input, verified_by: userOf(act.actor), verified_at: act.now.toISOString() };
  await act.trx.updateTable('access_code_request').set(after).where('id', '=', id).execute();
  const before = { verified_with: request.verified_with, verification_note: request.verification_note };
  await audit(act, {
    action: 'access-code-request.verified',
    sop: '4.1',
    item: accessCodeRequestItem(request),
    before,
    after: { ...input },
  });
}

/** SOP 4.1: a refusal, with a reason that is mailed to the applicant (N2) and filed. Returns the addresses mailed. */
export async function refuseRequest(act: Act, id: number, input: { reason: string }) {
  const request = await openRequest(act.trx, act.actor, id);
  await decide(act, request, { status: 'refused', refusal_reason: input.reason });
  await audit(act, {
    action: 'access-code-request.refused',
    sop: '4.1',
    item: accessCodeRequestItem(request),
    after: { reason: input.reason },
  });
  const content = {
    ...request,
    status: 'refused',
    refusal_reason: input.reason,
    decided_at: act.now.toISOString(),
    decided_by_name: act.actor.name,
  };
  await fileRecord(act, {
    agencyId: agencyOf(act.actor),
    sop: '4.1',
    title: 'record.access-code-refused',
    item: accessCodeRequestItem(request),
    content,
  });
  return enqueue(act, [requestRefused(request, input.reason)]);
}

/** SOP 4.1 step 3 and 6.0: the request is answered with a code; its own history says so, and its record what was granted. */
export async function fileGranted(act: Act, request: AccessCodeRequest) {
  const content = {
    ...request,
    status: 'issued',
    decided_at: act.now.toISOString(),
    decided_by_name: act.actor.name,
  };
  const item = accessCodeRequestItem(request);
  await audit(act, {
    action: 'access-code-request.granted',
    sop: '4.1',
    item,
    before: { status: request.status },
    after: { status: 'issued' },
  });
  await fileRecord(act, {
    agencyId: request.agency_id,
    sop: '4.1',
    title: 'record.access-code-granted',
    item,
    content,
  });
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
  act: Act,
  request: AccessCodeRequest,
  outcome: { status: 'issued'; access_code_id: number } | { status: 'refused'; refusal_reason: string },
) {
  const { numUpdatedRows } = await act.trx
    .updateTable('access_code_request')
    .set({ ...outcome, decided_by: userOf(act.actor), decided_at: act.now.toISOString() })
    .where('id', '=', request.id)
    .where('status', '=', 'submitted')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Conflict('access-code-request.isIssued');
}
