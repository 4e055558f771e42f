import { Busy, Gone } from './errors.ts';

/** Who waits for a turn: a network, and what it is a part of, which has no more turns than any other. */
export type Waiter = { site: string; network: string; gone?: AbortSignal };

type Place = { enter(): void; refuse(error: Error): void };

/**
 * Lets slow work take turns: so much at once, one site after the other, and within a site one network after the other,
 * whoever has many waiting. Whoever has gone waits no more.
 * @param atOnceOfOne so much of it of one network, where slow ones must not keep out all others
 * @param most how many may wait in all; beyond that, whoever has fewer waiting takes the last place of who has the most
 * @param mostOfOne how many of them may be of one network
 * @returns what carries out work when its turn comes; it throws Busy at once when too much waits, and Gone
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
  /** The sites in the order of their turns, and in each its networks. */
  const sites = new Map<string, Map<string, Place[]>>();
  const lineOf = ({ site, network }: Waiter) => sites.get(site)?.get(network) ?? [];
  const waitingOf = (site: string) =>
    [...(sites.get(site)?.values() ?? [])].reduce((sum, line) => sum + line.length, 0);

  /** Takes somebody out of a line, and away with what is empty then. */
  function remove({ site, network }: Waiter, at: number) {
    const networks = sites.get(site);
    const [place] = lineOf({ site, network }).splice(at, 1);
    if (place !== undefined) waiting -= 1;
    if (lineOf({ site, network }).length === 0) networks?.delete(network);
    if (networks?.size === 0) sites.delete(site);
    return place;
  }

  /** Makes room for a site by the last place of the one that has the most, if that has more. */
  function makeRoom(site: string) {
    const counts = [...sites.keys()].map((each) => ({ site: each, count: waitingOf(each) }));
    const largest = counts.reduce((one, other) => (other.count > one.count ? other : one), { site, count: 0 });
    if (largest.count <= waitingOf(site) + 1) throw new Busy();
    const networks = [...(sites.get(largest.site) ?? [])];
    const [network, line] = networks.reduce((one, other) => (other[1].length > one[1].length ? other : one));
    remove({ site: largest.site, network }, line.length - 1)?.refuse(new Busy());
  }

  async function wait(waiter: Waiter) {
    const { site, network, gone } = waiter;
    if (lineOf(waiter).length >= mostOfOne) throw new Busy();
    if (waiting >= most) makeRoom(site);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const place = { enter: resolve, refuse: reject };
    const networks = sites.get(site) ?? new Map<string, Place[]>();
    sites.set(site, networks);
    networks.set(network, lineOf(waiter));
    lineOf(waiter).push(place);
    waiting += 1;
    const leave = () => {
      const at = lineOf(waiter).indexOf(place);
      if (at >= 0) remove(waiter, at)?.refuse(new Gone());
    };
    gone?.addEventListener('abort', leave);
    await promise.finally(() => gone?.removeEventListener('abort', leave));
  }

  function count(network: string, by: 1 | -1) {
    const now = (runningOf.get(network) ?? 0) + by;
    if (now === 0) runningOf.delete(network);
    else runningOf.set(network, now);
    running += by;
  }

  function begin() {
    for (const [site, networks] of sites)
      for (const [network, line] of networks) {
        if (!mayBegin(network)) continue;
        const next = remove({ site, network }, 0);
        if (line.length > 0) putLast(networks, network);
        if (networks.size > 0) putLast(sites, site);
        count(network, 1);
        next?.enter();
        return;
      }
  }

  return async <T>(waiter: Waiter, work: () => Promise<T>): Promise<T> => {
    const { network, gone } = waiter;
    if (gone?.aborted) throw new Gone();
    if (mayBegin(network)) count(network, 1);
    else await wait(waiter);
    try {
      return await work();
    } finally {
      count(network, -1);
      begin();
    }
  };
}

/** Behind all others. */
function putLast<T>(lines: Map<string, T>, key: string) {
  const line = lines.get(key) as T;
  lines.delete(key);
  lines.set(key, line);
}
