import { Busy } from './errors.ts';

/**
 * Lets slow work take turns: so much at once, and one network after the other, whoever has many waiting.
 * @param most how many may wait in all
 * @param mostOfOne how many of them may be of one network
 * @returns what carries out work when its turn comes; it throws Busy at once when too much waits
 */
export function takeTurns({ atOnce, most, mostOfOne }: { atOnce: number; most: number; mostOfOne: number }) {
  let running = 0;
  let waiting = 0;
  /** The networks in the order of their turns. */
  const lines = new Map<string, (() => void)[]>();

  async function wait(network: string) {
    const line = lines.get(network) ?? [];
    if (waiting >= most || line.length >= mostOfOne) throw new Busy();
    await new Promise<void>((resolve) => {
      line.push(resolve);
      lines.set(network, line);
      waiting += 1;
    });
  }

  function begin() {
    const [first] = lines;
    if (first === undefined) {
      running -= 1;
      return;
    }
    const [network, line] = first;
    const next = line.shift();
    waiting -= 1;
    lines.delete(network);
    if (line.length > 0) lines.set(network, line); // behind all others
    next?.();
  }

  return async <T>(network: string, work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) await wait(network);
    else running += 1;
    try {
      return await work();
    } finally {
      begin();
    }
  };
}
