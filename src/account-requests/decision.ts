import { type AccessCode, findAccessCode } from '../access-codes/queries.ts';
import { toldOf } from '../access-codes/told.ts';
import { releaseAddresses } from '../addresses/addresses.ts';
import { type Actor, userOf } from '../base/actor.ts';
import { Conflict, RuleBroken } from '../base/errors.ts';
import { DAY, later } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import { identityFrom, refuseSurplus, servingOnce } from '../identities/claim.ts';
import { createMailbox } from '../mailboxes/mailbox.ts';
import { nameKey } from '../officers/name.ts';
import { audit } from '../trail/audit.ts';
import { accountRequestItem, mailboxItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { fileRecord } from '../trail/records.ts';
import { decidedAlready, openRequest } from './account-request.ts';
import { lackingInWords } from './lacking.ts';
import { accountCreated, requestRefused, requestReturned } from './mails.ts';
import { type AccountRequest, findAccountRequest, isComplete } from './queries.ts';

/**
 * SOP 4.6. Approve: the mailbox, the sign-in, the addresses, the record, the audit rows and N6,
 * all or nothing.
 * @param version what the page showed, or null when it did not say
 * @param supervisor the supervisor's address, where it was not known before
 * @returns the addresses mailed, and whom of supervisor and applicant that reached
 * @throws RuleBroken when the package is not complete or it is the administrator's own request; Conflict when it is decided, or is not what was shown
 */
export async function approveRequest(act: Act, id: number, version: number | null, supervisor: string | null = null) {
  const request = await openRequest(act.trx, act.actor, id);
  if (version !== null && version !== request.version) throw new Conflict('account-request.changedMeanwhile');
  if (!isComplete(request)) throw new RuleBroken('account-request.incomplete', { fields: lackingInWords(request) });
  const known = await findAccessCode(act.trx, act.actor, request.access_code_id);
  await refuseOwn(act.trx, act.actor, request, known);
  const code = supervisor === null ? known : await nameSupervisor(act.trx, known, supervisor);
  const mailbox = await servingOnce(act, identityFrom(request), () => createMailbox(act.trx, request, code, act.now));
  await refuseSurplus(act.trx, mailbox);
  await decide(act, request, { status: 'approved', mailbox_id: mailbox.id });
  await giveTerm(act.trx, code.id, act.now);
  const item = mailboxItem(mailbox);
  await audit(act, {
    action: 'account-request.approved',
    sop: '4.6',
    item: accountRequestItem(request),
    after: {
      mailbox_id: mailbox.id,
      primary_email: mailbox.primary_email,
      supervisor_email: code.supervisor_email,
    },
  });
  await audit(act, {
    action: 'mailbox.created',
    sop: '4.6',
    item,
    after: {
      primary_email: mailbox.primary_email,
      login_id: mailbox.login_id,
      package: mailbox.package,
      grade: mailbox.grade,
      storage_mb: mailbox.storage_mb,
    },
  });
  const mailed = await enqueue(act, accountCreated(request, code, act.actor));
  const approved = { ...request, status: 'approved' as const, mailbox_id: mailbox.id };
  await fileCase(act, approved, 'record.account-created', mailed);
  return { mailed, told: toldOf(code) };
}

async function nameSupervisor(trx: Trx, { id }: AccessCode, supervisor_email: string) {
  return trx
    .updateTable('access_code')
    .set({ supervisor_email })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** An administrator's own account is another administrator's to approve. */
async function refuseOwn(trx: Trx, actor: Actor, request: AccountRequest, code: AccessCode) {
  const own = await trx
    .selectFrom('mailbox')
    .select(['ic_number', 'contact_email'])
    .where('user_id', '=', userOf(actor))
    .executeTakeFirst();
  const same = (one: string | null | undefined, other: string | null) => one != null && one === other;
  // before there is a mailbox, nobody's IC number is known: then the name tells, and where the applicant is reached
  const sameName =
    (own?.ic_number == null || request.ic_number === null) &&
    [request.full_name, code.full_name].some((name) => nameKey(name) === nameKey(actor.name));
  const reached = [request.email, code.contact_email, code.notify_kind === 'personal' ? code.notify_email : null];
  if (
    sameName ||
    same(own?.ic_number, request.ic_number) ||
    reached.some((address) => same(own?.contact_email, address) || same(actor.email, address))
  )
    throw new RuleBroken('account-request.own');
}

/** From now on the applicant has the usual time to activate the account with the code. */
async function giveTerm(trx: Trx, codeId: number, now: Date) {
  const { accessCodeDays } = await readSystemSettings(trx);
  await trx
    .updateTable('access_code')
    .set({ expires_at: later(now, accessCodeDays * DAY).toISOString() })
    .where('id', '=', codeId)
    .execute();
}

/** SOP 4.6: back to the applicant with a question (N7); the address stays reserved. Returns the addresses mailed. */
export async function returnRequest(act: Act, id: number, input: { question: string }) {
  const request = await openRequest(act.trx, act.actor, id);
  const code = await findAccessCode(act.trx, act.actor, request.access_code_id);
  await decide(act, request, { status: 'returned', question: input.question });
  await audit(act, {
    action: 'account-request.returned',
    sop: '4.6',
    item: accountRequestItem(request),
    after: { question: input.question },
  });
  return enqueue(act, [requestReturned(request, code, input.question)]);
}

/** SOP 4.6: refused with a reason (N7); the address and login ID are free again. Returns the addresses mailed. */
export async function refuseRequest(act: Act, id: number, input: { reason: string }) {
  const found = await findAccountRequest(act.trx, act.actor, id);
  if (found.status !== 'submitted' && found.status !== 'returned') throw await decidedAlready(act.trx, found);
  const code = await findAccessCode(act.trx, act.actor, found.access_code_id);
  await decide(act, found, { status: 'refused', refusal_reason: input.reason });
  await releaseAddresses(act.trx, 'request', id);
  await act.trx.deleteFrom('login_name').where('account_request_id', '=', id).execute();
  await audit(act, {
    action: 'account-request.refused',
    sop: '4.6',
    item: accountRequestItem(found),
    after: { reason: input.reason },
  });
  const mailed = await enqueue(act, [requestRefused(found, code, input.reason)]);
  const refused = { ...found, status: 'refused' as const, refusal_reason: input.reason };
  await fileCase(act, refused, 'record.account-refused', mailed);
  return mailed;
}

type Outcome =
  | { status: 'approved'; mailbox_id: number }
  | { status: 'returned'; question: string }
  | { status: 'refused'; refusal_reason: string };

/** The condition on the status that was read decides who is first. */
async function decide(act: Act, request: AccountRequest, outcome: Outcome) {
  const { numUpdatedRows } = await act.trx
    .updateTable('account_request')
    .set({ ...outcome, decided_by: userOf(act.actor), decided_at: act.now.toISOString(), version: request.version + 1 })
    .where('id', '=', request.id)
    .where('status', '=', request.status)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n)
    throw await decidedAlready(act.trx, await findAccountRequest(act.trx, act.actor, request.id));
}

/** SOP 6.0: the whole case in one record, from what was asked to what was decided. */
async function fileCase(
  act: Act,
  request: AccountRequest,
  title: 'record.account-created' | 'record.account-refused',
  mailed: string[],
) {
  const code = await act.trx
    .selectFrom('access_code')
    .select(['full_name', 'notify_kind', 'notify_email', 'supervisor_email', 'issued_at'])
    .select(['verified_with', 'verification_note'])
    .where('id', '=', request.access_code_id)
    .executeTakeFirstOrThrow();
  const asked = await act.trx
    .selectFrom('access_code_request')
    .selectAll()
    .where('access_code_id', '=', request.access_code_id)
    .executeTakeFirst();
  const content = {
    account_request: { ...request, decided_at: act.now.toISOString(), decided_by_name: act.actor.name },
    access_code: code,
    access_code_request: asked ?? null,
    mailed,
  };
  await fileRecord(act, { agencyId: request.agency_id, sop: '4.6', title, item: accountRequestItem(request), content });
}
