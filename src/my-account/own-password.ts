import { mailboxItem } from '../mailboxes/mailbox.ts';
import { type Act, type Acting, inAct, refuseRepeat } from '../platform/act.ts';
import type { Actor } from '../platform/actor.ts';
import type { Db } from '../platform/database.ts';
import { RuleBroken, WrongTry } from '../platform/errors.ts';
import { fileRecord } from '../platform/records.ts';
import type { Row } from '../platform/schema.ts';
import { forgive, inspect } from '../platform/throttle.ts';
import { passwordMatches } from '../sign-in/hashing.ts';
import { changePassword, newPasswordHash, userItem } from '../sign-in/password.ts';
import { signInName } from '../sign-in/sign-in.ts';
import { findOwn } from './queries.ts';

type Input = { current_password: string; new_password: string; confirm_password: string };

/**
 * SOP 4.20 steps 2 and 3. A wrong present password counts as a wrong try of the sign-in.
 * @param session the id of the session that goes on; all others end
 * @returns the addresses that were mailed
 * @throws RuleBroken beside a field, or TooManyTries
 */
export async function changeOwnPassword(db: Db, acting: Acting, input: Input, session: string, cost: number) {
  const { actor, now } = acting;
  await refuseRepeat(db, actor);
  const user = await confirmPassword(db, actor, input.current_password, cost, now);
  const person = { loginId: user.login_id, fullName: user.full_name, email: user.email };
  const hash = await newPasswordHash(db, actor, input, person, user.id, cost);
  return inAct(db, acting, async (act) => {
    const present = (await findOwn(act.trx, actor)).user;
    refuseOther(present, user);
    await fileOwnChange(act);
    return changePassword(act, present, hash, session);
  });
}

/**
 * Is it the present password? A wrong one counts as a wrong try of the sign-in.
 * @returns the user that it was compared with, for `refuseOther` inside the change
 * @throws RuleBroken beside `current_password`, or TooManyTries
 */
export async function confirmPassword(db: Db, actor: Actor, typed: string, cost: number, now: Date) {
  const { user } = await findOwn(db, actor);
  const name = signInName(user.id);
  return inspect(db, name, actor.address, now, async () => {
    if (!(await passwordMatches(typed, user.password_hash, cost, actor.address))) throw new WrongTry(...CURRENT_WRONG);
    await forgive(db, name, actor.address);
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

/** SOP 6.0; somebody without an agency has no records. */
async function fileOwnChange(act: Act) {
  const { user, mailbox } = await findOwn(act.trx, act.actor);
  if (user.agency_id === null) return;
  const item = mailbox === null ? userItem(user) : mailboxItem(mailbox);
  const content = { full_name: user.full_name, login_id: user.login_id, changed_by: act.actor.name };
  const title = 'record.own-password-changed';
  await fileRecord(act, { agencyId: user.agency_id, sop: '4.20', title, item, content });
}

const CURRENT_WRONG = ['password.currentWrong', {}, 'current_password'] as const;
