/** Chance that goes the same way each time. */
export type Chance = ReturnType<typeof chanceOf>;

/** @param seed chooses the way (mulberry32) */
export function chanceOf(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const upTo = (most: number) => 1 + Math.floor(next() * most);
  const one = <T>(things: readonly T[]): T => things[Math.floor(next() * things.length)] as T;
  return {
    is: (share: number) => next() < share,
    upTo,
    one,
    /** Of a few things, the one that was taken least often; it is counted. */
    rarest<T extends { name: string }>(things: readonly T[], times: Map<string, number>): T | undefined {
      if (things.length === 0) return undefined;
      const few = Array.from({ length: 4 }, () => one(things));
      const [rare] = few.sort((a, b) => (times.get(a.name) ?? 0) - (times.get(b.name) ?? 0));
      if (rare !== undefined) times.set(rare.name, (times.get(rare.name) ?? 0) + 1);
      return rare;
    },
  };
}
