import { type AccessCode, findAccessCode } from '../access-codes/access-code.ts';
import { toldOf } from '../access-codes/told.ts';
import { identityFrom, refuseSurplus, servingOnce } from '../identities/claim.ts';
import { createMailbox, mailboxItem } from '../mailboxes/mailbox.ts';
import { nameKey } from '../people/name.ts';
import { type Actor, userOf } from '../platform/actor.ts';
import { releaseAddresses } from '../platform/addresses.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { enqueueDirectoryJob } from '../platform/directory.ts';
import { Conflict, RuleBroken } from '../platform/errors.ts';
import { enqueue } from '../platform/outbox.ts';
import { fileRecord } from '../platform/records.ts';
import { readSystemSettings } from '../platform/system-settings.ts';
import { DAY, later } from '../platform/time.ts';
import { decidedAlready, openRequest, requestItem } from './account-request.ts';
import { isComplete } from './allocation.ts';
import { accountCreated, requestRefused, requestReturned } from './mails.ts';
import { type AccountRequest, findAccountRequest } from './queries.ts';

/**
 * SOP 4.6. Approve: the mailbox, the sign-in, the addresses, the record, the audit rows, N6 and the directory's work,
 * all or nothing.
 * @param version what the page showed, or null when it did not say
 * @param supervisor the supervisor's address, where it was not known before
 * @returns the addresses mailed, and whom of supervisor and applicant that reached
 * @throws RuleBroken when the package is not complete or it is the administrator's own request; Conflict when it is decided, or is not what was shown
 */
export async function approveRequest(
  db: Db,
  actor: Actor,
  id: number,
  version: number | null,
  now: Date,
  supervisor: string | null = null,
) {
  return change(db, actor, now, async (trx) => {
    const request = await openRequest(trx, actor, id);
    if (version !== null && version !== request.version) throw new Conflict('account-request.changedMeanwhile');
    if (!isComplete(request)) throw new RuleBroken('account-request.incomplete');
    const known = await findAccessCode(trx, actor, request.access_code_id);
    await refuseOwn(trx, actor, request, known);
    const code = supervisor === null ? known : await nameSupervisor(trx, known, supervisor);
    const mailbox = await servingOnce(trx, actor, identityFrom(request), now, () =>
      createMailbox(trx, request, code, now),
    );
    await refuseSurplus(trx, 'mailbox', mailbox.id);
    await decide(trx, actor, request, { status: 'approved', mailbox_id: mailbox.id }, now);
    await giveTerm(trx, code.id, now);
    const item = mailboxItem(mailbox);
    await record(
      trx,
      actor,
      {
        action: 'account-request.approved',
        sop: '4.6',
        item: requestItem(request),
        after: {
          mailbox_id: mailbox.id,
          primary_email: mailbox.primary_email,
          supervisor_email: code.supervisor_email,
        },
      },
      now,
    );
    await record(
      trx,
      actor,
      {
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
      },
      now,
    );
    await enqueueDirectoryJob(trx, actor, 'create', item, now);
    const mailed = await enqueue(trx, actor, accountCreated(request, code, actor), now);
    const approved = { ...request, status: 'approved' as const, mailbox_id: mailbox.id };
    await fileCase(trx, actor, approved, 'record.account-created', mailed, now);
    return { mailed, told: toldOf(code) };
  });
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
export async function returnRequest(db: Db, actor: Actor, id: number, input: { question: string }, now: Date) {
  return change(db, actor, now, async (trx) => {
    const request = await openRequest(trx, actor, id);
    const code = await findAccessCode(trx, actor, request.access_code_id);
    await decide(trx, actor, request, { status: 'returned', question: input.question }, now);
    await record(
      trx,
      actor,
      {
        action: 'account-request.returned',
        sop: '4.6',
        item: requestItem(request),
        after: { question: input.question },
      },
      now,
    );
    return enqueue(trx, actor, [requestReturned(request, code, input.question)], now);
  });
}

/** SOP 4.6: refused with a reason (N7); the address and login ID are free again. Returns the addresses mailed. */
export async function refuseRequest(db: Db, actor: Actor, id: number, input: { reason: string }, now: Date) {
  return change(db, actor, now, async (trx) => {
    const found = await findAccountRequest(trx, actor, id);
    if (found.status !== 'submitted' && found.status !== 'returned') throw await decidedAlready(trx, found);
    const code = await findAccessCode(trx, actor, found.access_code_id);
    await decide(trx, actor, found, { status: 'refused', refusal_reason: input.reason }, now);
    await releaseAddresses(trx, 'request', id);
    await trx.deleteFrom('login_name').where('account_request_id', '=', id).execute();
    await record(
      trx,
      actor,
      { action: 'account-request.refused', sop: '4.6', item: requestItem(found), after: { reason: input.reason } },
      now,
    );
    const mailed = await enqueue(trx, actor, [requestRefused(found, code, input.reason)], now);
    const refused = { ...found, status: 'refused' as const, refusal_reason: input.reason };
    await fileCase(trx, actor, refused, 'record.account-refused', mailed, now);
    return mailed;
  });
}

type Outcome =
  | { status: 'approved'; mailbox_id: number }
  | { status: 'returned'; question: string }
  | { status: 'refused'; refusal_reason: string };

/** The condition on the status that was read decides who is first. */
async function decide(trx: Trx, actor: Actor, request: AccountRequest, outcome: Outcome, now: Date) {
  const { numUpdatedRows } = await trx
    .updateTable('account_request')
    .set({ ...outcome, decided_by: userOf(actor), decided_at: now.toISOString(), version: request.version + 1 })
    .where('id', '=', request.id)
    .where('status', '=', request.status)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw await decidedAlready(trx, await findAccountRequest(trx, actor, request.id));
}

/** SOP 6.0: the whole case in one record, from what was asked to what was decided. */
async function fileCase(
  trx: Trx,
  actor: Actor,
  request: AccountRequest,
  title: 'record.account-created' | 'record.account-refused',
  mailed: string[],
  now: Date,
) {
  const code = await trx
    .selectFrom('access_code')
    .select(['full_name', 'notify_kind', 'notify_email', 'supervisor_email', 'issued_at'])
    .where('id', '=', request.access_code_id)
    .executeTakeFirstOrThrow();
  const asked = await trx
    .selectFrom('access_code_request')
    .selectAll()
    .where('access_code_id', '=', request.access_code_id)
    .executeTakeFirst();
  const content = {
    account_request: { ...request, decided_at: now.toISOString(), decided_by_name: actor.name },
    access_code: code,
    access_code_request: asked ?? null,
    mailed,
  };
  await fileRecord(
    trx,
    actor,
    { agencyId: request.agency_id, sop: '4.6', title, item: requestItem(request), content },
    now,
  );
}
