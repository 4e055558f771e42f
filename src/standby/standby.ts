import type { Settings } from '../base/settings.ts';
import { MINUTE, SECOND } from '../base/time.ts';
import type { Db, Trx } from '../data/database.ts';
import { storedSettings } from '../data/system-settings.ts';

/** A replica is behind when nothing has come for longer. */
export const MOST_BEHIND = MINUTE;
/** Where it is kept, among the system's settings, what is known of the replica: it is in each copy, too, and dates it. */
export const STANDBY = 'standby';

/** What IPMS writes every few seconds, so that a replica that is kept always has something new. */
export type Beat = {
  at: string;
  /** Since when this process has been looking. */
  since: string;
  /** Of when the newest of the replica is; null: there is none, or it cannot be read. */
  newest: string | null;
  /** When the helpdesk was mailed that the replica is behind; null: not this time. */
  told: string | null;
};
export type Standby = { newest: string | null; seconds: number; isBehind: boolean };

export async function lastBeat(db: Db | Trx): Promise<Beat | null> {
  const kept = (await storedSettings(db)).get(STANDBY);
  return kept === undefined ? null : (JSON.parse(kept) as Beat);
}

/** What the log says, in one line. */
export function behindLine({ newest }: Standby, fault: Error | null) {
  const what = newest === null ? 'no replica of Litestream is there' : `the newest there is of ${newest}`;
  return `The copy on the second machine is behind: ${fault === null ? what : fault.message}. What to do is in docs/standby.md.`;
}

/** How the replica stands at a beat, seen now. After a start it has time to follow. */
export function standing({ since, newest }: Pick<Beat, 'since' | 'newest'>, now: Date): Standby {
  const age = (moment: string) => now.getTime() - new Date(moment).getTime();
  const behind = newest === null ? age(since) : age(newest);
  // a share whose clock is ahead would hide for so long that nothing comes
  const isAhead = behind < -MOST_BEHIND;
  const isBehind = age(since) > MOST_BEHIND && (behind > MOST_BEHIND || isAhead);
  return { newest, seconds: Math.round(behind / SECOND), isBehind };
}

/**
 * How the second machine's replica stands.
 * @returns null where there is none that can be looked at, or none was yet
 */
export async function readStandby(db: Db | Trx, settings: Settings['standby'], now: Date): Promise<Standby | null> {
  if (settings === null || settings.dir === null) return null;
  const beat = await lastBeat(db);
  return beat === null ? null : standing(beat, now);
}
