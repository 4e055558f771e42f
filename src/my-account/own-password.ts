import type { Act } from '../data/act.ts';
import type { Row } from '../data/schema.ts';
import { refuseOther } from '../sign-in/confirm-password.ts';
import { changePassword, type NewPassword } from '../sign-in/password.ts';
import { mailboxItem, userItem } from '../trail/items.ts';
import { fileRecord } from '../trail/records.ts';
import { findOwn } from './queries.ts';

/**
 * SOP 4.20 steps 2 and 3.
 * @param compared whose present password was right
 * @param session the id of the session that goes on; all others end
 * @returns the addresses that were mailed
 * @throws RuleBroken beside `current_password` when it was changed meanwhile
 */
export async function changeOwnPassword(act: Act, compared: Row<'user'>, password: NewPassword, session: string) {
  const present = (await findOwn(act.trx, act.actor)).user;
  refuseOther(present, compared);
  await fileOwnChange(act);
  return changePassword(act, present, password, session);
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
