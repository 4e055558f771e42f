import { revokeCode } from '../../access-codes/access-code.ts';
import { findAccessCode } from '../../access-codes/queries.ts';
import { daysAfter, refusePast } from '../../base/days.ts';
import { Conflict, RuleBroken } from '../../base/errors.ts';
import { both } from '../../base/language.ts';
import { DAY, dayOf, later, startOfDay } from '../../base/time.ts';
import type { Act } from '../../data/act.ts';
import { audit } from '../../trail/audit.ts';
import { accessCodeItem } from '../../trail/items.ts';
import { cancelDisabling, changeDisabling } from '../disabling.ts';
import { postponeDeletion, withdrawDeletion } from '../termination.ts';
import type { Planned } from './queries.ts';

/** One click puts off by so many days. */
const USUAL_DAYS = 7;

type Done = { mailed: string[] };

/**
 * Puts something planned on another day.
 * @param day YYYY-MM-DD; null is a week later than planned, or than today where that is past
 * @throws Conflict when it is over; RuleBroken beside `date`
 */
export async function postponePlanned(
  act: Act,
  { kind, id, day: planned }: Planned,
  day: string | null,
): Promise<Done> {
  const today = dayOf(act.now);
  const wanted = day ?? daysAfter(planned < today ? today : planned, USUAL_DAYS);
  try {
    if (kind === 'disablings') return await changeDisabling(act, id, { disabled_from: wanted });
    if (kind === 'until-dates') return await changeDisabling(act, id, { disabled_until: wanted });
    if (kind === 'deletions') return await postponeDeletion(act, id, wanted);
    return await postponeCode(act, id, wanted);
  } catch (error) {
    // here the day has one name, whatever it is the day of
    if (error instanceof RuleBroken && error.field !== null) throw new RuleBroken(error.key, error.params, 'date');
    throw error;
  }
}

/** Does not let it happen: an until-date is left open, an access code is revoked. @throws Conflict when it is over */
export async function cancelPlanned(act: Act, { kind, id }: Planned): Promise<Done> {
  if (kind === 'deletions') return withdrawDeletion(act, id);
  if (kind === 'until-dates') return changeDisabling(act, id, { disabled_until: null, enable_by_itself: false });
  if (kind === 'disablings') await cancelDisabling(act, id);
  else await revokeCode(act, id, { reason: both('life.codeCancelled').ms });
  return { mailed: [] };
}

/** The code can be used to the end of another day. @throws NotFound; Conflict when it was used or revoked; RuleBroken */
async function postponeCode(act: Act, id: number, day: string): Promise<Done> {
  const before = await findAccessCode(act.trx, act.actor, id);
  refusePast(day, act.now, 'date');
  const expires_at = later(startOfDay(day), DAY - 1).toISOString();
  const { numUpdatedRows } = await act.trx
    .updateTable('access_code')
    .set({ expires_at })
    .where('id', '=', id)
    .where('status', 'in', ['issued', 'returned', 'confirmed'])
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Conflict('life.isOver');
  await audit(act, {
    action: 'access-code.postponed',
    sop: '4.2',
    item: accessCodeItem(before),
    before: { expires_at: before.expires_at },
    after: { expires_at },
  });
  return { mailed: [] };
}
