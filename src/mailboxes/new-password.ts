import type { Actor } from '../base/actor.ts';
import { RuleBroken } from '../base/errors.ts';
import { type Act, refuseRepeat } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { type NewPassword, setPasswordFor } from '../sign-in/password.ts';
import { mailboxItem } from '../trail/items.ts';
import { fileRecord } from '../trail/records.ts';
import { findMailbox, type Mailbox, signInOf } from './queries.ts';

/** Why an administrator cannot set the password of a mailbox now; null when it can be done. */
export function passwordHindrance(actor: Actor, mailbox: Mailbox, user: Row<'user'>) {
  if (mailbox.status === 'deleted') return 'mailbox.password.deleted';
  if (user.id === actor.userId) return 'mailbox.password.own';
  if (user.role === 'admin') return 'mailbox.password.administrator'; // a colleague would sign in as the person
  if (mailbox.status === 'disabled' || user.status !== 'active') return 'mailbox.password.disabled';
  return user.password_hash === null ? 'mailbox.password.notActivated' : null;
}

async function findSignIn(db: Db | Trx, actor: Actor, id: number) {
  const mailbox = await findMailbox(db, actor, id);
  const user = await signInOf(db, mailbox);
  const hindrance = passwordHindrance(actor, mailbox, user);
  if (hindrance !== null) throw new RuleBroken(hindrance);
  return { mailbox, user };
}

/** Whose password is to be set, before it is hashed. @throws NotFound; RuleBroken where there is none to change; Repeated */
export async function whosePassword(db: Db, actor: Actor, id: number) {
  await refuseRepeat(db, actor);
  return (await findSignIn(db, actor, id)).user;
}

/**
 * SOP 4.8. Every session of the person ends, the sign-in is open again, and the next one asks for another password.
 * @param user as `whosePassword` found it
 * @returns the addresses that were mailed (N8)
 * @throws RuleBroken where there is no password to change; Conflict when somebody did it meanwhile
 */
export async function setPassword(act: Act, id: number, user: Row<'user'>, password: NewPassword) {
  const { mailbox } = await findSignIn(act.trx, act.actor, id);
  const mailed = await setPasswordFor(act, user, password);
  const item = mailboxItem(mailbox);
  const { display_name, primary_email, login_id } = mailbox;
  const content = { display_name, primary_email, login_id, changed_by: act.actor.name, mailed };
  await fileRecord(act, { agencyId: mailbox.agency_id, sop: '4.8', title: 'record.password-set', item, content });
  return mailed;
}
