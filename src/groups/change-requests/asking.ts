import { administratorsOf } from '../../agencies/administrators.ts';
import { userOf } from '../../base/actor.ts';
import { RuleBroken } from '../../base/errors.ts';
import { DAY, later, timeInWords } from '../../base/time.ts';
import type { Act } from '../../data/act.ts';
import type { Row } from '../../data/schema.ts';
import type { Recipient } from '../../trail/outbox.ts';
import { ownersOf } from '../members/membership.ts';
import { countWaiting } from './queries.ts';
import type { Wanted } from './wanted.ts';

/** So much may wait of one person: nobody fills the list of who has to answer. */
export const MOST_OPEN = 20;

/** So much may one person ask for in 24 hours, also of what was withdrawn or answered: each time is a mail to others. */
export const MOST_A_DAY = 40;

type Kept = Pick<Row<'list_change_request'>, 'kind' | 'group_id' | 'agency_id' | 'text'> & { wanted: Wanted };

/**
 * Keeps what the actor asks of a list until it is answered. Returns its number.
 * @throws RuleBroken when too much of the actor's waits already, or was asked for in 24 hours
 */
export async function keepRequest(act: Act, { wanted, ...request }: Kept) {
  const requested_by = userOf(act.actor);
  if ((await countWaiting(act.trx, act.actor)) >= MOST_OPEN)
    throw new RuleBroken('group.request.tooMany', { most: MOST_OPEN, place: '/me/list-requests?status=requested' });
  await refuseTooOften(act);
  const { id } = await act.trx
    .insertInto('list_change_request')
    .values({ ...request, wanted: JSON.stringify(wanted), requested_by, created_at: act.now.toISOString() })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function refuseTooOften({ trx, actor, now }: Act) {
  const blocking = await trx
    .selectFrom('list_change_request')
    .select('created_at')
    .where('requested_by', '=', userOf(actor))
    .orderBy('id', 'desc')
    .limit(1)
    .offset(MOST_A_DAY - 1)
    .executeTakeFirst();
  const free = blocking && later(new Date(blocking.created_at), DAY);
  if (free === undefined || free <= now) return;
  throw new RuleBroken('group.request.tooOften', { most: MOST_A_DAY, time: timeInWords(free.toISOString()) });
}

/** Joining and leaving are the list's other owners' to answer; all else, or where nobody looks after it, the administrators'. */
export async function whoAnswers(
  act: Act,
  { kind, group_id, agency_id }: Pick<Kept, 'kind' | 'group_id' | 'agency_id'>,
): Promise<{ to: Recipient[]; as: 'owner' | 'admin' }> {
  if (group_id !== null && (kind === 'join' || kind === 'leave')) {
    const owners = (await ownersOf(act.trx, [group_id])).filter(
      (owner) => owner.status === 'active' && owner.address !== act.actor.email,
    );
    if (owners.length > 0) return { to: owners, as: 'owner' };
  }
  return { to: await administratorsOf(act.trx, agency_id), as: 'admin' };
}
