import type { Actor } from '../platform/actor.ts';
import type { Trx } from '../platform/database.ts';
import { type Circular, enqueueCircular } from '../platform/outbox.ts';

/** Puts the letters about a list into the outbox. Returns the addresses, each once. */
export async function announce(trx: Trx, actor: Actor, circulars: Circular[], now: Date) {
  const addresses = new Set<string>();
  for (const circular of circulars)
    for (const address of await enqueueCircular(trx, actor, circular, now)) addresses.add(address);
  return [...addresses];
}
