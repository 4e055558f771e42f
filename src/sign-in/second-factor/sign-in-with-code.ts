import type { Act } from '../../data/act.ts';
import type { Row } from '../../data/schema.ts';
import { audit } from '../../trail/audit.ts';
import { userItem } from '../../trail/items.ts';
import { enqueue } from '../../trail/outbox.ts';
import { enter } from '../sign-in.ts';
import { type Own, recoveryCodeUsed } from './authenticator.ts';
import { spendCode } from './code.ts';
import { noticeMails } from './mails.ts';

/**
 * The second half of a sign-in: an act of the person, to be opened in `tryCode`.
 * @param user whose password was right
 * @returns how many recovery codes are left when one was used, and the addresses that were mailed
 * @throws WrongTry beside `code`, or RuleBroken
 */
export async function signInWithCode(
  act: Act,
  { key, came }: Omit<Own, 'sessionId'>,
  user: Row<'user'>,
  typed: string,
) {
  const spent = await spendCode(act.trx, key, user.id, typed, came);
  await enter(act, user);
  return spent === 'recovery-code' ? recoveryCodeUsed(act, user) : null;
}

/** Five were wrong after a right password: if it was not the person, somebody else knows the password. */
export async function warnOfTries(act: Act, user: Row<'user'>) {
  await audit(act, { action: 'user.code-tries-shut', sop: '4.20', item: userItem(user) });
  await enqueue(act, noticeMails(user, 'code-tries-shut', act.now));
}
