import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';
import { oneSpelling } from '../base/spelling.ts';
import { takeTurns } from '../base/turns.ts';
import { siteOf } from '../web/throttle.ts';

/** bcrypt reads no further than this many bytes: more is refused, never cut. */
export const MOST_BYTES = 72;
/** Hashing takes a core for as long as it lasts: one is left to the pages, and no more than two are taken. */
const AT_ONCE = Math.min(2, Math.max(1, availableParallelism() - 1));

/** What waits behind more than this is answered later than people wait. */
const MOST_WAITING = { most: 1200, mostOfOne: 500 };

/** All hashing of this process takes its turn here, network after network. */
export const inTurn = takeTurns({ atOnce: AT_ONCE, ...MOST_WAITING });

/** bcrypt of the NFC form of a password. @param address for whom: the network that waits for it */
export function hashPassword(password: string, cost: number, address: string) {
  return inTurn(siteOf(address), () => bcrypt.hash(oneSpelling(password), cost));
}

/** Was it made at a lower cost than new ones are? */
export function isOfLowerCost(hash: string, cost: number) {
  return bcrypt.getRounds(hash) < cost;
}

const placeholders = new Map<number, Promise<string>>();

/** Compares in the same time whether or not there is a hash. @param address for whom: the network that waits for it */
export async function passwordMatches(password: string, hash: string | null, cost: number, address: string) {
  const text = oneSpelling(password);
  const compare = (other: string) => inTurn(siteOf(address), () => bcrypt.compare(text, other));
  if (hash !== null) return (await compare(hash)) && Buffer.byteLength(text) <= MOST_BYTES;
  let placeholder = placeholders.get(cost);
  if (placeholder === undefined) {
    placeholder = bcrypt.hash('nobody has this password', cost); // out of turn, once: a refused one would stay
    placeholders.set(cost, placeholder);
  }
  await compare(await placeholder);
  return false;
}
