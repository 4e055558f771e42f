import { type Actor, userOf } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db } from '../platform/database.ts';
import { NotFound } from '../platform/errors.ts';
import { endSessions } from '../platform/session.ts';
import { userItem } from '../sign-in/password.ts';
import { findOwn } from './queries.ts';

/**
 * Ends one of the actor's own sessions.
 * @param id the digest that the session is kept under
 * @throws NotFound for a session of somebody else, or one that is over
 */
export async function endOwnSession(db: Db, actor: Actor, id: string, now: Date) {
  await change(db, actor, now, async (trx) => {
    const ended = await trx
      .deleteFrom('session')
      .where('id', '=', id)
      .where('user_id', '=', userOf(actor))
      .returning(['address as network_address', 'agent as browser'])
      .executeTakeFirst();
    if (ended === undefined) throw new NotFound();
    const { user } = await findOwn(trx, actor);
    await record(trx, actor, { action: 'user.session-ended', item: userItem(user), after: ended }, now);
  });
}

/** Ends the actor's sessions but the present one. Returns how many there were. */
export async function endOtherSessions(db: Db, actor: Actor, sessionId: string, now: Date) {
  return change(db, actor, now, async (trx) => {
    const { user } = await findOwn(trx, actor);
    const count = await endSessions(trx, user.id, sessionId);
    await record(trx, actor, { action: 'user.sessions-ended', item: userItem(user), after: { sessions: count } }, now);
    return count;
  });
}
