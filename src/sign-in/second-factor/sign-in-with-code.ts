import { type Acting, inAct, refuseRepeat } from '../../data/act.ts';
import type { Db } from '../../data/database.ts';
import type { Row } from '../../data/schema.ts';
import { audit } from '../../trail/audit.ts';
import { userItem } from '../../trail/items.ts';
import { enqueue } from '../../trail/outbox.ts';
import { forgive, inspect } from '../../web/throttle.ts';
import { asPerson, enter, signInName } from '../sign-in.ts';
import { recoveryCodeUsed } from './authenticator.ts';
import { spendCode } from './code.ts';
import { noticeMails } from './mails.ts';

/**
 * The second half of a sign-in. Wrong codes count with wrong passwords.
 * @param user whose password was right
 * @returns the person, and how many recovery codes are left when one was used
 * @throws RuleBroken beside `code`, or TooManyTries
 */
export async function signInWithCode(db: Db, key: Buffer, acting: Acting, user: Row<'user'>, typed: string) {
  const { actor, now } = acting;
  await refuseRepeat(db, actor);
  const name = signInName(user.id);
  const person = asPerson(actor, user);
  const look = async () => {
    const left = await inAct(db, { ...acting, actor: person }, async (act) => {
      const spent = await spendCode(act.trx, key, user.id, typed, now);
      await enter(act, user);
      return spent === 'recovery-code' ? recoveryCodeUsed(act, user) : null;
    });
    await forgive(db, name, actor.address);
    return { person, left };
  };
  return inspect(db, name, actor.address, now, look, {
    shut: () => warn(db, acting, user),
  });
}

/** Five were wrong after a right password: if it was not the person, somebody else knows the password. */
async function warn(db: Db, acting: Acting, user: Row<'user'>) {
  const { actor, now } = acting;
  const visitor = { ...actor, act: null };
  await inAct(db, { ...acting, actor: visitor }, async (act) => {
    await audit(act, { action: 'user.code-tries-shut', sop: '4.20', item: userItem(user) });
    await enqueue(act, noticeMails(user, 'code-tries-shut', now));
  });
}
