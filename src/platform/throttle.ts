import { isIPv6 } from 'node:net';
import type { Db, Trx } from './database.ts';
import { TooManyTries } from './errors.ts';
import { digest } from './secrets.ts';
import { HOUR, later, MINUTE } from './time.ts';

/** How many wrong tries one key may have, in which time, and how long it is shut after. */
type Limit = { most: number; within: number; status: 422 | 429 };

/** Five wrong tries shut a sign-in name or an access code for 15 minutes. */
export const PER_NAME: Limit = { most: 5, within: 15 * MINUTE, status: 422 };
/** Thirty wrong tries shut a network address out for the rest of 15 minutes. */
export const PER_ADDRESS: Limit = { most: 30, within: 15 * MINUTE, status: 429 };

/** Sixty forms that mail somebody, from one network address in an hour: also a whole agency behind one address gets by. */
const MAILING_PER_ADDRESS: Limit = { most: 60, within: HOUR, status: 429 };
/** Twenty in an hour that name the same e-mail address: whoever collects the forms of others gets by, too. */
const MAILING_PER_EMAIL: Limit = { most: 20, within: HOUR, status: 429 };

/**
 * For what many people know the name of, as with an access code and an identity card: five wrong tries shut it to the
 * network address that they came from, and only so many, from wherever, to everybody.
 */
export const PER_OPEN_NAME: Limit = { most: 30, within: 15 * MINUTE, status: 422 };

const limits = (name: string, address: string, everywhere: Limit = PER_NAME) =>
  [
    [`address:${networkOf(address)}`, PER_ADDRESS],
    ...(everywhere === PER_NAME ? [] : ([[`${name}@${networkOf(address)}`, PER_NAME]] as const)),
    [name, everywhere],
  ] as const;

/** What a network address is counted under: an IPv6 customer has a network of 2⁶⁴ addresses, and any of them is the same one. */
export function networkOf(address: string) {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address) || address === '::1') return mapped ?? address;
  const [host = ''] = address.split('%');
  const [before = '', after] = host.replace(/\d+\.\d+\.\d+\.\d+$/, '0:0').split('::');
  const groups = (text: string) => text.split(':').filter((group) => group !== '');
  const [first, last] = [groups(before), groups(after ?? '')];
  const zeros = after === undefined ? [] : Array.from({ length: 8 - first.length - last.length }, () => '0');
  const network = [...first, ...zeros, ...last].slice(0, 4);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/**
 * Counts a try as wrong before it is looked at, so that parallel tries cannot slip past; a right one takes it back with `forgive`.
 * @param name what is tried, in its one spelling: `user:12`, `login:nobody`, `code:civil_servant:900101140101`
 * @param everywhere how many are too many from all network addresses together
 * @returns whether this was the last try before the name is shut
 * @throws TooManyTries when the name or the network address is shut
 */
export async function countTry(db: Db, name: string, address: string, now: Date, everywhere = PER_NAME) {
  const counted = await db.transaction().execute(async (trx) => {
    const all = limits(name, address, everywhere);
    for (const [key, limit] of all) {
      const until = await lockedUntil(trx, key, now);
      if (until !== null) return new TooManyTries(until, limit.status);
    }
    let shuts = false;
    for (const [key, limit] of all) shuts = await countOne(trx, key, limit, now); // the name is the last of them
    return shuts;
  });
  if (counted instanceof TooManyTries) throw counted;
  return counted;
}

/**
 * Counts a form that anybody may send and that mails somebody, in the transaction that carries it out: what is refused
 * is not counted. An address of this computer itself is that of its own programs, or, behind a proxy that is not
 * trusted, of everybody: it names nobody who could be shut out.
 * @param form names the form: `code-request`
 * @throws TooManyTries when the network address or the e-mail address has sent enough for now
 */
export async function countMailing(trx: Trx, form: string, address: string, email: string, now: Date) {
  const network = networkOf(address);
  if (network === '::1' || network.startsWith('127.')) return;
  for (const [key, limit] of [
    [`${form}:address:${network}`, MAILING_PER_ADDRESS],
    [`${form}:email:${digest(email)}`, MAILING_PER_EMAIL],
  ] as const) {
    const until = await lockedUntil(trx, key, now);
    if (until !== null) throw new TooManyTries(until, limit.status, 'error.tooMany');
    await countOne(trx, key, limit, now);
  }
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
  return lockedUntil !== null;
}

/** The try was right: the name starts anew, and the network address gets its one try back. */
export async function forgive(db: Db, name: string, address: string) {
  await db.transaction().execute(async (trx) => {
    await trx
      .deleteFrom('throttle')
      .where('key', 'in', [name, `${name}@${networkOf(address)}`])
      .execute();
    await giveBack(trx, [`address:${networkOf(address)}`]);
  });
}

/**
 * The try was right, but only the first of two: each gets its one try back, and the wrong ones before it stay counted.
 * Else whoever knows the password could try as many codes as there are, with the password in between.
 */
export async function forgiveOnce(db: Db, name: string, address: string) {
  await db.transaction().execute((trx) => giveBack(trx, [name, `address:${networkOf(address)}`]));
}

async function giveBack(trx: Trx, keys: string[]) {
  await trx
    .updateTable('throttle')
    .set((eb) => ({ failures: eb('failures', '-', 1), locked_until: null }))
    .where('key', 'in', keys)
    .where('failures', '>', 0)
    .execute();
}

/** Opens a name to everybody and from everywhere: what was tried before was tried on something else. */
export async function startAnew(trx: Trx, name: string) {
  await trx
    .deleteFrom('throttle')
    .where(
      (eb) => eb.or([eb('key', '=', name), eb.and([eb('key', '>=', `${name}@`), eb('key', '<', `${name}A`)])]), // A is next to @
    )
    .execute();
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
