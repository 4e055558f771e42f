import { codeItem, findAccessCode, revokeCode } from '../access-codes/access-code.ts';
import type { Actor } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import type { Db } from '../platform/database.ts';
import { Conflict, RuleBroken } from '../platform/errors.ts';
import { both } from '../platform/language.ts';
import { DAY, dayOf, later, startOfDay } from '../platform/time.ts';
import type { Planned } from './calendar-queries.ts';
import { daysAfter, refusePast } from './days.ts';
import { cancelDisabling, changeDisabling } from './disabling-changes.ts';
import type { Environment } from './termination.ts';
import { postponeDeletion, withdrawDeletion } from './termination-changes.ts';

export { KINDS, listPlanned, type Planned } from './calendar-queries.ts';

/** One click puts off by so many days. */
const USUAL_DAYS = 7;

type Done = { mailed: string[] };

/**
 * Puts something planned on another day.
 * @param day YYYY-MM-DD; null is a week later than planned, or than today where that is past
 * @throws Conflict when it is over; RuleBroken beside `date`
 */
export async function postponePlanned(
  db: Db,
  actor: Actor,
  { kind, id, day: planned }: Planned,
  day: string | null,
  environment: Environment,
  now: Date,
): Promise<Done> {
  const today = dayOf(now);
  const wanted = day ?? daysAfter(planned < today ? today : planned, USUAL_DAYS);
  try {
    if (kind === 'disablings') return await changeDisabling(db, actor, id, { disabled_from: wanted }, now);
    if (kind === 'until-dates') return await changeDisabling(db, actor, id, { disabled_until: wanted }, now);
    if (kind === 'deletions') return await postponeDeletion(db, actor, id, wanted, environment, now);
    return await postponeCode(db, actor, id, wanted, now);
  } catch (error) {
    // here the day has one name, whatever it is the day of
    if (error instanceof RuleBroken && error.field !== null) throw new RuleBroken(error.key, error.params, 'date');
    throw error;
  }
}

/** Does not let it happen: an until-date is left open, an access code is revoked. @throws Conflict when it is over */
export async function cancelPlanned(
  db: Db,
  actor: Actor,
  { kind, id }: Planned,
  environment: Environment,
  now: Date,
): Promise<Done> {
  if (kind === 'deletions') return withdrawDeletion(db, actor, id, environment, now);
  if (kind === 'until-dates')
    return changeDisabling(db, actor, id, { disabled_until: null, enable_by_itself: false }, now);
  if (kind === 'disablings') await cancelDisabling(db, actor, id, now);
  else await revokeCode(db, actor, id, { reason: both('life.codeCancelled').ms }, now);
  return { mailed: [] };
}

/** The code can be used to the end of another day. @throws NotFound; Conflict when it was used or revoked; RuleBroken */
async function postponeCode(db: Db, actor: Actor, id: number, day: string, now: Date): Promise<Done> {
  return change(db, actor, now, async (trx) => {
    const before = await findAccessCode(trx, actor, id);
    refusePast(day, now, 'date');
    const expires_at = later(startOfDay(day), DAY - 1).toISOString();
    const { numUpdatedRows } = await trx
      .updateTable('access_code')
      .set({ expires_at })
      .where('id', '=', id)
      .where('status', 'in', ['issued', 'returned', 'confirmed'])
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new Conflict('life.isOver');
    await record(
      trx,
      actor,
      {
        action: 'access-code.postponed',
        sop: '4.2',
        item: codeItem(before),
        before: { expires_at: before.expires_at },
        after: { expires_at },
      },
      now,
    );
    return { mailed: [] };
  });
}
