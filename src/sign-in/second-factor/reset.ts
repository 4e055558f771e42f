import { Conflict, RuleBroken } from '../../base/errors.ts';
import type { Act } from '../../data/act.ts';
import { audit } from '../../trail/audit.ts';
import { userItem } from '../../trail/items.ts';
import { enqueue } from '../../trail/outbox.ts';
import { endSessions } from '../../web/session.ts';
import { forgetCodes } from './code.ts';
import { noticeMails } from './mails.ts';
import { findReachable, hasSecondFactor } from './queries.ts';

/**
 * Takes away the second factor, app and passkeys, of somebody who has lost them and the recovery codes. The other administrators of the
 * agency, the helpdesk and the command line may; not the person. All of the person's sessions end.
 * @returns the addresses that were mailed
 * @throws NotFound, RuleBroken for the actor's own, Conflict when there is none (any more)
 */
export async function resetSecondFactor(act: Act, id: number, reason: string) {
  const user = await findReachable(act.trx, act.actor, id);
  if (user.id === act.actor.userId) throw new RuleBroken('second-factor.resetOwn');
  if (!(await hasSecondFactor(act.trx, user))) throw new Conflict('second-factor.noneToReset');
  await act.trx.deleteFrom('authenticator').where('user_id', '=', user.id).execute();
  await act.trx.deleteFrom('passkey').where('user_id', '=', user.id).execute();
  await forgetCodes(act.trx, user.id);
  await endSessions(act.trx, user.id);
  const after = { reason };
  await audit(act, { action: 'user.second-factor-reset', sop: '4.20', item: userItem(user), after });
  return enqueue(act, noticeMails(user, 'second-factor-reset', act.now, { officer: act.actor.name, reason }));
}
