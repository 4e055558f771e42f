import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds that one piece of work may hold everything else up. */
const LONGEST = 10;

/** Call it after each small step, and wait for it. */
export type Breathe = () => Promise<void>;

/**
 * For work whose length others decide: it lets everything else have its turn whenever some time has gone by. Steps are
 * not counted for that: nobody knows how long one takes.
 * @param now milliseconds
 */
export function paced(now = () => performance.now()): Breathe {
  let begun = now();
  return async () => {
    if (now() - begun < LONGEST) return;
    await turn();
    begun = now();
  };
}
