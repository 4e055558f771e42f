/** What stands before or in a Malaysian name and is no part of it. */
const TITLES = new Set(
  'tun toh puan tan sri datuk dato datin seri setia paduka wira pahlawan amar patinggi panglima yb yab yam ybhg ym yh tuan encik en cik pn mr mrs ms dr ir ts ar sr prof profesor haji hj hajah hjh hajjah'.split(
    ' ',
  ),
);

/** Child of: bin, binti, a/l, a/p, s/o, d/o, anak, in the spellings that forms hold. */
const CHILD_OF = new Set('bin b ibni binti bt bte bti bte binte al ap so do anak ak anakl anakp'.split(' '));
const SLASHED = /\b(a|s|d)\s*\/\s*(l|p|o)\b\.?/g;

export type NameParts = { given: string[]; parent: string[] };

/**
 * The words of a name in lower-case ASCII, without titles: those before and those after "child of".
 * What follows `@` or "alias" is another name of the same person, and left out.
 */
export function nameParts(name: string): NameParts {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(SLASHED, ' $1$2 ')
    .replace(/['’‘`]/g, '');
  const [first = ''] = plain.split(/\s*(?:@|\balias\b)\s*/);
  const words = first.split(/[^a-z0-9]+/).filter((word) => word !== '' && !TITLES.has(word));
  const at = words.findIndex((word, index) => index > 0 && CHILD_OF.has(word));
  return at === -1 ? { given: words, parent: [] } : { given: words.slice(0, at), parent: words.slice(at + 1) };
}

/** Two spellings of one person's name have the same key: case, spaces, titles and "child of" make no difference. */
export function nameKey(name: string) {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(SLASHED, ' $1$2 ')
    .replace(/['’‘`]/g, '');
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '' && !TITLES.has(word));
  return words.filter((word, index) => index === 0 || !CHILD_OF.has(word)).join('');
}
