import { LANGUAGES, translator } from '../base/language.ts';
import { oneSpelling } from '../base/spelling.ts';
import type { Field, Option } from '../forms/form.ts';
import { unguard } from '../lists/csv.ts';
import { type Language, texts } from '../texts.ts';
import type { Columns, Message } from './kind.ts';

/** What stands in a cell to make a field empty, where an empty cell means "leave it as it is". */
export const EMPTY_WORDS: Record<Language, string> = { ms: '(kosong)', en: '(empty)' };

const YES = new Set(['1', 'ya', 'yes', 'y', 'true', 'benar']);
const NO = new Set(['', '0', 'tidak', 'no', 'n', 'false', 'palsu']);

/** All choices of a field together are shorter: what is longer is not compared with each of them, piece by piece. */
const LONGEST_CHOICE = 1000;

/** One spelling of a heading or a choice: case, spaces and marks make no difference. */
export function plain(text: string) {
  return oneSpelling(text, 'NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** A field's heading in a language: its label and, where two columns share one, its name. */
export function headingOf(kind: Pick<Columns, 'form'>, name: string, language: Language) {
  const label = translator(language)(kind.form.fields[name]?.label ?? 'field.name');
  const isShared = Object.entries(kind.form.fields).some(
    ([other, field]) => other !== name && plain(translator(language)(field.label)) === plain(label),
  );
  return isShared ? `${label} (${name})` : label;
}

/** Everything that a column may be called. */
export function namesOf(kind: Pick<Columns, 'form'>, name: string) {
  return [name, ...LANGUAGES.map((language) => headingOf(kind, name, language))].map(plain);
}

const labelsOf = ({ value, label }: Option) =>
  typeof label === 'string' ? [value, texts[label].ms, texts[label].en] : [value, label.text];

/** What the form would have been sent for a cell: a choice may be written in words, in either language. */
export function typedFrom(field: Field, cell: string): string[] | Message {
  const text = unguard(cell).trim();
  if (field.kind === 'checkbox') {
    if (YES.has(text.toLowerCase())) return ['1'];
    return NO.has(text.toLowerCase()) ? [] : { key: 'bulk.yesOrNo', params: { typed: text.slice(0, 60) } };
  }
  if (field.options === undefined) return text === '' ? [] : [text];
  if (text.length > LONGEST_CHOICE) return { key: 'form.tooLong', params: { max: LONGEST_CHOICE } };
  const parts = field.kind === 'checkboxes' ? text.split(/[,;|]/) : [text];
  const typed: string[] = [];
  for (const part of parts.map((each) => each.trim()).filter((each) => each !== '')) {
    const found = field.options.find((option) => labelsOf(option).some((each) => plain(each) === plain(part)));
    if (found === undefined)
      return { key: 'bulk.notAChoice', params: { typed: part.slice(0, 60), choices: choices(field) } };
    typed.push(found.value);
  }
  return typed;
}

const MOST_NAMED = 12;

/** The choices of a field, as many as a message can name. */
function choices(field: Field) {
  const options = field.options ?? [];
  const more = options.length > MOST_NAMED ? ' …' : '';
  const say = (at: 1 | 2) =>
    options
      .slice(0, MOST_NAMED)
      .map((option) => labelsOf(option)[at] ?? labelsOf(option)[1])
      .join(', ') + more;
  return { ms: say(1), en: say(2) };
}

/** A value as it stands in a template: what `typedFrom` reads back. */
export function cellOf(field: Field, value: string | string[], language: Language) {
  const values = [value].flat().filter((each) => each !== '');
  if (field.kind === 'checkbox') return translator(language)(values.length > 0 ? 'yes' : 'no');
  const words = values.map((each) => {
    const option = field.options?.find((candidate) => candidate.value === each);
    if (option === undefined) return each;
    return typeof option.label === 'string' ? translator(language)(option.label) : option.label.text;
  });
  return words.join(', ');
}

/** The rows of a template to fill in: the headings, and one row as it could be. */
export function exampleOf(
  { form }: Pick<Columns, 'form'>,
  example: Record<string, string | string[]>,
  language: Language,
) {
  const fields = Object.entries(form.fields);
  return [
    fields.map(([name]) => headingOf({ form }, name, language)),
    fields.map(([name, field]) => cellOf(field, example[name] ?? '', language)),
  ];
}
