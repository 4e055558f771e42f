import type { Actor } from '../platform/actor.ts';
import { change, refuseRepeat } from '../platform/change.ts';
import type { Db } from '../platform/database.ts';
import { RuleBroken } from '../platform/errors.ts';
import { countTry, forgive } from '../platform/throttle.ts';
import { passwordMatches } from '../sign-in/hashing.ts';
import { changePassword, newPasswordHash } from '../sign-in/password.ts';
import { signInName } from '../sign-in/sign-in.ts';
import { findOwn } from './queries.ts';

type Input = { current_password: string; new_password: string; confirm_password: string };

/**
 * SOP 4.20 steps 2 and 3. A wrong present password counts as a wrong try of the sign-in.
 * @param session the id of the session that goes on; all others end
 * @returns the addresses that were mailed
 * @throws RuleBroken beside a field, or TooManyTries
 */
export async function changeOwnPassword(db: Db, actor: Actor, input: Input, session: string, cost: number, now: Date) {
  await refuseRepeat(db, actor);
  const { user } = await findOwn(db, actor);
  const name = signInName(user.id);
  await countTry(db, name, actor.address, now);
  if (!(await passwordMatches(input.current_password, user.password_hash, cost))) throw wrongPassword();
  await forgive(db, name, actor.address);
  const person = { loginId: user.login_id, fullName: user.full_name, email: user.email };
  const hash = await newPasswordHash(db, input, person, user.id, cost);
  return change(db, actor, now, async (trx) => {
    const present = (await findOwn(trx, actor)).user;
    // disabled or changed while it was being compared: its sessions have ended, and none begins anew here
    if (present.status !== 'active' || present.password_hash !== user.password_hash) throw wrongPassword();
    return changePassword(trx, actor, present, hash, now, session);
  });
}

const wrongPassword = () => new RuleBroken('password.currentWrong', {}, 'current_password');
