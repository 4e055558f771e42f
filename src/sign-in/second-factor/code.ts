import type { Actor } from '../../base/actor.ts';
import { newCode, readCode, showCode } from '../../base/code.ts';
import { WrongTry } from '../../base/errors.ts';
import { digest } from '../../base/secrets.ts';
import type { Db, Trx } from '../../data/database.ts';
import { inspect } from '../../web/throttle.ts';
import { ownTry } from '../sign-in.ts';
import { authenticatorOf } from './queries.ts';
import { openSecret, readDigits, stepOf } from './totp.ts';

/** What showed that the person has the second factor. */
export type Spent = 'authenticator' | 'recovery-code';

const HOW_MANY = 10;
/** 25 characters of 5 bits: 125. ASVS 5.0, 6.5.2 asks for 112 where the hash is a plain one. */
const LENGTH = 25;
/** Of codes that were made with 75 bits: they are good until they are used or made anew. */
const FORMER_LENGTH = 15;
/** With so few left it is time for new ones. */
export const FEW_CODES = 3;

/**
 * Uses up a code of the app or a recovery code, whichever was typed: each is good once, also when two come together.
 * @throws WrongTry beside `code`
 */
export async function spendCode(trx: Trx, key: Buffer, userId: number, typed: string, now: Date): Promise<Spent> {
  const digits = readDigits(typed);
  const isGood =
    digits === null ? await spendRecoveryCode(trx, userId, typed) : await spendDigits(trx, key, userId, digits, now);
  if (!isGood) throw new WrongTry(digits === null ? 'second-factor.wrongRecovery' : 'second-factor.wrong', {}, 'code');
  return digits === null ? 'recovery-code' : 'authenticator';
}

/** No code of a step that was used, or of one before it, is taken any more: also not when the clock is set back. */
async function spendDigits(trx: Trx, key: Buffer, userId: number, digits: string, now: Date) {
  const row = await authenticatorOf(trx, { id: userId });
  const secret = row === undefined ? null : openSecret(key, userId, row.sealed_secret);
  const step = secret === null ? null : stepOf(secret, digits, now);
  if (step === null) return false;
  const { numUpdatedRows } = await trx
    .updateTable('authenticator')
    .set({ last_used_step: step })
    .where('user_id', '=', userId)
    .where('last_used_step', '<', step)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

async function spendRecoveryCode(trx: Trx, userId: number, typed: string) {
  const code = readCode(typed, [LENGTH, FORMER_LENGTH]);
  if (code === null) return false;
  const { numDeletedRows } = await trx
    .deleteFrom('recovery_code')
    .where('user_id', '=', userId)
    .where('code_hash', '=', hashOf(userId, code))
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** Gives a person recovery codes in place of those there are. @returns them, as they are shown: only hashes are kept */
export async function replaceRecoveryCodes(trx: Trx, userId: number) {
  const codes = Array.from({ length: HOW_MANY }, () => newCode(LENGTH));
  await trx.deleteFrom('recovery_code').where('user_id', '=', userId).execute();
  await trx
    .insertInto('recovery_code')
    .values(codes.map((code) => ({ user_id: userId, code_hash: hashOf(userId, code) })))
    .execute();
  return codes.map(showCode);
}

/** The recovery codes go with the last factor: without one, nothing asks for them. */
export async function forgetCodes(trx: Trx, userId: number) {
  await trx.deleteFrom('recovery_code').where('user_id', '=', userId).execute();
}

/** So many random bits need no slow hash; with the person in it, nobody can look for the codes of all at once. */
const hashOf = (userId: number, code: string) => digest(`recovery code of ${userId}: ${code}`);

/**
 * Has an act carried out that a code is asked for. A wrong one, by which nothing of the act stays, counts as a wrong try
 * of the sign-in; a right one begins the count anew.
 * @param shut what follows when this was the last try before the sign-in is shut
 * @throws TooManyTries, and what `work` throws
 */
export async function tryCode<T>(
  db: Db,
  actor: Actor,
  userId: number,
  now: Date,
  work: () => Promise<T>,
  shut?: () => Promise<void>,
): Promise<T> {
  const user = await db
    .selectFrom('user')
    .select(['id', 'login_id'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  // six digits stand five tries from wherever: nobody comes here who does not know the password
  const tried = { ...(await ownTry(db, actor, user, now)), what: 'code' as const, inner: `second-factor:${user.id}` };
  const look = async (forgive: () => Promise<void>) => {
    const result = await work();
    await forgive();
    return result;
  };
  return inspect(db, tried, now, look, shut);
}
