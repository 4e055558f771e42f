import type { Actor } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { NotFound, RuleBroken } from '../platform/errors.ts';
import { both } from '../platform/language.ts';
import type { Letter } from '../platform/letter.ts';
import { enqueue } from '../platform/outbox.ts';
import type { Row } from '../platform/schema.ts';
import { digest, newToken } from '../platform/secrets.ts';
import { countTry, forgive, unlock } from '../platform/throttle.ts';
import { DAY, later, MINUTE } from '../platform/time.ts';
import { passwordMatches } from './hashing.ts';
import { changePassword, newPasswordHash, userItem } from './password.ts';

/** Whoever may sign in, by login ID or address in any spelling. */
async function userByLogin(db: Db, typed: string) {
  const login = typed.normalize('NFC').trim().toLowerCase();
  return db
    .selectFrom('user')
    .selectAll()
    .where((eb) => eb.or([eb('login_id', '=', login), eb('email', '=', login)]))
    .executeTakeFirst();
}

/**
 * SOP 4.20 step 1. The answer and its time are the same for an unknown, wrong, disabled, deleted or not yet activated sign-in.
 * @throws RuleBroken, or TooManyTries
 */
export async function signIn(
  db: Db,
  actor: Actor,
  input: { login: string; password: string },
  cost: number,
  now: Date,
) {
  const user = await userByLogin(db, input.login);
  const name = user ? signInName(user.id) : `login:${digest(input.login.trim().toLowerCase())}`;
  await countTry(db, name, actor.address, now);
  const right = await passwordMatches(input.password, user?.password_hash ?? null, cost);
  if (!user || !right || user.status !== 'active') throw new RuleBroken('sign-in.wrong');
  await forgive(db, name, actor.address);
  const person = {
    ...actor,
    role: user.role,
    userId: user.id,
    agencyId: user.agency_id,
    name: user.full_name,
    act: null,
  };
  await change(db, person, now, async (trx) => {
    await trx.updateTable('user').set({ last_sign_in_at: now.toISOString() }).where('id', '=', user.id).execute();
    await record(trx, person, { action: 'user.signed-in', item: userItem(user) }, now);
  });
  return user;
}

/** What wrong tries for a person are counted under. */
export function signInName(userId: number) {
  return `user:${userId}`;
}

/** Opens a sign-in that wrong tries have shut. The other administrators of the agency and the helpdesk may; not the person. */
export async function unlockSignIn(
  db: Db,
  actor: Actor,
  user: Pick<Row<'user'>, 'id' | 'full_name' | 'agency_id'>,
  now: Date,
) {
  if (actor.userId === user.id) throw new RuleBroken('sign-in.unlockOwn');
  return change(db, actor, now, async (trx) => {
    const wasShut = await unlock(trx, signInName(user.id), now);
    await record(trx, actor, { action: 'user.unlocked', item: userItem(user), after: { was_locked: wasShut } }, now);
  });
}

const RESET_VALID = 30 * MINUTE;
const INVITATION_VALID = 7 * DAY;

/** Makes a one-time link, ending earlier ones of the person. Returns its path; only a digest of it is kept. */
export async function makeLink(trx: Trx, purpose: 'invitation' | 'reset', userId: number, now: Date) {
  const token = newToken();
  await trx.deleteFrom('one_time_link').where('user_id', '=', userId).execute();
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

/**
 * SOP 4.20: a forgotten password. Mails a link to the recovery address, or asks the administrators; the page says the same in every case.
 */
export async function forgotPassword(db: Db, actor: Actor, input: { login: string }, now: Date) {
  await countTry(db, `forgot:${digest(input.login.trim().toLowerCase())}`, actor.address, now);
  const user = await userByLogin(db, input.login);
  if (user?.status !== 'active') return;
  await change(db, actor, now, async (trx) => {
    const address = user.recovery_email ?? (user.role === 'user' ? null : user.email);
    if (address === null) await askAdministrators(trx, user, now);
    else {
      const path = await makeLink(trx, 'reset', user.id, now);
      await enqueue(
        trx,
        actor,
        [
          {
            mail: 'reset',
            to: { name: user.full_name, address },
            item: userItem(user),
            letter: resetLetter(user),
            secret: path,
          },
        ],
        now,
      );
    }
    await record(trx, actor, { action: 'user.forgot-password', sop: '4.20', item: userItem(user) }, now);
  });
}

async function askAdministrators(trx: Trx, user: Row<'user'>, now: Date) {
  await trx
    .insertInto('password_request')
    .values({ user_id: user.id, agency_id: user.agency_id, requested_at: now.toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function resetLetter(user: Row<'user'>): Letter {
  return {
    subject: both('mail.reset.subject'),
    greeting: user.full_name,
    paragraphs: [both('mail.reset.text'), both('mail.reset.notYou')],
    facts: [{ label: both('field.login_id'), value: user.login_id }],
    secret: { label: both('mail.reset.link'), kind: 'path' },
  };
}

/** The person whom a one-time link is for. @throws NotFound when it is unknown, used or too old */
export async function linkOwner(db: Db, token: string, now: Date) {
  const row = await db
    .selectFrom('one_time_link')
    .innerJoin('user', 'user.id', 'one_time_link.user_id')
    .selectAll('user')
    .where('token_hash', '=', digest(token))
    .where('expires_at', '>', now.toISOString())
    .where('user.status', '=', 'active')
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** Sets a password by a one-time link. A password that breaks a rule does not use up the link. */
export async function resetPassword(
  db: Db,
  actor: Actor,
  token: string,
  input: { new_password: string; confirm_password: string },
  cost: number,
  now: Date,
) {
  const user = await linkOwner(db, token, now);
  const hash = await newPasswordHash(
    db,
    input,
    { loginId: user.login_id, fullName: user.full_name, email: user.email },
    user.id,
    cost,
  );
  const person = { ...actor, role: user.role, userId: user.id, agencyId: user.agency_id, name: user.full_name };
  await change(db, person, now, async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom('one_time_link')
      .where('token_hash', '=', digest(token))
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) throw new NotFound();
    await unlock(trx, signInName(user.id), now);
    await changePassword(trx, person, user, hash, now);
  });
}
