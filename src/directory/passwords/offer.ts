import { setTimeout as pause } from 'node:timers/promises';
import { RuleBroken } from '../../base/errors.ts';
import { SECOND } from '../../base/time.ts';
import type { Db } from '../../data/database.ts';
import { type DirectoryAnswer, type DirectoryPasswords, NOT_ASKED } from '../../sign-in/password.ts';
import type { Directory } from '../connector.ts';
import { isLive } from '../follower.ts';
import { ofMailbox } from '../queries.ts';
import { DirectoryAway, DirectoryRefused } from '../refusals.ts';
import { sealPassword } from './waiting.ts';

/**
 * Whoever has typed a password has the next page within four seconds, however slow the computer hashes: so long after its form came,
 * nobody waits for the directory any more. A second it always has.
 */
const [IN_ALL, LEAST] = [3.4 * SECOND, SECOND];

/**
 * Carries passwords to the directory while somebody waits: it takes one, refuses it by rules of its own, or is away, and then the
 * sealed password waits for it.
 */
export function offeredPasswords(db: Db, directory: Directory, key: Buffer): DirectoryPasswords {
  async function offer(userId: number, password: string, mustChange: boolean, taken: number): Promise<DirectoryAnswer> {
    const account = await accountOf(db, userId);
    if (account === undefined) return NOT_ASKED;
    const waits = { isTaken: false, sealed: sealPassword(key, userId, password) };
    if (account.guid === null) return waits;
    const setting = directory.setPassword(account.guid, password, mustChange && account.directory_must_change === 1);
    const ending = new AbortController();
    const end = pause(Math.max(LEAST, IN_ALL - taken), 'late' as const, { signal: ending.signal }).catch(
      () => 'late' as const,
    );
    try {
      const answer = await Promise.race([setting, end]);
      if (answer === 'late') {
        setting.catch(() => undefined); // its answer comes to nobody; the sealed one is sent again
        return waits;
      }
      return { isTaken: true, sealed: null };
    } catch (error) {
      if (error instanceof DirectoryRefused && error.key === 'directory.refused.password')
        throw new RuleBroken(error.key, {}, 'new_password');
      if (error instanceof DirectoryRefused || error instanceof DirectoryAway) return waits;
      throw error;
    } finally {
      ending.abort();
    }
  }

  return {
    offer,
    isAsked: async (userId) => (await accountOf(db, userId)) !== undefined,
    async sealMissing(userId, password) {
      const account = await accountOf(db, userId);
      if (account === undefined || account.password_at !== null || account.isWaiting) return null;
      return sealPassword(key, userId, password);
    },
  };
}

/** The account of somebody whose agency is written to; undefined: there is nobody to give a password to. */
async function accountOf(db: Db, userId: number) {
  const row = await db
    .selectFrom('mailbox')
    .innerJoin('agency', 'agency.id', 'mailbox.agency_id')
    .innerJoin('directory_object as object', (join) => join.on(ofMailbox))
    .leftJoin('directory_password as waiting', 'waiting.user_id', 'mailbox.user_id')
    .select(['object.guid', 'object.password_at', 'agency.directory_must_change', 'waiting.made_at'])
    .select(['agency.directory_mode', 'agency.directory_agreed_at'])
    .where('mailbox.user_id', '=', userId)
    .where('mailbox.status', '=', 'active')
    .executeTakeFirst();
  return row === undefined || !isLive(row) ? undefined : { ...row, isWaiting: row.made_at !== null };
}
