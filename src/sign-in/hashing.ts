import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';
import type { Actor } from '../base/actor.ts';
import { POOL_THREADS } from '../base/settings.ts';
import { oneSpelling } from '../base/spelling.ts';
import { takeTurns } from '../base/turns.ts';
import { networkOf, siteOf } from '../web/throttle.ts';

/** bcrypt reads no further than this many bytes: more is refused, never cut. */
export const MOST_BYTES = 72;
/**
 * Hashing takes a core and a thread of Node's pool for as long as it lasts: one of each is left to everything else. The pool
 * has four threads, or as many as UV_THREADPOOL_SIZE says at the start.
 */
const AT_ONCE = Math.max(1, Math.min(availableParallelism(), POOL_THREADS) - 1);

/** What waits behind more than this is answered after two to three minutes, later than people wait: a core has three to five of them a second. */
const MOST_WAITING = { most: 600 * AT_ONCE, mostOfOne: 500 };

const turns = takeTurns({ atOnce: AT_ONCE, ...MOST_WAITING });

/** For whom something is hashed. */
type Asking = Pick<Actor, 'address' | 'gone'>;

/**
 * All hashing of this process takes its turn here, site after site, and of each network after network.
 * @throws Busy when too many wait, Gone when whoever waits hangs up: then nothing is hashed
 */
export function inTurn<T>({ address, gone }: Asking, work: () => Promise<T>) {
  return turns({ site: siteOf(address), network: networkOf(address), ...(gone && { gone }) }, work);
}

/** bcrypt of the NFC form of a password. */
export function hashPassword(password: string, cost: number, by: Asking) {
  return inTurn(by, () => bcrypt.hash(oneSpelling(password), cost));
}

/** Is it this password? */
export async function passwordMatches(password: string, hash: string, by: Asking) {
  const text = oneSpelling(password);
  const matches = await inTurn(by, () => bcrypt.compare(text, hash));
  return matches && Buffer.byteLength(text) <= MOST_BYTES;
}

/** Was it made at a lower cost than new ones are? */
export function isOfLowerCost(hash: string, cost: number) {
  return bcrypt.getRounds(hash) < cost;
}

const placeholders = new Map<number, Promise<string>>();

/** A hash that is nobody's. Made out of turn, once: a refused one would stay. */
function placeholder(cost: number) {
  const made = placeholders.get(cost) ?? bcrypt.hash('nobody has this password', cost);
  placeholders.set(cost, made);
  return made;
}

/**
 * The same in one time for everybody, also for nobody, and for whom the hash is cheaper: each step of the cost takes as
 * long as all those before it together, so what is missing is made up exactly.
 * @param cost at least that of the hash
 */
export async function matchesInOneTime(password: string, hash: string | null, cost: number, by: Asking) {
  const text = oneSpelling(password);
  const own = hash === null ? cost : bcrypt.getRounds(hash);
  const compared = [hash ?? (await placeholder(cost))];
  for (let step = own; step < cost; step += 1) compared.push(await placeholder(step));
  const results = await inTurn(by, async () => {
    const each: boolean[] = [];
    for (const one of compared) each.push(await bcrypt.compare(text, one));
    return each;
  });
  return hash !== null && results[0] === true && Buffer.byteLength(text) <= MOST_BYTES;
}
