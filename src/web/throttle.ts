import { isIPv6 } from 'node:net';
import type { ExpressionBuilder } from 'kysely';
import type { Actor } from '../base/actor.ts';
import { Busy, Gone, TooManyTries, type Tried, WrongTry } from '../base/errors.ts';
import { digest } from '../base/secrets.ts';
import { DAY, HOUR, later, MINUTE } from '../base/time.ts';
import { inAct, UNSET } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Row, Schema } from '../data/schema.ts';
import { audit } from '../trail/audit.ts';
import { type Item, userItem } from '../trail/items.ts';

/** How many wrong tries one key may have, in which time, and how long it is shut after. */
type Limit = { most: number; within: number; status: 422 | 429 };

/** Five wrong tries shut a name for 15 minutes: to the network or the browser that they came from. */
const PER_NAME: Limit = { most: 5, within: 15 * MINUTE, status: 422 };
/** Thirty, from wherever, shut it to all networks in which nobody has signed in before. */
const PER_NAME_EVERYWHERE: Limit = { most: 30, within: 15 * MINUTE, status: 422 };
/** Sixty from all networks together in which somebody has signed in: how many of those there are is no allowance to guess. */
const PER_NAME_KNOWN: Limit = { most: 60, within: 15 * MINUTE, status: 422 };
/** Thirty wrong tries shut a network address out for the rest of 15 minutes. */
const PER_ADDRESS: Limit = { most: 30, within: 15 * MINUTE, status: 429 };
/** One in which somebody has signed in may be a whole office, of which many mistype at eight in the morning. */
const PER_OFFICE: Limit = { most: 300, within: 15 * MINUTE, status: 429 };
/** What an IPv6 customer, who has 2¹⁶ networks, may do with all of them. */
const PER_SITE: Limit = { most: 300, within: 15 * MINUTE, status: 429 };

/** Sixty forms that mail somebody, from one network address in an hour: also a whole agency behind one address gets by. */
const MAILING_PER_ADDRESS: Limit = { most: 60, within: HOUR, status: 429 };
/** Twenty in an hour that name the same e-mail address: whoever collects the forms of others gets by, too. */
const MAILING_PER_EMAIL: Limit = { most: 20, within: HOUR, status: 429 };

/** A hundred megabytes of files a day from one network address, of people who have not signed in: it is kept for years. */
const FILES_PER_ADDRESS: Limit = { most: 100, within: DAY, status: 429 };

/** Who shares what there is to share: the 256 addresses of IPv4 (/24), or the 2¹⁶ networks of IPv6 (/48), that one customer may have. */
export function siteOf(address: string) {
  const network = networkOf(address);
  if (network.endsWith('::/64')) return `${network.split(':').slice(0, 3).join(':')}::/48`;
  return network.replace(/^(\d+\.\d+\.\d+)\.\d+$/, '$1.0/24');
}

/** A try: what is tried, by whom, and what is known of the place where that is done. */
export type Try = {
  by: Actor;
  what: Tried['what'];
  /** In its one spelling. It never depends on whether there is somebody of that name, and so the answer does not, either. */
  name: string;
  /** Whom it is tried for, when there is somebody: the helpdesk sees what is shut there, and opens it. */
  userId?: number | null;
  /** A browser in which this very person has signed in: what strangers try, and how often, does not count there. */
  browser?: string | null;
  /** Somebody has signed in from this network before. */
  isKnownNetwork?: boolean;
  /** A name of its own that five wrong tries from wherever shut: of a secret that nobody comes to without another one. */
  inner?: string;
};

type Counted = readonly [key: string, limit: Limit];

/** What a try is counted under, in the order in which it takes its places: the widest last, so that nobody holds that and waits. */
function countedUnder({ by, what, name, userId, browser, isKnownNetwork, inner }: Try): Counted[] {
  if (browser != null && userId != null)
    return [[`${what === 'passkey' ? 'passkey' : 'user'}:${userId}@${browser}`, PER_NAME]];
  const network = networkOf(by.address);
  const site = siteOf(by.address);
  const counted: Counted[] = inner === undefined ? [] : [[inner, PER_NAME]];
  counted.push([`${name}@${network}`, PER_NAME]);
  counted.push(isKnownNetwork ? [`${name}@known`, PER_NAME_KNOWN] : [name, PER_NAME_EVERYWHERE]);
  counted.push([`address:${network}`, isKnownNetwork ? PER_OFFICE : PER_ADDRESS]);
  if (site.endsWith('/48')) counted.push([`address:${site}`, PER_SITE]);
  return counted;
}

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

