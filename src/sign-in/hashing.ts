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

/** Is it this password? @param address for whom: the network that waits for it */
export async function passwordMatches(password: string, hash: string, address: string) {
  const text = oneSpelling(password);
  const matches = await inTurn(siteOf(address), () => bcrypt.compare(text, hash));
  return matches && Buffer.byteLength(text) <= MOST_BYTES;
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
 * @param address for whom: the network that waits for it
 */
export async function matchesInOneTime(password: string, hash: string | null, cost: number, address: string) {
  const text = oneSpelling(password);
  const own = hash === null ? cost : bcrypt.getRounds(hash);
  const compared = [hash ?? (await placeholder(cost))];
  for (let step = own; step < cost; step += 1) compared.push(await placeholder(step));
  const results = await inTurn(siteOf(address), async () => {
    const each: boolean[] = [];
    for (const one of compared) each.push(await bcrypt.compare(text, one));
    return each;
  });
  return hash !== null && results[0] === true && Buffer.byteLength(text) <= MOST_BYTES;
}
