import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two looks at whether the event loop still turns. Each wakes an idle server: these take 0.2 % of a core. */
const EVERY = 20;
/** Milliseconds for which nothing but a start or a migration may hold it. */
const MOST = 50;
const NANOSECONDS = 1_000_000;

type Looks = Pick<ReturnType<typeof monitorEventLoopDelay>, 'count' | 'percentile'>;

/**
 * What looks tell, each of which came 20 milliseconds after the one before, or later: the longest hold, in milliseconds,
 * and how many there were of more than 50. What began between two looks is seen that much shorter.
 */
export function holdsIn(looks: Looks) {
  const held = (rank: number) => looks.percentile((100 * rank) / looks.count) / NANOSECONDS - EVERY;
  let [within, beyond] = [0, looks.count + 1];
  while (beyond - within > 1) {
    const middle = Math.floor((within + beyond) / 2);
    if (held(middle) > MOST) beyond = middle;
    else within = middle;
  }
  return { longest: looks.count === 0 ? 0 : Math.max(0, held(looks.count)), tooLong: looks.count - within };
}

/** Looks from now on until `stop`: by Node's own clock, which wakes no script, for half of what a script's would take. */
export function watchHolds() {
  let looks = looking();
  let tooLong = 0;
  return {
    /** How long the event loop was held at most since this was last read, and how often since the beginning for too long. */
    async read() {
      const before = looks;
      looks = looking();
      await pause(EVERY + 1); // by then the new ones have begun: between the two nothing is missed
      before.disable();
      const seen = holdsIn(before);
      tooLong += seen.tooLong;
      return { longest: seen.longest, tooLong };
    },
    stop: () => looks.disable(),
  };
}

function looking() {
  const looks = monitorEventLoopDelay({ resolution: EVERY });
  looks.enable();
  return looks;
}