/** Whoever waits until a try may be looked at. */
type Waiting = { now: Date; enter(): void; refuse(error: unknown): void };
/** The tries of one key: how many are being looked at, and who waits for that. */
type Gate = { inside: number; waiting: Waiting[] };

const gates = new WeakMap<Db, Map<string, Gate>>();
/** So many may wait for one name or network: more than that would wait longer than browsers do. */
const MOST_WAITING = 500;

/** The gates at which somebody is, by what is counted there. */
export function gatesOf(db: Db) {
  let all = gates.get(db);
  if (all === undefined) {
    all = new Map();
    gates.set(db, all);
  }
  return all;
}

/**
 * Has a try looked at, and counts it if it is wrong. No more of them are looked at together than may be wrong: whoever
 * comes beside them waits, so that parallel guesses do not slip past the limit, and right ones are never in the way.
 * @param look throws WrongTry; a right try that begins the count anew calls what it is given
 * @param shut what follows when this was the last try before the name is shut
 * @throws TooManyTries when the name or the network address is shut, Busy when too many wait, Gone when whoever tries hangs
 *   up before it is looked at, and what `look` throws
 */
export async function inspect<T>(
  db: Db,
  tried: Try,
  now: Date,
  look: (forgive: () => Promise<void>) => Promise<T>,
  shut?: () => Promise<void>,
): Promise<T> {
  const all = countedUnder(tried);
  const entered: Counted[] = [];
  try {
    await refuseShut(db, all, now);
    for (const counted of all) {
      await enter(db, counted, now, tried.by.gone);
      entered.push(counted);
    }
    return await look(() => forgive(db, tried));
  } catch (error) {
    if (error instanceof WrongTry || error instanceof TooManyTries)
      error.tried = { what: tried.what, userId: tried.userId ?? null };
    if (error instanceof WrongTry && (await countWrong(db, tried, all, now, shut === undefined))) await shut?.();
    throw error;
  } finally {
    await leave(db, entered);
  }
}

/** The try was right: what it was counted under starts anew, but for the network, from which others are tried, too. */
export async function forgive(db: Db, tried: Try) {
  const keys = countedUnder(tried).map(([key]) => key);
  await db
    .deleteFrom('throttle')
    .where(
      'key',
      'in',
      keys.filter((key) => !key.startsWith('address:')),
    )
    .execute();
}

/** Whoever is shut out is told so at once, and stands in nobody's way. */
async function refuseShut(db: Db, all: Counted[], now: Date) {
  for (const [key, limit] of all.toReversed()) {
    const until = shutUntil(await countOf(db, key), now);
    if (until !== null) throw new TooManyTries(until, limit.status);
  }
}

async function enter(db: Db, counted: Counted, now: Date, gone?: AbortSignal) {
  const [key] = counted;
  if (gone?.aborted) throw new Gone();
  const gate = gatesOf(db).get(key) ?? { inside: 0, waiting: [] };
  if (gate.waiting.length >= MOST_WAITING) throw new Busy();
  gatesOf(db).set(key, gate);
  const place = Promise.withResolvers<void>();
  const waiting = { now, enter: place.resolve, refuse: place.reject };
  gate.waiting.push(waiting);
  const giveUp = () => {
    const at = gate.waiting.indexOf(waiting);
    if (at < 0) return;
    gate.waiting.splice(at, 1);
    place.reject(new Gone());
  };
  gone?.addEventListener('abort', giveUp);
  // whoever stands behind others is let in after them, by those who leave
  const first = gate.waiting.length === 1 ? letIn(db, counted, gate) : undefined;
  await Promise.all([place.promise, first]).finally(() => gone?.removeEventListener('abort', giveUp));
}

async function leave(db: Db, entered: Counted[]) {
  const left = entered.map((counted) => ({ counted, gate: gatesOf(db).get(counted[0]) as Gate }));
  for (const { gate } of left) gate.inside -= 1;
  for (const { counted, gate } of left) await letIn(db, counted, gate);
}

