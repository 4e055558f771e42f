import { type RawBuilder, sql } from 'kysely';
import { fold, wordsToFind } from '../base/folding.ts';
import type { Option } from '../forms/form.ts';

/** SOP 4.7 step 1, 4.18 step 1: what a mailbox is searched by. */
export const SEARCH_KEYS = [
  { value: 'display_name', label: 'field.display_name' },
  { value: 'primary_email', label: 'field.primary_email' },
  { value: 'login_id', label: 'field.login_id' },
  { value: 'ic_or_passport', label: 'field.ic_or_passport' },
] as const satisfies readonly Option[];

export const COLUMNS = ['name', 'email', 'login', 'identity'] as const;
export type Column = (typeof COLUMNS)[number];

/** A text, and the columns that it may stand in. */
export type Term = { text: string; columns: readonly Column[] };

/** What is looked for as one word, written in one way or another. */
export type Word = Term[];

const COLUMN_OF: Record<string, Column> = {
  display_name: 'name',
  primary_email: 'email',
  login_id: 'login',
  ic_or_passport: 'identity',
};
export const FEWEST_CHARACTERS = 2;

/**
 * What is looked for: of each word any term will do. Dashes of an identity card number make no difference, nor do spaces
 * where nothing else is typed.
 * @returns null when less than two characters are asked for; nothing when no mailbox can hold the text
 */
export function termsOf(typed: string, by: string): Word[] | null {
  const text = fold(typed.toWellFormed()).trim();
  const columns = COLUMN_OF[by] === undefined ? COLUMNS : [COLUMN_OF[by]];
  const whole = NUMBER.test(text) ? bare(text) : null;
  if (!isEnough(text)) return null;
  const words = wordsToFind(text).map((word) => {
    const digits = NUMBER.test(word) && isEnough(bare(word)) ? bare(word) : word;
    return asTerms(word, whole ?? digits, columns).filter(({ text: each }) => each !== whole || isEnough(each));
  });
  if (words.some((terms) => terms.length === 0)) return null;
  const possible = words.map((terms) => terms.filter((term) => !/\p{Cc}/u.test(term.text)));
  return possible.some((terms) => terms.length === 0) ? [] : possible;
}

const NUMBER = /^[\d\s-]+$/;
const bare = (number: string) => number.replace(/[\s-]/g, '');

function asTerms(text: string, number: string, columns: readonly Column[]): Word {
  if (number === text) return [{ text, columns }];
  const terms: Term[] = [
    { text, columns: columns.filter((column) => column !== 'identity') },
    { text: number, columns: columns.filter((column) => column === 'identity') },
  ];
  return terms.filter((term) => term.columns.length > 0);
}

export function isEnough(text: string) {
  return [...text].length >= FEWEST_CHARACTERS;
}

/** Does a row of `mailbox_search` hold each of the words, which are looked for in their order? */
export function holds(words: Word[]): RawBuilder<boolean> {
  const holdsWord = (terms: Word) => {
    const tests = terms.flatMap(({ text, columns }) =>
      columns.map((column) => sql`instr(${sql.ref(`mailbox_search.${column}`)}, ${text}) > 0`),
    );
    return sql`(${sql.join(tests, sql` or `)})`;
  };
  return sql<boolean>`(${sql.join(words.map(holdsWord), sql` and `)})`;
}
