import { SqliteQueryCompiler } from 'kysely';

/** Columns of words and marks that partial indexes ask for: a test holds them against the database. */
export const ASKED_BY_INDEXES = [
  ...['status', 'state', 'role', 'kind', 'begun_by', 'previous_accept_from'],
  ...['to_complete', 'rows_kept', 'surplus'],
];
const IS_ASKED = new RegExp(
  `\\b(?:${ASKED_BY_INDEXES.join('|')})"? (?:=|==|!=|<>|>|is|is not|(?:not )?in \\((?:'[a-z_-]+', )*) ?$`,
);
const IS_LOOKED_AT = /(?:=| is| like| limit) $/i;
const IS_LIMIT = / limit $/i;
/** Longer than a name, its comparison, and a list of all words of a kind. */
const BEFORE = 300;
/** One of the words that IPMS has itself, however a page was asked for: there are few, and each makes a statement of its own. */
const WORD = /^[a-z][a-z_-]{0,39}$/;

/**
 * While SQLite puts a statement together, it looks at values that are bound already: at those that something is to be equal to or like,
 * to guess how many rows there are, at how many rows are wanted, and at words that a partial index asks for. From then on it puts the statement
 * together anew each time that a value is bound there, also the same one, and that takes longer than most reads of a page. So what it is to look
 * at is written out, and at all else it does not look, as a sign stands before it, which changes nothing.
 */
export class SteadyQueryCompiler extends SqliteQueryCompiler {
  protected override appendValue(value: unknown) {
    const before = this.getSql().slice(-BEFORE);
    if (isWrittenOut(value, before)) return this.appendImmediateValue(value);
    if (IS_LOOKED_AT.test(before)) this.append('+');
    super.appendValue(value);
  }
}

function isWrittenOut(value: unknown, before: string) {
  if (Number.isSafeInteger(value)) return IS_LIMIT.test(before) || IS_ASKED.test(before);
  return typeof value === 'string' && WORD.test(value) && IS_ASKED.test(before);
}
