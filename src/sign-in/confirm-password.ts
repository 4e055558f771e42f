import { type Actor, userOf } from '../base/actor.ts';
import { RuleBroken, WrongTry } from '../base/errors.ts';
import type { Db } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { inspect } from '../web/throttle.ts';
import { matchesInOneTime } from './hashing.ts';
import { ownTry } from './sign-in.ts';

/**
 * Is it the present password? A wrong one counts as a wrong try of the sign-in.
 * @returns the user that it was compared with, for `refuseOther` inside the change
 * @throws RuleBroken beside `current_password`, or TooManyTries
 */
export async function confirmPassword(db: Db, actor: Actor, typed: string, cost: number, now: Date) {
  const user = await db.selectFrom('user').selectAll().where('id', '=', userOf(actor)).executeTakeFirstOrThrow();
  return inspect(db, await ownTry(db, actor, user, now), now, async (forgive) => {
    if (!(await matchesInOneTime(typed, user.password_hash, cost, actor))) throw new WrongTry(...CURRENT_WRONG);
    await forgive();
    return user;
  });
}

/**
 * Disabled or changed while it was being compared: its sessions have ended, and none begins anew here.
 * @throws RuleBroken beside `current_password`
 */
export function refuseOther(present: Row<'user'>, compared: Row<'user'> | null) {
  if (present.status !== 'active' || present.password_hash !== compared?.password_hash)
    throw new RuleBroken(...CURRENT_WRONG);
}

const CURRENT_WRONG = ['password.currentWrong', {}, 'current_password'] as const;
