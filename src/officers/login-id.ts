import { RuleBroken } from '../base/errors.ts';
import { type Db, isTaken, type Trx } from '../data/database.ts';

/** 3 to 20 characters, the limit of a Windows sAMAccountName; no dot at its end (Windows drops it). */
export const LOGIN_ID = /^[a-z0-9._-]{2,19}[a-z0-9_-]$/i;

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
