import { Conflict } from '../base/errors.ts';
import { DAY, HOUR, later } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import { storedSettings, storeSetting } from '../data/system-settings.ts';
import { LONGEST_LINK } from '../sign-in/sign-in.ts';
import { audit } from '../trail/audit.ts';
import type { Item } from '../trail/items.ts';

/** Longer than any run of public holidays, shorter than what is given before anything is deleted for good. */
const AHEAD = 14 * DAY;
/** Clocks are set back by seconds; hours are a wrong zone, a battery or another machine's state. */
const BEHIND = HOUR;

/** Where it is kept, among the system's settings, when IPMS was last at work. */
export const SEEN = 'clockSeen';

/** The clock says another time than can be believed, seen from when IPMS was last at work. */
export type Doubt = { is: 'ahead' | 'behind'; seenAt: string };

export const CLOCK_ITEM: Item = { type: 'setting', id: 7, name: 'Jam pelayan', agencyId: null };

/** When IPMS was last at work under a clock that was believed; before that was kept, the newest audit row tells. Null: never. */
export async function lastSeen(db: Db | Trx): Promise<string | null> {
  const kept = (await storedSettings(db)).get(SEEN);
  if (kept !== undefined) return kept;
  const newest = await db.selectFrom('audit').select('at').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return newest?.at ?? null;
}

/** Is there doubt about the clock? Until it is right again, or somebody has confirmed it, nothing falls due. */
export async function clockDoubt(db: Db | Trx, now: Date): Promise<Doubt | null> {
  const seenAt = await lastSeen(db);
  if (seenAt === null) return null;
  const since = now.getTime() - new Date(seenAt).getTime();
  if (since > AHEAD) return { is: 'ahead', seenAt };
  return since < -BEHIND ? { is: 'behind', seenAt } : null;
}

/** What was begun under a clock that was ahead would last until that time has come: such sessions, links and shut names end. */
export async function endWhatIsAhead({ trx, now }: Pick<Act, 'trx' | 'now'>) {
  await trx.deleteFrom('session').where('seen_at', '>', later(now, BEHIND).toISOString()).execute();
  await trx.deleteFrom('one_time_link').where('expires_at', '>', later(now, LONGEST_LINK).toISOString()).execute();
  const tomorrow = later(now, DAY).toISOString();
  await trx
    .deleteFrom('throttle')
    .where((eb) => eb.or([eb('window_ends_at', '>', tomorrow), eb('locked_until', '>', tomorrow)]))
    .execute();
}

/**
 * The clock is right: what is due is done again from the next minute on.
 * @throws Conflict where nothing is in doubt
 */
export async function confirmClock(act: Act) {
  const { trx, now } = act;
  const doubt = await clockDoubt(trx, now);
  if (doubt === null) throw new Conflict('clock.sure');
  const moment = now.toISOString();
  await storeSetting(trx, SEEN, moment);
  await endWhatIsAhead(act);
  await audit(act, {
    action: 'clock.confirmed',
    item: CLOCK_ITEM,
    before: { last_at_work: doubt.seenAt },
    after: { last_at_work: moment },
  });
}

/** What a command and the log say, in one line. */
export function doubtLine({ is, seenAt }: Doubt, now: Date) {
  const what = is === 'ahead' ? 'and IPMS was last at work at' : 'and IPMS was at work later than that already, at';
  return `The clock says ${now.toISOString()}, ${what} ${seenAt}: nothing is deleted or ended. Put the clock right (date), or, if it is right, say so: npm run ipms -- clock confirm, or the helpdesk under /helpdesk/clock.`;
}