/** Lets in whoever waits, in turn, as long as there are more tries left than are being looked at. */
async function letIn(db: Db, [key, limit]: Counted, gate: Gate) {
  if (gate.waiting.length > 0)
    try {
      await db.transaction().execute(async (trx) => {
        const count = await countOf(trx, key);
        // nothing is awaited from here on: nobody is counted between what was read and who is let in
        for (let next = gate.waiting[0]; next !== undefined; next = gate.waiting[0]) {
          const until = shutUntil(count, next.now);
          if (until === null && gate.inside >= limit.most - failuresOf(count, next.now)) break;
          gate.waiting.shift();
          if (until !== null) next.refuse(new TooManyTries(until, limit.status));
          else {
            gate.inside += 1;
            next.enter();
          }
        }
      });
    } catch (error) {
      for (const next of gate.waiting.splice(0)) next.refuse(error);
    }
  const isEmpty = gate.inside === 0 && gate.waiting.length === 0;
  if (isEmpty && gatesOf(db).get(key) === gate) gatesOf(db).delete(key); // there may be a new one by now
}

/**
 * Counts a wrong try, keeps it for those who look after the sign-ins, and tells the audit trail of what it has shut: all of it
 * also where there is nobody of that name, so that it takes the same time.
 * @param tells whether of a shut name, too, which another act of the caller's may tell of
 * @returns whether this was the last try before the name is shut, here or everywhere
 */
async function countWrong(db: Db, { by, what, userId = null }: Try, all: Counted[], now: Date, tells: boolean) {
  return inAct(db, { actor: { ...by, act: null }, now, settings: UNSET }, async (act) => {
    const shut: { name?: string; network?: string } = {};
    for (const [key, limit] of all) {
      const network = key.startsWith('address:') ? key.slice('address:'.length) : undefined;
      const isLast = await countOne(act.trx, key, limit, now, network === undefined ? userId : null);
      if (isLast && network === undefined) shut.name = key;
      else if (isLast && network !== undefined) shut.network = network;
    }
    const isShut = shut.network !== undefined ? 'network' : shut.name !== undefined ? 'name' : null;
    await act.trx
      .insertInto('refused_try')
      .values({ at: now.toISOString(), what, user_id: userId, address: by.address, page: null, shut: isShut })
      .execute();
    if (shut.name !== undefined && tells)
      await audit(act, { action: 'sign-in.name-shut', item: await itemOf(act.trx, userId) });
    if (shut.network !== undefined)
      await audit(act, {
        action: 'sign-in.network-shut',
        item: await itemOf(act.trx, null),
        after: { network_address: shut.network },
      });
    return shut.name !== undefined;
  });
}

/** Whom a shut name is of; nobody's, and a network, are this installation's. */
async function itemOf(trx: Trx, userId: number | null): Promise<Item> {
  const user = await trx
    .selectFrom('user')
    .select(['id', 'full_name', 'agency_id'])
    .where('id', '=', userId ?? 0)
    .executeTakeFirst();
  return user === undefined ? { type: 'database', id: 1, name: 'IPMS', agencyId: null } : userItem(user);
}

/**
 * Counts a form that anybody may send and that mails somebody, in the transaction that carries it out: what is refused
 * is not counted, and whoever has sent enough may sign in all the same.
 * @param form names the form: `code-request`
 * @throws TooManyTries when the network address or the e-mail address has sent enough for now
 */
export async function countMailing(trx: Trx, form: string, address: string, email: string, now: Date) {
  if (isOwn(address)) return;
  await countSent(trx, [`${form}:address:${networkOf(address)}`, MAILING_PER_ADDRESS], now);
  await countSent(trx, [`${form}:email:${digest(email)}`, MAILING_PER_EMAIL], now);
}

/**
 * Counts the files of somebody who has not signed in, each megabyte begun, before they are written: also of a form that is
 * refused then.
 * @throws TooManyTries when the network address has sent enough for a day; then none of them is counted
 */
export async function countFiles(trx: Trx, address: string, files: readonly { bytes: Buffer }[], now: Date) {
  if (isOwn(address)) return;
  const megabytes = files.reduce((sum, { bytes }) => sum + Math.ceil(bytes.length / MEGABYTE), 0);
  for (let counted = 0; counted < megabytes; counted += 1)
    await countSent(trx, [`files:address:${networkOf(address)}`, FILES_PER_ADDRESS], now);
}
const MEGABYTE = 1024 ** 2;

