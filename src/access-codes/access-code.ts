import { type Actor, agencyOf, userOf } from '../base/actor.ts';
import { ACCESS_CODE_LENGTH, hashCode, newCode, showCode } from '../base/code.ts';
import { Conflict, RuleBroken } from '../base/errors.ts';
import { DAY, later } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Category } from '../data/schema.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import type { AccessCodeStatus } from '../data/tables/joining.ts';
import { together } from '../forms/together.ts';
import { identityFrom, refuseServed, servingOnce } from '../identities/claim.ts';
import { audit } from '../trail/audit.ts';
import { accessCodeItem } from '../trail/items.ts';
import { enqueue, withdrawSecrets } from '../trail/outbox.ts';
import { fileRecord } from '../trail/records.ts';
import { endApplicantSessions } from '../web/session.ts';
import { startAnew } from '../web/throttle.ts';
import { decide, fileGranted, openRequest } from './access-code-request.ts';
import { codeIssued } from './mails.ts';
import { type AccessCode, findAccessCode, openRequestsOf } from './queries.ts';
import type { Verification } from './verification.ts';

export type CodeDetails = {
  category: Category;
  full_name: string;
  ic_number: string | null;
  email: string | null;
  notify_kind: 'supervisor' | 'personal' | 'admin';
  notify_email: string | null;
  supervisor_email: string | null;
};

/** A code in clear, shown once and mailed, and whom it was mailed to. */
export type Issued = { id: number; code: string; mailed: string[] };

/**
 * SOP 4.2 steps 1 to 3. Makes an access code for somebody who has not asked for one; N3 goes out.
 * @throws RuleBroken beside a field
 */
export async function issueCode(act: Act, details: CodeDetails, verification: Verification): Promise<Issued> {
  await refuseDetails(act, details);
  return makeCode(act, details, { verification, contact_email: details.email, status: 'issued' });
}

/**
 * SOP 4.1 step 3. The same from a request: it was verified there.
 * @throws RuleBroken beside a field, or when it was not verified; Conflict when the request has been decided
 */
export async function answerRequest(act: Act, details: CodeDetails, requestId: number): Promise<Issued> {
  const request = await openRequest(act.trx, act.actor, requestId);
  const { verified_with, verification_note, contact_email } = request;
  if (verified_with === null) throw new RuleBroken('access-code.verifyFirst');
  await refuseDetails(act, details, isAnother(request, details) ? refuseWaiting : refuseServing);
  const verification = { verified_with, verification_note: verification_note ?? '' };
  const issued = await makeCode(act, details, { verification, contact_email, status: 'issued' });
  await decide(act, request, { status: 'issued', access_code_id: issued.id });
  await fileGranted(act, request);
  return issued;
}

/**
 * All for which a code with these details would be refused.
 * @param refuseIdentity what the person may not be: who answers a request leaves out that there is one
 * @throws RuleBroken beside the identity's field or `notify_email`
 */
export async function refuseDetails(act: Act, details: CodeDetails, refuseIdentity = refuseWaiting) {
  await together(
    () => refuseIdentity(act, details),
    () => notifyEmail(act.actor, details),
  );
}

async function refuseWaiting(act: Act, details: CodeDetails) {
  await refuseOpenRequest(act, details);
  await refuseServing(act, details);
}

const refuseServing = (act: Act, details: CodeDetails) =>
  refuseServed(act, { ...identityFrom(details), agency_id: agencyOf(act.actor) });

/**
 * SOP 4.1 step 2 is not walked round: of whoever has asked, it is the request that is verified and answered with the code.
 * @throws RuleBroken beside the identity's field, with where the request is, or what serves the person already
 */
export async function refuseOpenRequest(act: Act, details: CodeDetails) {
  const { kind, value } = identityFrom(details);
  const agency_id = agencyOf(act.actor);
  const [open] = await openRequestsOf(
    act.trx,
    { agency_id },
    kind === 'email' ? { email: value } : { ic_number: value },
  );
  if (open === undefined) return;
  // of whoever is served already, no code can be generated from a second request either: say what is in the way
  await refuseServed(act, { kind, value, agency_id });
  const place = `/admin/access-code-requests/${open.id}`;
  throw new RuleBroken('access-code.hasRequest', { name: open.name, place }, kind);
}

