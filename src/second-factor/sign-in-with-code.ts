import type { Actor } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change, refuseRepeat } from '../platform/change.ts';
import type { Db } from '../platform/database.ts';
import { enqueue } from '../platform/outbox.ts';
import type { Row } from '../platform/schema.ts';
import { forgive, inspect } from '../platform/throttle.ts';
import { userItem } from '../sign-in/password.ts';
import { asPerson, enter, signInName } from '../sign-in/sign-in.ts';
import { recoveryCodeUsed } from './authenticator.ts';
import { spendCode } from './code.ts';
import { noticeMails } from './mails.ts';

/**
 * The second half of a sign-in. Wrong codes count with wrong passwords.
 * @param user whose password was right
 * @returns the person, and how many recovery codes are left when one was used
 * @throws RuleBroken beside `code`, or TooManyTries
 */
export async function signInWithCode(db: Db, key: Buffer, actor: Actor, user: Row<'user'>, typed: string, now: Date) {
  await refuseRepeat(db, actor);
  const name = signInName(user.id);
  const person = asPerson(actor, user);
  const look = async () => {
    const left = await change(db, person, now, async (trx) => {
      const spent = await spendCode(trx, key, user.id, typed, now);
      await enter(trx, person, user, now);
      return spent === 'recovery-code' ? recoveryCodeUsed(trx, person, user, now) : null;
    });
    await forgive(db, name, actor.address);
    return { person, left };
  };
  return inspect(db, name, actor.address, now, look, { shut: () => warn(db, actor, user, now) });
}

/** Five were wrong after a right password: if it was not the person, somebody else knows the password. */
async function warn(db: Db, actor: Actor, user: Row<'user'>, now: Date) {
  const visitor = { ...actor, act: null };
  await change(db, visitor, now, async (trx) => {
    await record(trx, visitor, { action: 'user.code-tries-shut', sop: '4.20', item: userItem(user) }, now);
    await enqueue(trx, visitor, noticeMails(user, 'code-tries-shut', now), now);
  });
}
