/** Milliseconds between two looks at whether the event loop still turns. Each wakes an idle server: a hundred a second take 1 % of it. */
const EVERY = 20;
/** Milliseconds for which nothing but a start or a migration may hold it. */
const MOST = 50;

/**
 * How long the event loop is held: while it is, nothing is answered. A look is a turn that comes every 20
 * milliseconds, or later; what begins between two is seen that much shorter.
 * @param now milliseconds
 */
export function noteHolds(now = () => performance.now()) {
  let last = now();
  let longest = 0;
  let tooLong = 0;
  return {
    look() {
      const held = now() - last - EVERY;
      last = now();
      longest = Math.max(longest, held);
      if (held > MOST) tooLong += 1;
    },
    /** What was noted: the longest hold since it was last read, and how many there were of more than 50 milliseconds. */
    read() {
      const read = { longest, tooLong };
      longest = 0;
      return read;
    },
  };
}

/** Looks from now on until `stop`. */
export function watchHolds() {
  const { look, read } = noteHolds();
  const timer = setInterval(look, EVERY).unref();
  return { read, stop: () => clearInterval(timer) };
}