/** What is typed may put a number right, and may name somebody else. */
function isAnother(before: Parameters<typeof identityFrom>[0], after: CodeDetails) {
  const [one, other] = [identityFrom(before), identityFrom(after)];
  return one.kind !== other.kind || one.value !== other.value;
}

/** The row, the secret, the mails, the audit row: for every way in which a code comes to be. */
export async function makeCode(
  act: Act,
  details: CodeDetails,
  rest: { verification: Verification; contact_email: string | null; status: AccessCodeStatus },
): Promise<Issued> {
  const code = newCode(ACCESS_CODE_LENGTH);
  const values = {
    agency_id: agencyOf(act.actor),
    ...details,
    ...rest.verification,
    notify_email: notifyEmail(act.actor, details),
    contact_email: rest.contact_email,
    status: rest.status,
    return_note: null,
    ...hashCode(code),
    issued_by: userOf(act.actor),
    issued_at: act.now.toISOString(),
    expires_at: await expiry(act.trx, act.now),
  };
  const row = await servingOnce(act, identityFrom(details), () =>
    act.trx.insertInto('access_code').values(values).returningAll().executeTakeFirstOrThrow(),
  );
  await openToAll(act.trx, row);
  await audit(act, {
    action: 'access-code.issued',
    sop: '4.2',
    item: accessCodeItem(row),
    after: { ...details, ...rest.verification, expires_at: row.expires_at },
  });
  await fileCode(act, row, 'record.access-code-issued', {});
  return {
    id: row.id,
    code: showCode(code),
    mailed: await enqueue(act, codeIssued(row, act.actor, showCode(code))),
  };
}

/** SOP 6.0: what was registered for the code, never the code. */
async function fileCode(
  act: Act,
  code: AccessCode,
  title: 'record.access-code-issued' | 'record.access-code-replaced' | 'record.access-code-revoked',
  more: Record<string, unknown>,
) {
  const content = { ...auditFacts(code), issued_by: code.issued_by, ...more };
  await fileRecord(act, { agencyId: code.agency_id, sop: '4.2', title, item: accessCodeItem(code), content });
}

async function expiry(trx: Trx, now: Date) {
  const { accessCodeDays } = await readSystemSettings(trx);
  return later(now, accessCodeDays * DAY).toISOString();
}

/** Where the code itself goes. `admin` means the administrator's own address and no other. */
function notifyEmail(actor: Actor, details: CodeDetails) {
  const typed = details.notify_email;
  if (details.notify_kind === 'admin') {
    if (actor.email === null || (typed !== null && typed !== actor.email))
      throw new RuleBroken('access-code.ownAddress', { email: actor.email ?? '' }, 'notify_email');
    return actor.email;
  }
  if (typed === null) throw new RuleBroken('form.required', {}, 'notify_email');
  return typed;
}

/** SOP 4.2: a new code in place of the old one, which is worth nothing from now on. */
export async function resendCode(act: Act, id: number): Promise<Issued> {
  const code = await usableCode(act.trx, act.actor, id);
  return replaceCode(act, code, {}, 'access-code.resent');
}

/**
 * SOP 4.2 step 5: what the applicant returned is put right, and a new code is sent. The person may have become another
 * one, so it is said again with whom that was verified.
 */
export async function correctCode(
  act: Act,
  id: number,
  details: CodeDetails,
  verification: Verification,
): Promise<Issued> {
  const code = await usableCode(act.trx, act.actor, id);
  if (code.status === 'registered') throw new Conflict('access-code.isRegistered');
  if (isAnother(code, details)) await refuseDetails(act, details);
  const changes = {
    ...details,
    ...verification,
    notify_email: notifyEmail(act.actor, details),
    // without a request the person is reached at the address that was typed here, right or wrong
    contact_email: code.contact_email === code.email ? details.email : code.contact_email,
    status: 'issued' as const,
    return_note: null,
  };
  return replaceCode(act, code, changes, 'access-code.corrected');
}

