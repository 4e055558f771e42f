import { CHILD_OF_STROKED, CHILD_OF_WORDS } from './child-of.ts';
import { oneSpelling, plainSigns } from './spelling.ts';

/** ASCII, but for the backtick, which people type for an apostrophe: only its capitals and spaces need folding. */
const IS_PLAIN = /^[\0-_a-\x7f]*$/;

/**
 * Marks that any script may put on a letter, as accents are, and the vowel points of Jawi. Those of one script alone, such as
 * the vowels of Tamil and Thai, are letters to who reads them; so are the two of Japanese.
 */
const MARKS = /(?=\p{M})(?![\u3099\u309a])\p{Script=Inherited}/gu;

/** Letters that hold their mark within, and letters that are two. Capitals have become small ones before. */
const LETTERS_ALIKE: Record<string, string> = {
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ς: 'σ',
};
const ALIKE = new RegExp(`[${Object.keys(LETTERS_ALIKE).join('')}]`, 'g');

/**
 * One spelling for every search in the program, and for what it is compared with: case, marks on letters, wide letters,
 * the kind of apostrophe, dash or space, spaces in a row, and what nobody sees make no difference.
 */
export function fold(text: string) {
  if (IS_PLAIN.test(text)) return text.toLowerCase().replace(/ {2,}/g, ' ');
  const bare = oneSpelling(plainSigns(text), 'NFKD').replace(MARKS, '');
  // by way of the capitals: ß and ſ have none of their own
  const small = bare.toUpperCase().toLowerCase().replace(MARKS, '');
  return oneSpelling(small.replace(ALIKE, (letter) => LETTERS_ALIKE[letter] ?? letter)).replace(/ {2,}/g, ' ');
}

const CHILD_OF = new Set(`${CHILD_OF_WORDS} ${CHILD_OF_STROKED}`.split(' '));
/** So many words tell one thing from all others. */
const MOST_WORDS = 12;

/**
 * The words of a folded text that is looked for: whatever holds each of them is found, in any order. Between two names "child
 * of" may be left out or written otherwise, as people do. One letter is everywhere: it is looked for beside the word before it.
 */
export function wordsToFind(folded: string): string[] {
  const typed = folded.split(/\s+/).filter((word) => word !== '');
  const isAsked = (word: string, at: number) => at === 0 || at === typed.length - 1 || !CHILD_OF.has(word);
  const words: string[] = [];
  for (const word of typed.filter(isAsked)) {
    const last = words.length - 1;
    if (last >= 0 && (isLetter(word) || isLetter(words[last] ?? ''))) words[last] += ` ${word}`;
    else words.push(word);
  }
  return words.length === 0 ? [folded] : [...new Set(words)].slice(0, MOST_WORDS);
}

const isLetter = (word: string) => [...word].length === 1;

/** One spelling of a heading, a choice or a name of a thing: of what is folded, letters and digits alone. */
export function bareWord(text: string) {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, '');
}

/** So many letters of a name are looked at, in so many bits each. */
const LETTERS = 4;
const BITS = 5;

/** Where a character stands among the others. Only the space and a to z have a place of their own. */
function placeOf(character: string | undefined) {
  if (character === undefined) return 0;
  if (character < ' ') return 1;
  if (character === ' ') return 2;
  if (character < 'a') return 3;
  return character > 'z' ? 30 : 4 + character.charCodeAt(0) - 97;
}

const hasOwnPlace = (place: number) => place === 2 || (place >= 4 && place <= 29);

/**
 * The beginning of a folded text as a number of 20 bits: of two texts, the one that SQLite sorts first never has the
 * greater number. So an index by number is nearly one by name.
 */
export function coarsePlace(folded: string) {
  const beginning = sharedBeginning(folded);
  let number = 0;
  for (let at = 0; at < LETTERS; at += 1)
    number = (number << BITS) | (at <= beginning.length ? placeOf(folded[at]) : 0);
  return number;
}

/** What all texts with the same coarse place begin with. */
export function sharedBeginning(folded: string) {
  let at = 0;
  while (at < LETTERS && hasOwnPlace(placeOf(folded[at]))) at += 1;
  return folded.slice(0, at);
}

/** The private characters for 000 to 999 begin here. */
const FIRST_TRIPLE = 0xe000;

/**
 * Every five and more digits in a row of a text, written once more with a private character for each three that follow
 * each other: a trigram of those is five digits. A space parts the rows; no such row is the empty text.
 */
export function digitTriples(text: string) {
  const rows = text.match(/\d{5,}/g) ?? [];
  const triple = (row: string, at: number) => String.fromCharCode(FIRST_TRIPLE + Number(row.slice(at, at + 3)));
  return rows.map((row) => [...row.slice(2)].map((_, at) => triple(row, at)).join('')).join(' ');
}
