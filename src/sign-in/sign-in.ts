import { isLive } from '../addresses/addresses.ts';
import type { Actor } from '../base/actor.ts';
import { Conflict, RuleBroken, WrongTry } from '../base/errors.ts';
import { both } from '../base/language.ts';
import type { Letter } from '../base/letter.ts';
import { digest, newToken } from '../base/secrets.ts';
import { oneSpelling, withoutUnseen } from '../base/spelling.ts';
import { DAY, later, MINUTE, showTime } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { audit } from '../trail/audit.ts';
import { userItem } from '../trail/items.ts';
import { type Mail, withdrawSecrets } from '../trail/outbox.ts';
import { inspect, unlock } from '../web/throttle.ts';
import { matchesInOneTime } from './hashing.ts';
import { placeOf, rememberPlaces } from './known-places.ts';
import { dearestCost } from './queries.ts';
import { hasSecondFactor } from './second-factor/queries.ts';

/** A login ID or address in its one spelling. */
export function loginOf(typed: string) {
  return oneSpelling(withoutUnseen(typed)).trim().toLowerCase();
}

/** Whoever may sign in, by login ID or address in any spelling. */
export async function userByLogin(db: Db | Trx, typed: string) {
  const login = loginOf(typed);
  return db
    .selectFrom('user')
    .selectAll()
    .where((eb) => eb.or([eb('login_id', '=', login), eb.and([eb('email', '=', login), isLive])]))
    .where(isLive) // the address of one that is deleted may be another person's by now
    .executeTakeFirst();
}

/**
 * SOP 4.20 step 1: is it somebody's name and password? The answer and its time are the same for an unknown, wrong, disabled, deleted or not yet activated sign-in.
 * @returns the person, who has not signed in yet: `enter` is next, or a code of the second factor
 * @throws RuleBroken, or TooManyTries
 */
export async function checkSignIn(
  db: Db,
  actor: Actor,
  input: { login: string; password: string },
  cost: number,
  now: Date,
) {
  const user = await userByLogin(db, input.login);
  const userId = user?.id ?? null;
  const what = 'password' as const;
  const tried = { by: actor, what, name: signInName(input.login), userId, ...(await placeOf(db, actor, userId, now)) };
  const dearest = Math.max(cost, await dearestCost(db));
  return inspect(db, tried, now, async (forgive) => {
    const matches = await matchesInOneTime(input.password, user?.password_hash ?? null, dearest, actor);
    if (!user || !matches || user.status !== 'active') throw new WrongTry('sign-in.wrong');
    // The first of two: the wrong ones before it stay counted. Else whoever knows the password could try as many codes
    // as there are, with the password in between.
    const needsCode = await hasSecondFactor(db, user);
    if (!needsCode) await forgive();
    return { user, needsCode };
  });
}

/**
 * The person has signed in, while the password is still the one that the row has.
 * @param passkey the name of the one that it was done with
 * @throws RuleBroken when the sign-in or its password was changed while it was being compared
 */
export async function enter(act: Act, user: Row<'user'>, passkey?: string) {
  const { numUpdatedRows } = await act.trx
    .updateTable('user')
    .set({ last_sign_in_at: act.now.toISOString() })
    .where('id', '=', user.id)
    .where('status', '=', 'active')
    .where('password_hash', '=', user.password_hash)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new RuleBroken('sign-in.wrong');
  await rememberPlaces(act, user.id);
  const facts = passkey === undefined ? {} : { after: { passkey } };
  await audit(act, { action: 'user.signed-in', item: userItem(user), ...facts });
}

/**
 * What wrong tries are counted under: what stands before the @, so that login ID and address are one name, and so for
 * those, too, whom nobody knows. Two people of that name in two agencies share it; each has a browser of their own.
 */
export function signInName(typed: string) {
  const login = loginOf(typed);
  const at = login.indexOf('@');
  return `login:${digest(at > 0 ? login.slice(0, at) : login)}`;
}

/** The try of somebody who is known by now, since the password was right or somebody has signed in. */
export async function ownTry(db: Db, by: Actor, { id, login_id }: Pick<Row<'user'>, 'id' | 'login_id'>, now: Date) {
  return { by, what: 'password' as const, name: signInName(login_id), userId: id, ...(await placeOf(db, by, id, now)) };
}

/**
 * Opens a sign-in that wrong tries have shut. The other administrators of the agency and the helpdesk may; not the person.
 * @throws RuleBroken for the actor's own, Conflict when it is not shut (any more)
 */
export async function unlockSignIn(act: Act, user: Pick<Row<'user'>, 'id' | 'login_id' | 'full_name' | 'agency_id'>) {
  if (act.actor.userId === user.id) throw new RuleBroken('sign-in.unlockOwn');
  if (!(await unlock(act.trx, user.id, signInName(user.login_id), act.now)))
    throw new Conflict('sign-in-help.notLocked');
  await audit(act, { action: 'user.unlocked', sop: '4.20', item: userItem(user) });
}

const RESET_VALID = 30 * MINUTE;
const INVITATION_VALID = 7 * DAY;
/** No link is good for longer. */
export const LONGEST_LINK = INVITATION_VALID;

/** Ends the links that a person has, also those that are still to be mailed. */
export async function endLinks(trx: Trx, userId: number) {
  await trx.deleteFrom('one_time_link').where('user_id', '=', userId).execute();
  await withdrawSecrets(trx, { type: 'user', id: userId });
}

/**
 * Makes a one-time link beside those that there are: whoever only asks for one must not end another's that is under way.
 * @returns its path; only a digest of it is kept
 */
export async function makeLink(trx: Trx, purpose: 'invitation' | 'reset', userId: number, now: Date) {
  const token = newToken();
  await trx
    .insertInto('one_time_link')
    .values({
      token_hash: digest(token),
      purpose,
      user_id: userId,
      expires_at: later(now, purpose === 'reset' ? RESET_VALID : INVITATION_VALID).toISOString(),
    })
    .execute();
  return `/password/reset/${token}`;
}

/** The mail that carries a one-time link. @param officer who made it, when it was not the person */
export function resetMail(user: Row<'user'>, address: string, path: string, officer?: string): Mail {
  const letter: Letter = {
    subject: both('mail.reset.subject'),
    greeting: user.full_name,
    paragraphs: [
      officer === undefined ? both('mail.reset.text') : both('mail.reset.byOfficer', { officer }),
      both('mail.reset.notYou'),
    ],
    facts: [{ label: both('field.login_id'), value: user.login_id }],
    secret: { label: both('mail.reset.link'), kind: 'path' },
  };
  return { mail: 'reset', to: { name: user.full_name, address }, item: userItem(user), letter, secret: path };
}

/** The person hears that somebody holds a link to the own sign-in; the link itself is not in it. */
export function linkMadeMail(
  user: Pick<Row<'user'>, 'id' | 'full_name' | 'login_id' | 'email' | 'agency_id'>,
  officer: string,
  now: Date,
): Mail {
  const letter: Letter = {
    subject: both('mail.link-made.subject'),
    greeting: user.full_name,
    paragraphs: [both('mail.link-made.text', { officer }), both('mail.link-made.notYou')],
    facts: [
      { label: both('field.login_id'), value: user.login_id },
      { label: both('mail.when'), value: { ms: showTime('ms', now), en: showTime('en', now) } },
    ],
  };
  return { mail: 'link-made', to: { name: user.full_name, address: user.email }, item: userItem(user), letter };
}
