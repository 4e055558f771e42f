import { sql } from 'kysely';
import { NotFound } from '../base/errors.ts';
import { digest } from '../base/secrets.ts';
import type { Act } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { audit } from '../trail/audit.ts';
import { userItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { countForgotten, unlock } from '../web/throttle.ts';
import { changePassword, type NewPassword } from './password.ts';
import { hasMailbox } from './queries.ts';
import { hasSecondFactor } from './second-factor/queries.ts';
import { makeLink, resetMail, signInName, userByLogin } from './sign-in.ts';

/**
 * SOP 4.20: a forgotten password. Mails a link to the recovery address, or asks the administrators; the page says the same in every case.
 */
export async function forgotPassword(act: Act, input: { login: string }) {
  // Also for nobody: a form that is sent twice, or too often, must not be answered otherwise for those who exist.
  await countForgotten(act.trx, signInName(input.login), act.actor.address, act.now);
  const user = await userByLogin(act.trx, input.login);
  if (user?.status !== 'active') return;
  const address = user.recovery_email ?? ((await mustBeAsked(act.trx, user)) ? null : user.email);
  if (address === null) await askAdministrators(act.trx, user, act.now);
  else await enqueue(act, [resetMail(user, address, await makeLink(act.trx, 'reset', user.id, act.now))]);
  await audit(act, { action: 'user.forgot-password', sop: '4.20', item: userItem(user) });
}

/**
 * Can the person's own address be read only with the password that was forgotten? So it is with a mailbox of 1GovUC.
 * And who has set none yet has an invitation, which nobody else may end by asking here.
 */
async function mustBeAsked(trx: Trx, user: Row<'user'>) {
  if (await readsMail(trx, user)) return false;
  return user.role === 'user' || user.password_hash === null || hasMailbox(trx, user);
}

/** Was the mailbox there before IPMS? Its person reads it with the password that the directory has, and has none here yet. */
async function readsMail(trx: Trx, user: Row<'user'>) {
  if (user.password_hash !== null) return false;
  const adopted = await trx
    .selectFrom('mailbox')
    .innerJoin('directory_object as object', (join) =>
      join.on(sql<boolean>`object.item_type = 'mailbox' and object.item_id = +mailbox.id`),
    )
    .select('mailbox.id')
    .where('mailbox.user_id', '=', user.id)
    .where('mailbox.status', '=', 'active')
    .where('object.adopted', 'is not', null)
    .where('object.password_at', 'is not', null)
    .executeTakeFirst();
  return adopted !== undefined;
}

async function askAdministrators(trx: Trx, user: Row<'user'>, now: Date) {
  await trx
    .insertInto('password_request')
    .values({ user_id: user.id, agency_id: user.agency_id, requested_at: now.toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The person whom a one-time link is for. @throws NotFound when it is unknown, used or too old */
export async function linkOwner(db: Db, token: string, now: Date) {
  const row = await db
    .selectFrom('one_time_link')
    .innerJoin('user', 'user.id', 'one_time_link.user_id')
    .selectAll('user')
    .where('token_hash', '=', digest(token))
    .where('expires_at', '>', now.toISOString())
    .where('user.status', '=', 'active')
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/**
 * Sets a password by a one-time link: an act of whom the link is for.
 * @throws NotFound when it was used meanwhile
 */
export async function resetPassword(act: Act, token: string, user: Row<'user'>, password: NewPassword) {
  const { numDeletedRows } = await act.trx
    .deleteFrom('one_time_link')
    .where('token_hash', '=', digest(token))
    .executeTakeFirstOrThrow();
  if (numDeletedRows === 0n) throw new NotFound();
  // wrong codes stay counted: a link to a mailbox is no second factor
  if (!(await hasSecondFactor(act.trx, user))) await unlock(act.trx, user.id, signInName(user.login_id), act.now);
  await changePassword(act, user, password);
}
