import { type CodeDetails, findAccessCode, makeCode, refuseOpenRequest } from '../access-codes/access-code.ts';
import { type Actor, userOf } from '../platform/actor.ts';
import { checkAgencyAddress } from '../platform/addresses.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { createRequest, fileRegistration, type Registration, requestItem } from './account-request.ts';
import { type Allocation, checkLimit, fileAllocation, reserve } from './allocation.ts';

/**
 * An administrator registers a person without waiting for an access code to be used: it ends as an account request with
 * a package, which still has to be approved (SOP 5.0). The code that is made with it activates the account later.
 * @returns the request's id, the code in clear, and the addresses mailed
 * @throws RuleBroken beside a field
 */
export async function registerDirectly(
  db: Db,
  actor: Actor,
  person: CodeDetails,
  registration: Registration,
  allocation: Allocation,
  now: Date,
) {
  return change(db, actor, now, (trx) => registerDirectlyWithin(trx, actor, person, registration, allocation, now));
}

/** The same as a part of a larger change. */
export async function registerDirectlyWithin(
  trx: Trx,
  actor: Actor,
  person: CodeDetails,
  registration: Registration,
  allocation: Allocation,
  now: Date,
) {
  await refuseOpenRequest(trx, actor, person);
  const issued = await makeCode(trx, actor, person, { contact_email: person.email, status: 'registered' }, now);
  const code = await findAccessCode(trx, actor, issued.id);
  const request = await createRequest(trx, code, 'admin', registration, now);
  await checkAgencyAddress(trx, request.agency_id, allocation.primary_email, 'primary_email');
  await checkLimit(trx, allocation);
  await reserve(trx, request, allocation);
  const stored = {
    ...allocation,
    login_id: allocation.login_id || null,
    services: JSON.stringify(allocation.services),
  };
  await trx
    .updateTable('account_request')
    .set({ ...stored, allocated_by: userOf(actor), allocated_at: now.toISOString() })
    .where('id', '=', request.id)
    .execute();
  const sop = code.category === 'civil_servant' ? '4.3' : '4.4';
  await record(
    trx,
    actor,
    { action: 'account-request.registered-directly', sop, item: requestItem(request), after: { ...registration } },
    now,
  );
  await record(
    trx,
    actor,
    {
      action: 'account-request.allocated',
      sop: '4.5',
      item: requestItem(request),
      after: { ...stored, services: allocation.services },
    },
    now,
  );
  await fileRegistration(trx, actor, request, sop, registration, now);
  await fileAllocation(trx, actor, request, allocation, now);
  return { id: request.id, code: issued.code, mailed: issued.mailed };
}
