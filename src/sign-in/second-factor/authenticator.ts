import { type Actor, userOf } from '../../base/actor.ts';
import { Conflict, NotFound, RuleBroken } from '../../base/errors.ts';
import type { Act } from '../../data/act.ts';
import type { Row } from '../../data/schema.ts';
import { audit } from '../../trail/audit.ts';
import { userItem } from '../../trail/items.ts';
import { enqueue } from '../../trail/outbox.ts';
import { endSessions } from '../../web/session.ts';
import { refuseOther } from '../confirm-password.ts';
import { forgetCodes, replaceRecoveryCodes, spendCode } from './code.ts';
import { type Notice, noticeMails } from './mails.ts';
import { activeUserOf, countCodes, hasPasskey } from './queries.ts';
import { mustHaveSecondFactor, readRequirement } from './requirement.ts';
import { offeredSecret, readDigits, sealSecret, stepOf } from './totp.ts';

/**
 * The key that seals the secrets, the session in which the person acts, and when the code came: it is not judged later
 * because it had to wait for others.
 */
export type Own = { key: Buffer; sessionId: string; came: Date };

/** A secret that was shown to be in an app: sealed, with the step of the code that showed it. */
export type Offered = Pick<Row<'authenticator'>, 'sealed_secret' | 'last_used_step'>;

/**
 * The first code of an app shows that it has taken the secret that this session was offered; that code is used up by it.
 * @throws RuleBroken beside `field`
 */
export function checkFirstCode({ key, sessionId, came }: Own, actor: Actor, typed: string, field: 'code' | 'new_code') {
  const userId = userOf(actor);
  const secret = offeredSecret(key, userId, sessionId);
  const digits = readDigits(typed);
  const step = digits === null ? null : stepOf(secret, digits, came);
  if (step === null) throw new RuleBroken('second-factor.firstWrong', {}, field);
  return { sealed_secret: sealSecret(key, userId, secret), last_used_step: step } satisfies Offered;
}

/**
 * Sets up the second factor. Asks for the password: somebody at an open screen could shut the person out with a phone of
 * their own. Every other session ends: those who are in there have shown no code.
 * @param compared whose password was right
 * @returns the recovery codes, which are kept nowhere, and the addresses that were mailed
 * @throws RuleBroken beside `current_password`, or Conflict when there is one already
 */
export async function setUp(act: Act, own: Own, offered: Offered, compared: Row<'user'>) {
  const user = await self(act);
  refuseOther(user, compared);
  const { numInsertedOrUpdatedRows } = await act.trx
    .insertInto('authenticator')
    .values({ user_id: user.id, ...offered, set_up_at: act.now.toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n) throw new Conflict('second-factor.isSetUp');
  await endSessions(act.trx, user.id, own.sessionId);
  const codes = await replaceRecoveryCodes(act.trx, user.id);
  return { codes, mailed: await tell(act, user, 'second-factor-set-up') };
}

/**
 * The person goes on with another phone: asks for a code of the present one, or a recovery code, and the first of the new.
 * The recovery codes stay; every other session ends.
 * @returns the addresses that were mailed
 * @throws WrongTry beside `code`
 */
export async function replace(act: Act, own: Own, offered: Offered, code: string) {
  const user = await self(act);
  const spent = await spendCode(act.trx, own.key, user.id, code, own.came);
  if (spent === 'recovery-code') await recoveryCodeUsed(act, user);
  await act.trx
    .updateTable('authenticator')
    .set({ ...offered, set_up_at: act.now.toISOString() })
    .where('user_id', '=', user.id)
    .execute();
  await endSessions(act.trx, user.id, own.sessionId);
  return tell(act, user, 'second-factor-replaced');
}

/**
 * New recovery codes in place of those there are.
 * @param code null for whoever has no app and has shown a passkey just now
 * @throws WrongTry beside `code`
 */
export async function makeRecoveryCodes(act: Act, own: Own, code: string | null) {
  const user = await self(act);
  if (code !== null) await spendCode(act.trx, own.key, user.id, code, own.came);
  const codes = await replaceRecoveryCodes(act.trx, user.id);
  return { codes, mailed: await tell(act, user, 'recovery-codes-made') };
}

/**
 * Turns the second factor off, where the person may do without. Asks for a code: the password alone, which somebody may
 * have found out, must not take away what guards against that.
 * @returns the addresses that were mailed
 * @throws RuleBroken, or WrongTry beside `code`
 */
export async function turnOff(act: Act, own: Own, code: string) {
  const user = await self(act);
  await spendCode(act.trx, own.key, user.id, code, own.came);
  const staysGuarded = await hasPasskey(act.trx, user);
  if (!staysGuarded && mustHaveSecondFactor(await readRequirement(act.trx), user.role))
    throw new RuleBroken('second-factor.mustStay');
  await act.trx.deleteFrom('authenticator').where('user_id', '=', user.id).execute();
  if (!staysGuarded) await forgetCodes(act.trx, user.id);
  await endSessions(act.trx, user.id, own.sessionId);
  return tell(act, user, 'second-factor-turned-off');
}

/** Writes down, and tells the person, that a recovery code was used. @returns how many are left, and the addresses that were mailed */
export async function recoveryCodeUsed(act: Act, user: Row<'user'>) {
  const left = await countCodes(act.trx, user);
  return { left, mailed: await tell(act, user, 'recovery-code-used', left) };
}

async function tell(act: Act, user: Row<'user'>, notice: Notice, left?: number) {
  const after = left === undefined ? {} : { after: { recovery_codes_left: left } };
  await audit(act, { action: `user.${notice}`, sop: '4.20', item: userItem(user), ...after });
  return enqueue(act, noticeMails(user, notice, act.now, left === undefined ? {} : { left }));
}

async function self({ trx, actor }: Act) {
  const user = await activeUserOf(trx, { id: userOf(actor) });
  if (user === undefined) throw new NotFound();
  return user;
}