/**
 * The same for a forgotten password: five from one network in 15 minutes, and fifteen from wherever, as it mails always
 * the same person.
 * @param name as `inspect` counts it
 * @throws TooManyTries when the network address has sent enough for now, or enough was sent for the sign-in
 */
export async function countForgotten(trx: Trx, name: string, address: string, now: Date) {
  if (!isOwn(address)) await countSent(trx, [`forgot:address:${networkOf(address)}`, MAILING_PER_ADDRESS], now);
  await countSent(trx, [`forgot:${name}@${networkOf(address)}`, PER_NAME], now);
  await countSent(trx, [`forgot:${name}`, FORGOTTEN_EVERYWHERE], now);
}
const FORGOTTEN_EVERYWHERE: Limit = { most: 15, within: 15 * MINUTE, status: 422 };

/**
 * An address of this computer itself is that of its own programs, or, behind a proxy that is not trusted, of everybody:
 * it names nobody who could be shut out.
 */
function isOwn(address: string) {
  const network = networkOf(address);
  return network === '::1' || network.startsWith('127.');
}

async function countSent(trx: Trx, [key, limit]: Counted, now: Date) {
  const until = shutUntil(await countOf(trx, key), now);
  if (until !== null) throw new TooManyTries(until, limit.status, 'error.tooMany');
  await countOne(trx, key, limit, now);
}

type Count = Row<'throttle'> | undefined;

async function countOf(db: Db | Trx, key: string): Promise<Count> {
  return db.selectFrom('throttle').selectAll().where('key', '=', key).executeTakeFirst();
}

function shutUntil(count: Count, now: Date) {
  const until = count?.locked_until;
  return until != null && until > now.toISOString() ? new Date(until) : null;
}

const isOpen = (count: Count, now: Date) =>
  count !== undefined && count.window_ends_at > now.toISOString() && count.locked_until === null;

function failuresOf(count: Count, now: Date) {
  return count !== undefined && isOpen(count, now) ? count.failures : 0;
}

/** Returns whether this was the last before the key is shut. */
async function countOne(trx: Trx, key: string, limit: Limit, now: Date, userId: number | null = null) {
  const row = await countOf(trx, key);
  if (shutUntil(row, now) !== null) return false;
  const open = row !== undefined && isOpen(row, now);
  const failures = failuresOf(row, now) + 1;
  const windowEndsAt = open ? row.window_ends_at : later(now, limit.within).toISOString();
  const lockedUntil =
    failures < limit.most ? null : limit === PER_NAME ? later(now, limit.within).toISOString() : windowEndsAt;
  const values = { failures, window_ends_at: windowEndsAt, locked_until: lockedUntil, user_id: userId };
  await trx
    .insertInto('throttle')
    .values({ key, ...values })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(values))
    .execute();
  return lockedUntil !== null;
}

/** Opens a name to everybody and from everywhere: what was tried before was tried on something else. */
export async function startAnew(trx: Trx, name: string) {
  await trx.deleteFrom('throttle').where(isOf(name)).execute();
}

/** Opens at once what is shut of a person, and whatever else is counted under the name. Returns whether anything was shut. */
export async function unlock(trx: Trx, userId: number, name: string, now: Date) {
  const removed = await trx
    .deleteFrom('throttle')
    .where((eb) => eb.or([eb('user_id', '=', userId), isOf(name)(eb)]))
    .returning('locked_until')
    .execute();
  return removed.some(({ locked_until }) => locked_until !== null && locked_until > now.toISOString());
}

/** A name, and the networks that it is counted under. */
const isOf = (name: string) => (eb: ExpressionBuilder<Schema, 'throttle'>) =>
  eb.or([eb('key', '=', name), eb.and([eb('key', '>=', `${name}@`), eb('key', '<', `${name}A`)])]); // A is next to @

/** Somebody who has signed in asked for a page that is another's: kept once an hour for each page, however often it is asked for. */
export async function keepRefusedPage(db: Db, userId: number, address: string, page: string, now: Date) {
  const known = await db
    .selectFrom('refused_try')
    .select('id')
    .where('user_id', '=', userId)
    .where('at', '>', later(now, -HOUR).toISOString())
    .where('page', '=', page)
    .executeTakeFirst();
  if (known !== undefined) return;
  await db
    .insertInto('refused_try')
    .values({ at: now.toISOString(), what: 'page', user_id: userId, address, page, shut: null })
    .execute();
}
