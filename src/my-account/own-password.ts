import { type Act, type Acting, inAct, refuseRepeat } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import { confirmPassword, refuseOther } from '../sign-in/confirm-password.ts';
import { changePassword, newPasswordHash } from '../sign-in/password.ts';
import { mailboxItem, userItem } from '../trail/items.ts';
import { fileRecord } from '../trail/records.ts';
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

/** SOP 6.0; somebody without an agency has no records. */
async function fileOwnChange(act: Act) {
  const { user, mailbox } = await findOwn(act.trx, act.actor);
  if (user.agency_id === null) return;
  const item = mailbox === null ? userItem(user) : mailboxItem(mailbox);
  const content = { full_name: user.full_name, login_id: user.login_id, changed_by: act.actor.name };
  const title = 'record.own-password-changed';
  await fileRecord(act, { agencyId: user.agency_id, sop: '4.20', title, item, content });
}
