import type { Act } from '../data/act.ts';
import { type Circular, enqueueCircular } from '../trail/outbox.ts';

/** Puts the letters about a list into the outbox. Returns the addresses, each once. */
export async function announce(act: Act, circulars: Circular[]) {
  const addresses = new Set<string>();
  for (const circular of circulars) for (const address of await enqueueCircular(act, circular)) addresses.add(address);
  return [...addresses];
}
