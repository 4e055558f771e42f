import type { Db } from './platform/database.ts';
import { DAY, later } from './platform/time.ts';

/** How long the names of submissions are kept: a repeat after that is a new one. */
const SUBMISSIONS_KEPT = 7 * DAY;

/**
 * Does what is due by `now`. The server calls it every minute, the command line at any time; twice does no more than once.
 * @returns what was done, in words for the command line
 */
export async function runDue(db: Db, now: Date): Promise<string[]> {
  const moment = now.toISOString();
  return db.transaction().execute(async (trx) => {
    const sessions = await trx.deleteFrom('session').where('expires_at', '<=', moment).executeTakeFirstOrThrow();
    await trx.deleteFrom('one_time_link').where('expires_at', '<=', moment).execute();
    await trx
      .deleteFrom('throttle')
      .where('window_ends_at', '<=', moment)
      .where((eb) => eb.or([eb('locked_until', 'is', null), eb('locked_until', '<=', moment)]))
      .execute();
    await trx.deleteFrom('submission').where('at', '<=', later(now, -SUBMISSIONS_KEPT).toISOString()).execute();
    return [`${sessions.numDeletedRows} sessions that had expired were removed`];
  });
}
