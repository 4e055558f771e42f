import { SqliteQueryCompiler } from 'kysely';

/** Columns of words, of 0 and 1, and of counts that partial indexes ask for: a test holds them against the database. */
export const ASKED_BY_INDEXES = [
  ...['status', 'state', 'role', 'kind', 'begun_by', 'previous_accept_from'],
  ...['to_complete', 'rows_kept', 'surplus'],
];
const IS_ASKED = new RegExp(
  `\\b(?:${ASKED_BY_INDEXES.join('|')})"? (?:=|==|!=|<>|>|is|is not|(?:not )?in \\((?:'[a-z_-]+', )*) ?$`,
);
const IS_LOOKED_AT = /(?:[=<>]| is| is not| like| glob| limit) ?$/i;
/** Longer than a name, its comparison, and a list of all words of a kind. */
const BEFORE = 300;
/** What the words of IPMS are made of: it can end no text of SQL. That a word is one of them is checked where it is read. */
const WORD = /^[a-z][a-z_-]{0,39}$/;

/**
 * Keeps SQLite from preparing a kept statement again each time that it runs (decision 034). While it plans, SQLite looks at values that are
 * bound already; from then on such a statement is given up whenever these values are cleared, which the driver does after each run. Behind a
 * plus, which changes nothing, it does not look. What a partial index asks for it must see: that is written out.
 */
export class SteadyQueryCompiler extends SqliteQueryCompiler {
  protected override appendValue(value: unknown) {
    const before = this.getSql().slice(-BEFORE);
    if (isWord(value) && IS_ASKED.test(before)) return this.appendImmediateValue(value);
    if (IS_LOOKED_AT.test(before)) this.append('+');
    super.appendValue(value);
  }
}

const isWord = (value: unknown) => Number.isSafeInteger(value) || (typeof value === 'string' && WORD.test(value));
