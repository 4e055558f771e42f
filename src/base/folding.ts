import { oneSpelling } from './spelling.ts';
/** One spelling for searching: what is typed in any case finds what is stored in any other. */
export function fold(text: string) {
  return oneSpelling(text).toLowerCase();
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
