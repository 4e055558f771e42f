import { RuleBroken } from '../base/errors.ts';
import { type Db, isTaken, type Trx } from '../data/database.ts';
import { text } from '../forms/fields.ts';
import type { Field } from '../forms/form.ts';

/** 3 to 20 characters, the limit of a Windows sAMAccountName; no dot at its end (Windows drops it). */
export const LOGIN_ID = /^[a-z0-9._-]{2,19}[a-z0-9_-]$/i;

/** The field for a login ID, which is read in its one spelling, in lower case. */
export function loginId(options: { optional?: boolean; autocomplete?: 'username' } = {}): Field<string> {
  const field = text({
    label: 'field.login_id',
    hint: 'field.login_id.hint',
    max: 20,
    autocomplete: 'off',
    reading: 'address',
    pattern: LOGIN_ID,
    wrong: 'login-id.wrong',
    ...options,
  });
  return { ...field, read: (typed) => field.read(typed).toLowerCase() };
}

/**
 * Reserves a login ID for a request, in the one registry of sign-in names.
 * @throws RuleBroken beside `login_id` when it is taken
 */
export async function reserveLoginId(trx: Trx, loginId: string, accountRequestId: number) {
  try {
    await trx
      .insertInto('login_name')
      .values({ login_id: loginId, account_request_id: accountRequestId, user_id: null })
      .execute();
  } catch (error) {
    if (isTaken(error, 'login_name.login_id')) throw new RuleBroken('login-id.taken', { login: loginId }, 'login_id');
    throw error;
  }
}

/** Of these login IDs, the first that nobody has. */
export async function freeLoginId(db: Db | Trx, wanted: string[]) {
  if (wanted.length === 0) return undefined;
  const taken = await db.selectFrom('login_name').select('login_id').where('login_id', 'in', wanted).execute();
  const set = new Set(taken.map((row) => row.login_id));
  return wanted.find((loginId) => !set.has(loginId));
}

/**
 * Has anybody else the login ID, or had it once?
 * @param userId whose it may be; of somebody who has no sign-in yet it is nobody's
 * @throws RuleBroken beside `login_id`
 */
export async function refuseTakenLoginId(db: Db | Trx, loginId: string, userId?: number) {
  const held = await db.selectFrom('login_name').select('user_id').where('login_id', '=', loginId).executeTakeFirst();
  if (held !== undefined && (userId === undefined || held.user_id !== userId))
    throw new RuleBroken('login-id.taken', { login: loginId }, 'login_id');
}

/**
 * Enters a further login ID of somebody into the registry. The former one stays theirs: nobody else gets it, and they may
 * have it back.
 * @throws RuleBroken beside `login_id` when it is somebody else's
 */
export async function takeLoginId(trx: Trx, loginId: string, userId: number) {
  await trx
    .insertInto('login_name')
    .values({ login_id: loginId, account_request_id: null, user_id: userId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await refuseTakenLoginId(trx, loginId, userId);
}
