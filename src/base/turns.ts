import { Busy } from './errors.ts';

/**
 * Lets slow work take turns: so much at once, and one network after the other, whoever has many waiting.
 * @param atOnceOfOne so much of it of one network, where slow ones must not keep out all others
 * @param most how many may wait in all
 * @param mostOfOne how many of them may be of one network
 * @returns what carries out work when its turn comes; it throws Busy at once when too much waits
 */
export function takeTurns({
  atOnce,
  atOnceOfOne = atOnce,
  most,
  mostOfOne,
}: {
  atOnce: number;
  atOnceOfOne?: number;
  most: number;
  mostOfOne: number;
}) {
  let running = 0;
  const runningOf = new Map<string, number>();
  const mayBegin = (network: string) => running < atOnce && (runningOf.get(network) ?? 0) < atOnceOfOne;
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

  function count(network: string, by: 1 | -1) {
    const now = (runningOf.get(network) ?? 0) + by;
    if (now === 0) runningOf.delete(network);
    else runningOf.set(network, now);
    running += by;
  }

  function begin() {
    for (const [network, line] of lines) {
      if (!mayBegin(network)) continue;
      const next = line.shift();
      waiting -= 1;
      lines.delete(network);
      if (line.length > 0) lines.set(network, line); // behind all others
      count(network, 1);
      next?.();
      return;
    }
  }

  return async <T>(network: string, work: () => Promise<T>): Promise<T> => {
    if (mayBegin(network)) count(network, 1);
    else await wait(network);
    try {
      return await work();
    } finally {
      count(network, -1);
      begin();
    }
  };
}
