import { RuleBroken } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import { audit } from '../trail/audit.ts';
import { userItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { findToHelp } from './queries.ts';
import { endLinks, makeLink, resetMail } from './sign-in.ts';

/**
 * SOP 4.20 step 6. Makes a one-time link for a person who cannot sign in: mailed to the recovery address, or, where
 * there is none, given back to be handed over. Open requests of the person are answered by it.
 * @returns whom it was mailed to, or the link's path
 * @throws RuleBroken for the actor's own; NotFound
 */
export async function makeHelpLink(act: Act, id: number) {
  const user = await findToHelp(act.trx, act.actor, id, act.now);
  if (user.id === act.actor.userId) throw new RuleBroken('sign-in-help.own');
  await endLinks(act.trx, user.id);
  const path = await makeLink(act.trx, 'reset', user.id, act.now);
  await act.trx
    .updateTable('password_request')
    .set({ handled_at: act.now.toISOString(), handled_by: act.actor.userId })
    .where('user_id', '=', user.id)
    .where('handled_at', 'is', null)
    .execute();
  const address = user.recovery_email;
  const after = { recovery_email: address };
  await audit(act, { action: 'user.link-made', sop: '4.20', item: userItem(user), after });
  if (address === null) return { mailed: [], path };
  return { mailed: await enqueue(act, [resetMail(user, address, path, act.actor.name)]), path: null };
}
