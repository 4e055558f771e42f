/**
 * Lets several histories happen as if side by side: each asks for its turn at a moment, and whoever's is the earliest goes on.
 * What they write is then in the order of time, as it would have been.
 */
export function turns() {
  const waiting: { at: Date; goOn(): void }[] = [];
  let running = 0;

  function next() {
    if (running > 0 || waiting.length === 0) return;
    const first = waiting.reduce((one, other) => (other.at < one.at ? other : one));
    waiting.splice(waiting.indexOf(first), 1);
    running += 1;
    first.goOn();
  }

  return {
    /** Waits for the turn at a moment, and gives the moment back. */
    async turnAt(at: Date): Promise<Date> {
      running -= 1;
      const turn = new Promise<void>((goOn) => waiting.push({ at, goOn }));
      next();
      await turn;
      return at;
    },

    /** Runs all histories to their ends. */
    async run(histories: (() => Promise<void>)[]) {
      running = histories.length;
      await Promise.all(
        histories.map(async (history) => {
          await history();
          running -= 1;
          next();
        }),
      );
    },
  };
}
