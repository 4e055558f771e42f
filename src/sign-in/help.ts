import type { Actor } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db } from '../platform/database.ts';
import { RuleBroken } from '../platform/errors.ts';
import { enqueue } from '../platform/outbox.ts';
import { userItem } from './password.ts';
import { findToHelp } from './queries.ts';
import { makeLink, resetMail } from './sign-in.ts';

export { countAsked } from './queries.ts';

/**
 * SOP 4.20 step 6. Makes a one-time link for a person who cannot sign in: mailed to the recovery address, or, where
 * there is none, given back to be handed over. Open requests of the person are answered by it.
 * @returns whom it was mailed to, or the link's path
 * @throws RuleBroken for the actor's own; NotFound
 */
export async function makeHelpLink(db: Db, actor: Actor, id: number, now: Date) {
  return change(db, actor, now, async (trx) => {
    const user = await findToHelp(trx, actor, id, now);
    if (user.id === actor.userId) throw new RuleBroken('sign-in-help.own');
    const path = await makeLink(trx, 'reset', user.id, now);
    await trx
      .updateTable('password_request')
      .set({ handled_at: now.toISOString(), handled_by: actor.userId })
      .where('user_id', '=', user.id)
      .where('handled_at', 'is', null)
      .execute();
    const address = user.recovery_email;
    const after = { recovery_email: address };
    await record(trx, actor, { action: 'user.link-made', sop: '4.20', item: userItem(user), after }, now);
    if (address === null) return { mailed: [], path };
    return { mailed: await enqueue(trx, actor, [resetMail(user, address, path, actor.name)], now), path: null };
  });
}
