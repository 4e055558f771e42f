const ITEMS_A_PAGE = 4096;

/** Up to sixteen bits for each number, none set at first: two bytes an item, where the numbers lie close together. */
export function bitsOfItems() {
  const pages = new Map<number, Uint16Array>();
  const pageOf = (id: number) => Math.floor(id / ITEMS_A_PAGE);
  return {
    get: (id: number) => pages.get(pageOf(id))?.[id % ITEMS_A_PAGE] ?? 0,
    set(id: number, bits: number) {
      const page = pages.get(pageOf(id)) ?? new Uint16Array(ITEMS_A_PAGE);
      page[id % ITEMS_A_PAGE] = bits;
      pages.set(pageOf(id), page);
    },
  };
}
