import { userOf } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import { audit } from '../trail/audit.ts';
import { userItem } from '../trail/items.ts';
import { endSessions } from '../web/session.ts';
import { findOwn } from './queries.ts';

/**
 * Ends one of the actor's own sessions.
 * @param id the digest that the session is kept under
 * @throws NotFound for a session of somebody else, or one that is over
 */
export async function endOwnSession(act: Act, id: string) {
  const ended = await act.trx
    .deleteFrom('session')
    .where('id', '=', id)
    .where('user_id', '=', userOf(act.actor))
    .returning(['address as network_address', 'agent as browser'])
    .executeTakeFirst();
  if (ended === undefined) throw new NotFound();
  const { user } = await findOwn(act.trx, act.actor);
  await audit(act, { action: 'user.session-ended', item: userItem(user), after: ended });
}

/** Ends the actor's sessions but the present one. Returns how many there were. */
export async function endOtherSessions(act: Act, sessionId: string) {
  const { user } = await findOwn(act.trx, act.actor);
  const count = await endSessions(act.trx, user.id, sessionId);
  await audit(act, { action: 'user.sessions-ended', item: userItem(user), after: { sessions: count } });
  return count;
}
