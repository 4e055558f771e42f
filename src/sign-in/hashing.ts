import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';

/** bcrypt reads no further than this many bytes: more is refused, never cut. */
export const MOST_BYTES = 72;
/** Hashing takes a core for as long as it lasts: one is left to the pages, and no more than two are taken. */
const AT_ONCE = Math.min(2, Math.max(1, availableParallelism() - 1));

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** bcrypt of the NFC form of a password. */
export function hashPassword(password: string, cost: number) {
  return inTurn(() => bcrypt.hash(password.normalize('NFC'), cost));
}

const placeholders = new Map<number, Promise<string>>();

/** Compares in the same time whether or not there is a hash. */
export async function passwordMatches(password: string, hash: string | null, cost: number) {
  const text = password.normalize('NFC');
  if (hash !== null) return (await inTurn(() => bcrypt.compare(text, hash))) && Buffer.byteLength(text) <= MOST_BYTES;
  let placeholder = placeholders.get(cost);
  if (placeholder === undefined) {
    placeholder = hashPassword('nobody has this password', cost);
    placeholders.set(cost, placeholder);
  }
  const nobody = await placeholder;
  await inTurn(() => bcrypt.compare(text, nobody));
  return false;
}
