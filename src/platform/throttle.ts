import type { Db, Trx } from './database.ts';
import { TooManyTries } from './errors.ts';
import { later, MINUTE } from './time.ts';

/** How many wrong tries one key may have, in which time, and how long it is shut after. */
type Limit = { most: number; within: number; status: 422 | 429 };

/** Five wrong tries shut a sign-in name or an access code for 15 minutes. */
export const PER_NAME: Limit = { most: 5, within: 15 * MINUTE, status: 422 };
/** Thirty wrong tries shut a network address out for the rest of 15 minutes. */
export const PER_ADDRESS: Limit = { most: 30, within: 15 * MINUTE, status: 429 };

const limits = (name: string, address: string) =>
  [
    [`address:${address}`, PER_ADDRESS],
    [name, PER_NAME],
  ] as const;

/**
 * Counts a try as wrong before it is looked at, so that parallel tries cannot slip past; a right one takes it back with `forgive`.
 * @param name what is tried, in its one spelling: `user:12`, `login:nobody`, `code:civil_servant:900101140101`
 * @throws TooManyTries when the name or the network address is shut
 */
export async function countTry(db: Db, name: string, address: string, now: Date) {
  const shut = await db.transaction().execute(async (trx) => {
    for (const [key, limit] of limits(name, address)) {
      const until = await lockedUntil(trx, key, now);
      if (until !== null) return new TooManyTries(until, limit.status);
    }
    for (const [key, limit] of limits(name, address)) await countOne(trx, key, limit, now);
    return null;
  });
  if (shut !== null) throw shut;
}

async function lockedUntil(trx: Trx, key: string, now: Date) {
  const row = await trx.selectFrom('throttle').select('locked_until').where('key', '=', key).executeTakeFirst();
  const until = row?.locked_until;
  return until != null && until > now.toISOString() ? new Date(until) : null;
}

async function countOne(trx: Trx, key: string, limit: Limit, now: Date) {
  const row = await trx.selectFrom('throttle').selectAll().where('key', '=', key).executeTakeFirst();
  const open = row !== undefined && row.window_ends_at > now.toISOString() && row.locked_until === null;
  const failures = open ? row.failures + 1 : 1;
  const windowEndsAt = open ? row.window_ends_at : later(now, limit.within).toISOString();
  const lockedUntil =
    failures < limit.most ? null : limit === PER_NAME ? later(now, limit.within).toISOString() : windowEndsAt;
  const values = { failures, window_ends_at: windowEndsAt, locked_until: lockedUntil };
  await trx
    .insertInto('throttle')
    .values({ key, ...values })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(values))
    .execute();
}

/** The try was right: the name starts anew, and the network address gets its one try back. */
export async function forgive(db: Db, name: string, address: string) {
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('throttle').where('key', '=', name).execute();
    await trx
      .updateTable('throttle')
      .set((eb) => ({ failures: eb('failures', '-', 1), locked_until: null }))
      .where('key', '=', `address:${address}`)
      .where('failures', '>', 0)
      .execute();
  });
}

/** Opens a shut name at once. Returns whether it was shut. */
export async function unlock(trx: Trx, name: string, now: Date) {
  const { numDeletedRows } = await trx
    .deleteFrom('throttle')
    .where('key', '=', name)
    .where('locked_until', '>', now.toISOString())
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
