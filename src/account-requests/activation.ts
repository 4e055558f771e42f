import { ownCode } from '../access-codes/applicant.ts';
import type { Actor } from '../base/actor.ts';
import { Conflict } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import { type NewPassword, storePassword } from '../sign-in/password.ts';
import { audit } from '../trail/audit.ts';
import { accessCodeItem, userItem } from '../trail/items.ts';
import { endApplicantSessions } from '../web/session.ts';
import { ownRequest } from './queries.ts';

/**
 * The sign-in that an applicant may activate now.
 * @throws Conflict before the request is approved, or when it has a password already
 */
export async function awaitingActivation(db: Db | Trx, actor: Actor) {
  const request = await ownRequest(db, actor);
  if (request?.status !== 'approved') throw new Conflict('register.notNow');
  return withoutPassword(db, request.mailbox_id);
}

/** Once there is a password, by a link that an officer handed over, the code sets no other. @throws Conflict */
async function withoutPassword(db: Db | Trx, mailboxId: number | null) {
  const user = await db
    .selectFrom('user')
    .innerJoin('mailbox', 'mailbox.user_id', 'user.id')
    .selectAll('user')
    .where('mailbox.id', '=', mailboxId)
    .where('user.status', '=', 'active')
    .where('user.password_hash', 'is', null)
    .executeTakeFirst();
  if (user === undefined) throw new Conflict('register.notNow');
  return user;
}

/**
 * The end of SOP 4.6: the applicant sets the first password, and that spends the code.
 * @returns the login ID
 * @throws Conflict when it is set already
 */
export async function activateAccount(act: Act, password: NewPassword) {
  const user = await awaitingActivation(act.trx, act.actor);
  const code = await ownCode(act.trx, act.actor);
  const { numUpdatedRows } = await act.trx
    .updateTable('access_code')
    .set({ status: 'activated' })
    .where('id', '=', code.id)
    .where('status', '=', 'registered')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Conflict('register.notNow');
  await storePassword(act.trx, user.id, password, act.now);
  await endApplicantSessions(act.trx, code.id);
  await audit(act, {
    action: 'access-code.activated',
    sop: '4.6',
    item: accessCodeItem(code),
    before: { status: code.status },
    after: { status: 'activated' },
  });
  await audit(act, { action: 'user.activated', sop: '4.6', item: userItem(user) });
  return user.login_id;
}
