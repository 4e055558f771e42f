import { type CodeDetails, makeCode, refuseDetails } from '../access-codes/access-code.ts';
import { findAccessCode } from '../access-codes/queries.ts';
import type { Verification } from '../access-codes/verification.ts';
import { agencyOf } from '../base/actor.ts';
import type { Act } from '../data/act.ts';
import { together } from '../forms/together.ts';
import type { Allocation } from '../officers/allocation.ts';
import { audit } from '../trail/audit.ts';
import { accountRequestItem } from '../trail/items.ts';
import { createRequest, fileRegistration, type Registration } from './account-request.ts';
import { refuseUnfit, storeAllocation } from './allocation.ts';

/**
 * An administrator registers a person without waiting for an access code to be used: it ends as an account request with
 * a package, which still has to be approved (SOP 5.0). The code that is made with it activates the account later.
 * @returns the request's id, the code in clear, and the addresses mailed
 * @throws RuleBroken beside a field
 */
export async function registerDirectly(
  act: Act,
  person: CodeDetails,
  verification: Verification,
  registration: Registration,
  allocation: Allocation,
) {
  await together(
    () => refuseDetails(act, person),
    () => refuseUnfit(act.trx, agencyOf(act.actor), allocation),
  );
  const issued = await makeCode(act, person, { verification, contact_email: person.email, status: 'registered' });
  const code = await findAccessCode(act.trx, act.actor, issued.id);
  const request = await createRequest(act.trx, code, 'admin', registration, act.now);
  const sop = code.category === 'civil_servant' ? '4.3' : '4.4';
  await audit(act, {
    action: 'account-request.registered-directly',
    sop,
    item: accountRequestItem(request),
    after: { ...registration },
  });
  await fileRegistration(act, request, sop, registration);
  await storeAllocation(act, request, allocation);
  return { id: request.id, code: issued.code, mailed: issued.mailed };
}
