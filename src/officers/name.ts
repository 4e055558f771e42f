import { CHILD_OF_STROKED, CHILD_OF_WORDS } from '../base/child-of.ts';
import { oneSpelling } from '../base/spelling.ts';

/**
 * What is no part of a Malaysian name, as forms hold it; docs/glossary.md has the same table. Titles of several words are not
 * titles word by word: Tan Sri is one, Tan is a family.
 */
export const LEFT_OUT = {
  titlesInWords:
    'tan sri, puan sri, toh puan, tok puan, prof madya, profesor madya, dato, datuk, datin; dato, datuk or datin with sri, seri, paduka, wira, setia, amar, patinggi, panglima, pahlawan',
  titles:
    'tun tuan tn puan pn encik en cik sdr sdri saudara saudari mr mrs ms dr ir ts ar sr prof profesor ustaz ustazah haji hj hajah hjh hajjah hjjh yb yab yam ybhg ybrs ym yh',
  childOf: CHILD_OF_WORDS,
  childOfStroked: CHILD_OF_STROKED,
} as const;

const TITLES_IN_WORDS =
  /\b(?:tan sri|puan sri|to[hk] puan|prof(?:esor)?\.? madya|(?:dato|datuk|datin)(?: (?:sri|seri|paduka|wira|setia|amar|patinggi|panglima|pahlawan))?)\b/g;
const TITLES = new Set<string>(LEFT_OUT.titles.split(' '));
const CHILD_OF = new Set<string>(LEFT_OUT.childOf.split(' '));
const STROKED = /\b(?:a\s*\/\s*[lpk]|[sd]\s*\/\s*o)\b\.?/g;

export type NameParts = { given: string[]; parent: string[] };

/**
 * The words of a name in lower-case ASCII, without titles: those before and those after "child of".
 * What follows `@` or "alias" is another name of the same person, and left out.
 */
export function nameParts(name: string): NameParts {
  const [first = ''] = plain(name).split(/\s*(?:@|\balias\b)\s*/);
  const words = wordsOf(first, /[^a-z0-9]+/);
  const at = words.findIndex((word, index) => isChildOf(word, index, words));
  return at === -1 ? { given: words, parent: [] } : { given: words.slice(0, at), parent: words.slice(at + 1) };
}

/**
 * A name as it is written, parted at "child of". Where there is no such word nobody can say which part is the family's, and
 * all of it stands as the parent's.
 */
export function partedName(name: string) {
  const written = name.replace(new RegExp(STROKED, 'gi'), ' bin ');
  const words = written.split(/\s+/).filter((word) => word !== '');
  const at = words.findIndex((word, index) => isChildOf(word.toLowerCase().replace(/\.$/, ''), index, words));
  return { given: words.slice(0, Math.max(at, 0)).join(' '), parent: words.slice(at + 1).join(' ') };
}

/** Two spellings of one person's name have the same key: case, spaces, titles and "child of" make no difference. */
export function nameKey(name: string) {
  return nameWords(name).join('');
}

/** The words of a name in small letters, also of other names that it gives, without titles and "child of". */
export function nameWords(name: string) {
  const words = wordsOf(plain(name), /[^\p{L}\p{N}]+/u);
  return words.filter((word, index) => !isChildOf(word, index, words));
}

function plain(name: string) {
  return oneSpelling(name, 'NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’‘`]/g, '')
    .replace(STROKED, ' bin ')
    .replace(TITLES_IN_WORDS, ' ');
}

function wordsOf(text: string, between: RegExp) {
  const words = text.split(between).filter((word) => word !== '');
  const named = words.filter((word) => !TITLES.has(word));
  // of a name that is nothing but titles, nothing would be left, and all such would be one
  return named.length > 0 ? named : words;
}

/** Between two names, never at an end: a name may begin with such a word, or be one. */
function isChildOf(word: string, index: number, words: string[]) {
  return CHILD_OF.has(word) && index > 0 && index < words.length - 1;
}
