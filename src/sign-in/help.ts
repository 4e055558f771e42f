import type { Actor } from '../base/actor.ts';
import { RuleBroken } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { audit } from '../trail/audit.ts';
import { userItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { answerHelpRequest } from './password.ts';
import { findToHelp, hasMailbox } from './queries.ts';
import { endLinks, linkMadeMail, makeLink, resetMail } from './sign-in.ts';

type Helped = Pick<Row<'user'>, 'id' | 'role' | 'email' | 'recovery_email' | 'password_hash'>;

/**
 * How a link reaches a person: by mail, where one can be read without the password; else it is handed over by whoever made
 * it. A colleague never sees the link of an administrator or of the helpdesk: that would be a way to act in their name.
 */
export async function wayOfLink(db: Db | Trx, actor: Actor, user: Helped) {
  const isStaff = user.role !== 'user';
  const own = isStaff && user.password_hash !== null && !(await hasMailbox(db, user)) ? user.email : null;
  const address = user.recovery_email ?? own;
  return { address, isRefused: address === null && isStaff && actor.role === user.role };
}

/**
 * SOP 4.20 step 6. Makes a one-time link for a person who cannot sign in: mailed where the mail can be read, or given back
 * to be handed over; the person then hears of it by mail. Open requests of the person are answered by it.
 * @returns whom it was mailed to, or the link's path and who was told
 * @throws RuleBroken for the actor's own, and where only a colleague would see it; NotFound
 */
export async function makeHelpLink(act: Act, id: number) {
  const user = await findToHelp(act.trx, act.actor, id, act.now);
  if (user.id === act.actor.userId) throw new RuleBroken('sign-in-help.own');
  const { address, isRefused } = await wayOfLink(act.trx, act.actor, user);
  if (isRefused) throw new RuleBroken(user.role === 'admin' ? 'sign-in-help.otherOffice' : 'sign-in-help.byMailOnly');
  await endLinks(act.trx, user.id);
  const path = await makeLink(act.trx, 'reset', user.id, act.now);
  await answerHelpRequest(act, user);
  const after = address === user.email ? { email: address } : { recovery_email: address };
  await audit(act, { action: 'user.link-made', sop: '4.20', item: userItem(user), after });
  if (address === null) return { mailed: await enqueue(act, [linkMadeMail(user, act.actor.name, act.now)]), path };
  return { mailed: await enqueue(act, [resetMail(user, address, path, act.actor.name)]), path: null };
}
