import { userOf } from '../../base/actor.ts';
import { Conflict, NotFound, RuleBroken, WrongTry } from '../../base/errors.ts';
import type { Act } from '../../data/act.ts';
import type { Row } from '../../data/schema.ts';
import { audit } from '../../trail/audit.ts';
import { userItem } from '../../trail/items.ts';
import { enqueue } from '../../trail/outbox.ts';
import { endSessions } from '../../web/session.ts';
import { forgetCodes, replaceRecoveryCodes } from '../second-factor/code.ts';
import { noticeMails } from '../second-factor/mails.ts';
import { activeUserOf, authenticatorOf, countCodes } from '../second-factor/queries.ts';
import { mustHaveSecondFactor, readRequirement } from '../second-factor/requirement.ts';
import { enter } from '../sign-in.ts';
import type { NewPasskey } from './ceremony.ts';
import { spendChallenge } from './challenge.ts';
import { findOwnPasskey, MOST_PASSKEYS, passkeysOf } from './queries.ts';

/**
 * Adds a passkey of the actor. Every other session ends: those who are in there have not shown it.
 * @returns recovery codes, where the person had none, and the addresses that were mailed
 * @throws RuleBroken when it was answered before or there are too many, Conflict when it is known already
 */
export async function addPasskey(act: Act, sessionId: string, name: string, made: NewPasskey) {
  const user = await self(act);
  const { challenge, ...kept } = made;
  if (!(await spendChallenge(act, challenge))) throw new RuleBroken('passkey.tooLate');
  if ((await passkeysOf(act.trx, user)).length >= MOST_PASSKEYS)
    throw new RuleBroken('passkey.enough', { count: MOST_PASSKEYS });
  const { numInsertedOrUpdatedRows } = await act.trx
    .insertInto('passkey')
    .values({ user_id: user.id, name, ...kept, created_at: act.now.toISOString() })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n) throw new Conflict('passkey.known');
  await endSessions(act.trx, user.id, sessionId);
  const codes = (await countCodes(act.trx, user)) === 0 ? await replaceRecoveryCodes(act.trx, user.id) : [];
  return { codes, mailed: await tell(act, user, 'passkey-added', name) };
}

/** Gives one of the actor's passkeys another name. @returns whether it was another @throws NotFound */
export async function renamePasskey(act: Act, id: number, name: string) {
  const user = await self(act);
  const passkey = await findOwnPasskey(act.trx, act.actor, id);
  if (passkey.name === name) return false;
  await act.trx.updateTable('passkey').set({ name }).where('id', '=', id).execute();
  const [before, after] = [{ passkey: passkey.name }, { passkey: name }];
  await audit(act, { action: 'user.passkey-renamed', sop: '4.20', item: userItem(user), before, after });
  return true;
}

/**
 * Removes one of the actor's passkeys; the recovery codes go with the last factor. Every other session ends.
 * @returns the addresses that were mailed
 * @throws NotFound, RuleBroken for the last factor of whoever must have one
 */
export async function removePasskey(act: Act, sessionId: string, id: number) {
  const user = await self(act);
  const passkey = await findOwnPasskey(act.trx, act.actor, id);
  await act.trx.deleteFrom('passkey').where('id', '=', id).execute();
  const isLast = (await passkeysOf(act.trx, user)).length === 0 && (await authenticatorOf(act.trx, user)) === undefined;
  if (isLast) {
    if (mustHaveSecondFactor(await readRequirement(act.trx), user.role)) throw new RuleBroken('passkey.mustStay');
    await forgetCodes(act.trx, user.id);
  }
  await endSessions(act.trx, user.id, sessionId);
  return tell(act, user, 'passkey-removed', passkey.name);
}

/**
 * A sign-in with a passkey, whose signature was right: an act of the person.
 * @returns false when its counter has not gone on: somebody may have a copy, nobody gets in and the person is told
 * @throws WrongTry when the challenge was answered before or the passkey is gone, RuleBroken when the sign-in was changed meanwhile
 */
export async function signInWithPasskey(
  act: Act,
  user: Row<'user'>,
  passkey: Row<'passkey'>,
  signed: { counter: number; challenge: string },
) {
  if (!(await spendChallenge(act, signed.challenge))) throw new WrongTry('passkey.tooLate');
  const { counter } = signed;
  const { numUpdatedRows } = await act.trx
    .updateTable('passkey')
    .set({ counter, last_used_at: act.now.toISOString() })
    .where('id', '=', passkey.id)
    // devices that keep no counter always say 0
    .where((eb) => eb.or([eb('counter', '<', counter), eb.and([eb('counter', '=', 0), eb(eb.val(counter), '=', 0)])]))
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) {
    await enter(act, user, passkey.name);
    return true;
  }
  const stays = await act.trx.selectFrom('passkey').select('id').where('id', '=', passkey.id).executeTakeFirst();
  if (stays === undefined) throw new WrongTry('passkey.wrong');
  await tell(act, user, 'passkey-copied', passkey.name);
  return false;
}

async function tell(
  act: Act,
  user: Row<'user'>,
  notice: 'passkey-added' | 'passkey-removed' | 'passkey-copied',
  passkey: string,
) {
  const facts = notice === 'passkey-removed' ? { before: { passkey } } : { after: { passkey } };
  await audit(act, { action: `user.${notice}`, sop: '4.20', item: userItem(user), ...facts });
  return enqueue(act, noticeMails(user, notice, act.now, { passkey }));
}

async function self({ trx, actor }: Act) {
  const user = await activeUserOf(trx, { id: userOf(actor) });
  if (user === undefined) throw new NotFound();
  return user;
}