/** What wrong tries of a code are counted under. @param identity the IC number's 12 digits, or the address */
export function triesOf(category: Category, identity: string) {
  return `code:${category}:${identity}`;
}

/** Wrong tries of an earlier code say nothing about a new one. */
async function openToAll(trx: Trx, { category, ic_number, email }: AccessCode) {
  await startAnew(trx, triesOf(category, ic_number ?? email ?? ''));
}

async function replaceCode(
  act: Act,
  before: AccessCode,
  changes: Partial<AccessCode>,
  action: 'access-code.resent' | 'access-code.corrected',
): Promise<Issued> {
  const code = newCode(ACCESS_CODE_LENGTH);
  const term = await expiry(act.trx, act.now);
  // once registered, the code follows its request: sending it anew does not cut that short
  const expires_at = before.status === 'registered' && before.expires_at > term ? before.expires_at : term;
  const after = await servingOnce(act, identityFrom({ ...before, ...changes }), () =>
    act.trx
      .updateTable('access_code')
      .set({ ...changes, ...hashCode(code), expires_at })
      .where('id', '=', before.id)
      .returningAll()
      .executeTakeFirstOrThrow(),
  );
  await endApplicantSessions(act.trx, before.id);
  await openToAll(act.trx, after);
  await withdrawSecrets(act.trx, accessCodeItem(before));
  await audit(act, {
    action,
    sop: '4.2',
    item: accessCodeItem(after),
    before: auditFacts(before),
    after: auditFacts(after),
  });
  await fileCode(act, after, 'record.access-code-replaced', { before: auditFacts(before) });
  return {
    id: after.id,
    code: showCode(code),
    mailed: await enqueue(act, codeIssued(after, act.actor, showCode(code))),
  };
}

function auditFacts({
  category,
  full_name,
  ic_number,
  email,
  notify_kind,
  notify_email,
  supervisor_email,
  verified_with,
  verification_note,
  status,
  expires_at,
}: AccessCode) {
  const person = { category, full_name, ic_number, email };
  const notice = { notify_kind, notify_email, supervisor_email };
  return { ...person, ...notice, verified_with, verification_note, status, expires_at };
}

/** SOP 4.2: the code must not be used any more. */
export async function revokeCode(act: Act, id: number, input: { reason: string }) {
  const code = await usableCode(act.trx, act.actor, id);
  if (code.status === 'registered') throw new Conflict('access-code.isRegistered');
  await act.trx.updateTable('access_code').set({ status: 'revoked' }).where('id', '=', id).execute();
  await endApplicantSessions(act.trx, id);
  await withdrawSecrets(act.trx, accessCodeItem(code));
  await audit(act, {
    action: 'access-code.revoked',
    sop: '4.2',
    item: accessCodeItem(code),
    before: { status: code.status },
    after: { status: 'revoked', reason: input.reason },
  });
  const more = { status: 'revoked', reason: input.reason };
  await fileCode(act, code, 'record.access-code-revoked', more);
}

async function usableCode(trx: Trx, actor: Actor, id: number) {
  const code = await findAccessCode(trx, actor, id);
  if (code.status === 'revoked') throw new Conflict('access-code.isRevoked');
  if (code.status === 'activated') throw new Conflict('access-code.isActivated');
  return code;
}

/** Requests that wait for the agency, and codes that applicants returned. */
export async function waitingCounts(db: Db, agencyId: number, now: Date) {
  const requests = await db
    .selectFrom('access_code_request')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('agency_id', '=', agencyId)
    .where('status', '=', 'submitted')
    .executeTakeFirstOrThrow();
  const returned = await db
    .selectFrom('access_code')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('agency_id', '=', agencyId)
    .where('status', '=', 'returned')
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirstOrThrow();
  return { requests: requests.count, returned: returned.count };
}
