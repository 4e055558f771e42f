import type { AccessCode } from '../access-codes/queries.ts';
import type { AccountRequest, CompleteAllocation } from '../account-requests/queries.ts';
import { byChunks } from '../base/chunks.ts';
import { RuleBroken } from '../base/errors.ts';
import { isTaken, type Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { detailsOf } from '../officers/details.ts';
import type { Mailbox } from './queries.ts';

/**
 * SOP 4.6 step 2: the mailbox and the sign-in of an approved request; its address and login ID, reserved so far, are now theirs.
 * The sign-in has no password until the applicant sets one.
 */
export async function createMailbox(
  trx: Trx,
  request: AccountRequest & CompleteAllocation,
  code: AccessCode,
  now: Date,
): Promise<Mailbox> {
  const { agency_id, login_id, primary_email: email, full_name } = request;
  const signIn = { agency_id, login_id, email, full_name, recovery_email: provenAddress(code) };
  const user = await createSignIn(trx, signIn, now);
  const mailbox = await trx
    .insertInto('mailbox')
    .values({
      ...detailsOf(request),
      agency_id: request.agency_id,
      user_id: user.id,
      account_request_id: request.id,
      category: request.category,
      display_name: request.full_name,
      full_name: request.full_name,
      primary_email: request.primary_email,
      login_id: request.login_id,
      ic_number: request.ic_number,
      contact_email: personalAddress(code),
      supervisor_email: code.supervisor_email,
      package: request.package,
      grade: request.grade ?? '',
      storage_mb: request.storage_mb,
      services: request.services,
      service_type: request.service_type,
      created_at: now.toISOString(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('address')
    .set({ kind: 'mailbox', item_id: mailbox.id })
    .where('kind', '=', 'request')
    .where('item_id', '=', request.id)
    .execute();
  await trx
    .updateTable('login_name')
    .set({ user_id: user.id, account_request_id: null })
    .where('account_request_id', '=', request.id)
    .execute();
  return mailbox;
}

type NewSignIn = Pick<Row<'user'>, 'agency_id' | 'login_id' | 'email' | 'full_name' | 'recovery_email'>;

/** The sign-in of a new mailbox, which nobody can use until it has a password. @throws RuleBroken when it is somebody's already */
export async function createSignIn(trx: Trx, signIn: NewSignIn, now: Date) {
  try {
    return await trx
      .insertInto('user')
      .values({ ...signIn, role: 'user', created_at: now.toISOString() })
      .returning('id')
      .executeTakeFirstOrThrow();
  } catch (error) {
    if (isTaken(error, 'user.')) throw new RuleBroken('account-request.signInTaken', { email: signIn.email });
    throw error;
  }
}

/**
 * An address that opens the sign-in when the password is forgotten: the code itself went there, or was used with it.
 * What somebody wrote into a request for an access code (SOP 4.1) as the address to reach them proves nothing.
 */
function provenAddress(code: AccessCode) {
  return code.email ?? (code.notify_kind === 'personal' ? code.notify_email : null);
}

/** An address of the person's own, outside of the mailbox. */
function personalAddress(code: AccessCode) {
  return code.contact_email ?? code.email ?? (code.notify_kind === 'personal' ? code.notify_email : null);
}

/**
 * SOP 4.9 steps 7 and 8, SOP 4.10 step 4: from whom the mailbox takes mail. With `all` the list is emptied.
 * @param senders addresses in their one spelling; whether they may be listed is the caller's to check
 */
export async function setAcceptFrom(
  trx: Trx,
  mailbox: Pick<Mailbox, 'id'>,
  acceptFrom: Mailbox['accept_from'],
  senders: string[],
) {
  await trx
    .updateTable('mailbox')
    .set((eb) => ({ accept_from: acceptFrom, version: eb('version', '+', 1) }))
    .where('id', '=', mailbox.id)
    .execute();
  await trx.deleteFrom('accepted_sender').where('mailbox_id', '=', mailbox.id).execute();
  const listed = acceptFrom === 'listed' ? [...new Set(senders)] : [];
  for (const chunk of byChunks(listed))
    await trx
      .insertInto('accepted_sender')
      .values(chunk.map((address) => ({ mailbox_id: mailbox.id, address })))
      .execute();
}
