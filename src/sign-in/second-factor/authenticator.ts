import { type Actor, userOf } from '../../base/actor.ts';
import { Conflict, NotFound, RuleBroken } from '../../base/errors.ts';
import { type Act, type Acting, inAct, refuseRepeat } from '../../data/act.ts';
import type { Db, Trx } from '../../data/database.ts';
import type { Row } from '../../data/schema.ts';
import { audit } from '../../trail/audit.ts';
import { userItem } from '../../trail/items.ts';
import { enqueue } from '../../trail/outbox.ts';
import { endSessions } from '../../web/session.ts';
import { forgive, inspect } from '../../web/throttle.ts';
import { confirmPassword, refuseOther } from '../confirm-password.ts';
import { signInName } from '../sign-in.ts';
import { replaceRecoveryCodes, type Spent, spendCode } from './code.ts';
import { type Notice, noticeMails } from './mails.ts';
import { activeUserOf, countCodes } from './queries.ts';
import { hasSecondFactor, mustHaveSecondFactor, readRequirement } from './standing.ts';
import { offeredSecret, readDigits, sealSecret, stepOf } from './totp.ts';

/** The key that seals the secrets, and the session in which the person acts. */
export type Own = { key: Buffer; sessionId: string };

/**
 * Sets up the second factor with the secret that this session was offered. Asks for the password: somebody at an open screen
 * could shut the person out with a phone of their own. Every other session ends: those who are in there have shown no code.
 * @returns the recovery codes, which are kept nowhere, and the addresses that were mailed
 * @throws RuleBroken beside a field, TooManyTries, or Conflict when there is one already
 */
export async function setUp(
  db: Db,
  own: Own,
  acting: Acting,
  input: { code: string; current_password: string },
  cost: number,
) {
  const { actor, now } = acting;
  await refuseRepeat(db, actor);
  const compared = await confirmPassword(db, actor, input.current_password, cost, now);
  const offered = checkFirstCode(own, actor, input.code, 'code', now);
  return inAct(db, acting, async (act) => {
    const user = await self(act.trx, actor);
    refuseOther(user, compared);
    const { numInsertedOrUpdatedRows } = await act.trx
      .insertInto('authenticator')
      .values({ user_id: user.id, ...offered, set_up_at: now.toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n) throw new Conflict('second-factor.isSetUp');
    await endSessions(act.trx, user.id, own.sessionId);
    const codes = await replaceRecoveryCodes(act.trx, user.id);
    return { codes, mailed: await tell(act, user, 'second-factor-set-up') };
  });
}

/**
 * The person goes on with another phone: asks for a code of the present one, or a recovery code, and the first of the new.
 * The recovery codes stay; every other session ends.
 * @returns the addresses that were mailed
 * @throws RuleBroken beside a field, or TooManyTries
 */
export async function replace(db: Db, own: Own, acting: Acting, input: { code: string; new_code: string }) {
  const offered = checkFirstCode(own, acting.actor, input.new_code, 'new_code', acting.now);
  return withCode(db, own.key, acting, input.code, async (act, user, spent) => {
    if (spent === 'recovery-code') await recoveryCodeUsed(act, user);
    await act.trx
      .updateTable('authenticator')
      .set({ ...offered, set_up_at: act.now.toISOString() })
      .where('user_id', '=', user.id)
      .execute();
    await endSessions(act.trx, user.id, own.sessionId);
    return tell(act, user, 'second-factor-replaced');
  });
}

/** New recovery codes in place of those there are. @throws RuleBroken beside `code`, or TooManyTries */
export async function makeRecoveryCodes(db: Db, own: Own, acting: Acting, input: { code: string }) {
  return withCode(db, own.key, acting, input.code, async (act, user) => {
    const codes = await replaceRecoveryCodes(act.trx, user.id);
    return { codes, mailed: await tell(act, user, 'recovery-codes-made') };
  });
}

/**
 * Turns the second factor off, where the person may do without. Asks for a code: the password alone, which somebody may
 * have found out, must not take away what guards against that.
 * @returns the addresses that were mailed
 * @throws RuleBroken, or TooManyTries
 */
export async function turnOff(db: Db, own: Own, acting: Acting, input: { code: string }) {
  return withCode(db, own.key, acting, input.code, async (act, user) => {
    if (mustHaveSecondFactor(await readRequirement(act.trx), user.role)) throw new RuleBroken('second-factor.mustStay');
    await act.trx.deleteFrom('authenticator').where('user_id', '=', user.id).execute();
    await endSessions(act.trx, user.id, own.sessionId);
    return tell(act, user, 'second-factor-turned-off');
  });
}

/** The first code of an app shows that it has taken the secret; that code is used up by it. */
function checkFirstCode({ key, sessionId }: Own, actor: Actor, typed: string, field: 'code' | 'new_code', now: Date) {
  const userId = userOf(actor);
  const secret = offeredSecret(key, userId, sessionId);
  const digits = readDigits(typed);
  const step = digits === null ? null : stepOf(secret, digits, now);
  if (step === null) throw new RuleBroken('second-factor.firstWrong', {}, field);
  return { sealed_secret: sealSecret(key, userId, secret), last_used_step: step };
}

/** Carries out what a code of the second factor is asked for; a wrong one counts as a wrong try of the sign-in. */
async function withCode<T>(
  db: Db,
  key: Buffer,
  acting: Acting,
  typed: string,
  work: (act: Act, user: Row<'user'>, spent: Spent) => Promise<T>,
): Promise<T> {
  const { actor, now } = acting;
  await refuseRepeat(db, actor);
  if (!(await hasSecondFactor(db, userOf(actor)))) throw new Conflict('second-factor.isOff');
  const name = signInName(userOf(actor));
  return inspect(db, name, actor.address, now, async () => {
    const result = await inAct(db, acting, async (act) => {
      const user = await self(act.trx, actor);
      const spent = await spendCode(act.trx, key, user.id, typed, now);
      return work(act, user, spent);
    });
    await forgive(db, name, actor.address);
    return result;
  });
}

/** Writes down, and tells the person, that a recovery code was used. @returns how many are left */
export async function recoveryCodeUsed(act: Act, user: Row<'user'>) {
  const left = await countCodes(act.trx, user.id);
  await tell(act, user, 'recovery-code-used', left);
  return left;
}

async function tell(act: Act, user: Row<'user'>, notice: Notice, left?: number) {
  const after = left === undefined ? {} : { after: { recovery_codes_left: left } };
  await audit(act, { action: `user.${notice}`, sop: '4.20', item: userItem(user), ...after });
  return enqueue(act, noticeMails(user, notice, act.now, left === undefined ? {} : { left }));
}

async function self(trx: Trx, actor: Actor) {
  const user = await activeUserOf(trx, userOf(actor));
  if (user === undefined) throw new NotFound();
  return user;
}
