import type { Actor } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db } from '../platform/database.ts';
import { Conflict, RuleBroken } from '../platform/errors.ts';
import { enqueue } from '../platform/outbox.ts';
import { endSessions } from '../platform/session.ts';
import { userItem } from '../sign-in/password.ts';
import { noticeMails } from './mails.ts';
import { findReachable } from './queries.ts';

/**
 * Takes away the second factor of somebody who has lost the phone and the recovery codes. The other administrators of the
 * agency, the helpdesk and the command line may; not the person. All of the person's sessions end.
 * @returns the addresses that were mailed
 * @throws NotFound, RuleBroken for the actor's own, Conflict when there is none (any more)
 */
export async function resetSecondFactor(db: Db, actor: Actor, id: number, reason: string, now: Date) {
  return change(db, actor, now, async (trx) => {
    const user = await findReachable(trx, actor, id);
    if (user.id === actor.userId) throw new RuleBroken('second-factor.resetOwn');
    const { numDeletedRows } = await trx
      .deleteFrom('authenticator')
      .where('user_id', '=', user.id)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) throw new Conflict('second-factor.noneToReset');
    await endSessions(trx, user.id);
    const after = { reason };
    await record(trx, actor, { action: 'user.second-factor-reset', sop: '4.20', item: userItem(user), after }, now);
    return enqueue(trx, actor, noticeMails(user, 'second-factor-reset', now, { officer: actor.name, reason }), now);
  });
}
