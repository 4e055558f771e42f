import { type RawBuilder, sql } from 'kysely';
import { fold } from '../base/folding.ts';
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

const COLUMN_OF: Record<string, Column> = {
  display_name: 'name',
  primary_email: 'email',
  login_id: 'login',
  ic_or_passport: 'identity',
};
export const FEWEST_CHARACTERS = 2;

/**
 * What is looked for, of which any term will do: dashes and spaces of an identity card number make no difference.
 * @returns null when less than two characters are asked for; nothing when no mailbox can hold the text
 */
export function termsOf(typed: string, by: string): Term[] | null {
  const text = fold(typed.toWellFormed()).trim();
  const number = /^[\d\s-]+$/.test(text) ? text.replace(/[\s-]/g, '') : text;
  const columns = COLUMN_OF[by] === undefined ? COLUMNS : [COLUMN_OF[by]];
  const terms: Term[] =
    number === text
      ? [{ text, columns }]
      : [
          { text, columns: columns.filter((column) => column !== 'identity') },
          { text: number, columns: columns.filter((column) => column === 'identity') },
        ];
  const enough = terms.filter((term) => term.columns.length > 0 && isEnough(term.text));
  if (enough.length === 0) return null;
  return enough.filter((term) => !/\p{Cc}/u.test(term.text));
}

export function isEnough(text: string) {
  return [...text].length >= FEWEST_CHARACTERS;
}

/** Does a row of `mailbox_search` hold any of the terms? */
export function holds(terms: Term[]): RawBuilder<boolean> {
  const tests = terms.flatMap(({ text, columns }) =>
    columns.map((column) => sql`instr(${sql.ref(`mailbox_search.${column}`)}, ${text}) > 0`),
  );
  return sql<boolean>`(${sql.join(tests, sql` or `)})`;
}
