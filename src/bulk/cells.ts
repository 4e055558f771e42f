import { bareWord } from '../base/folding.ts';
import { LANGUAGES, translator } from '../base/language.ts';
import type { Field, Option } from '../forms/form.ts';
import { unguard } from '../lists/csv.ts';
import { type Label, type Language, texts } from '../texts.ts';
import type { Columns, Message } from './kind.ts';

/** What stands in a cell to make a field empty, where an empty cell means "leave it as it is". */
export const EMPTY_WORDS: Record<Language, string> = { ms: '(kosong)', en: '(empty)' };

const YES = new Set(['1', 'ya', 'yes', 'y', 'true', 'benar']);
const NO = new Set(['', '0', 'tidak', 'no', 'n', 'false', 'palsu']);

/** All choices of a field together are shorter: what is longer is not compared with each of them, piece by piece. */
const LONGEST_CHOICE = 1000;

/** A field's heading in a language: its label and, where two columns share one, its name. */
export function headingOf(kind: Pick<Columns, 'form'>, name: string, language: Language) {
  const label = translator(language)(kind.form.fields[name]?.label ?? 'field.name');
  const isShared = Object.entries(kind.form.fields).some(
    ([other, field]) => other !== name && bareWord(translator(language)(field.label)) === bareWord(label),
  );
  return isShared ? `${label} (${name})` : label;
}

/** What columns were called in templates and exports that people still have. */
const FORMERLY: { [L in Label]?: readonly string[] } = {
  'life.byItself': ['Aktifkan sendiri pada tarikh akhir', 'Enable by itself on the until-date'],
  'life.newOwner': ['Pengendali baru (Primary E-mail)'],
  'usage.lastMail': ['Aktiviti mel terakhir'],
};

/** Everything that a column may be called. */
export function namesOf(kind: Pick<Columns, 'form'>, name: string) {
  const label = kind.form.fields[name]?.label;
  const former = label === undefined ? [] : (FORMERLY[label] ?? []);
  return [name, ...LANGUAGES.map((language) => headingOf(kind, name, language)), ...former].map(bareWord);
}

/** A formula that is nothing but a text, `="0102"`: how programs keep a spreadsheet from making a number of it. */
const AS_TEXT = /^="((?:[^"]|"")*)"$/;

/** What a cell says: the text of a formula that is nothing else, and what begins like one without its apostrophe. */
function said(cell: string) {
  const text = AS_TEXT.exec(cell.trim())?.[1];
  return (text === undefined ? unguard(cell) : text.replaceAll('""', '"')).trim();
}

/**
 * A letter that could not be read, or the two or three signs that stand for one when UTF-8 was opened as Windows-1252
 * and saved again: nobody's name has them.
 */
const SPOILT = /\ufffd|[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|â[\u0080-\u009f]/;

const labelsOf = ({ value, label }: Option) =>
  typeof label === 'string' ? [value, texts[label].ms, texts[label].en] : [value, label.text];

/** What the form would have been sent for a cell: a choice may be written in words, in either language. */
export function typedFrom(field: Field, cell: string): string[] | Message {
  const text = said(cell);
  if (SPOILT.test(text)) return { key: 'bulk.spoilt', params: { typed: text.slice(0, 60) } };
  if (field.kind === 'checkbox') {
    if (YES.has(text.toLowerCase())) return ['1'];
    return NO.has(text.toLowerCase()) ? [] : { key: 'bulk.yesOrNo', params: { typed: text.slice(0, 60) } };
  }
  if (field.options === undefined) return text === '' ? [] : [text];
  if (text.length > LONGEST_CHOICE) return { key: 'form.tooLong', params: { max: LONGEST_CHOICE } };
  const parts = field.kind === 'checkboxes' ? text.split(/[,;|]/) : [text];
  const typed: string[] = [];
  for (const part of parts.map((each) => each.trim()).filter((each) => each !== '')) {
    const found = field.options.find((option) => labelsOf(option).some((each) => bareWord(each) === bareWord(part)));
    const value = found?.value ?? field.meant?.(part);
    if (value === undefined)
      return { key: 'bulk.notAChoice', params: { typed: part.slice(0, 60), choices: choices(field, part) } };
    typed.push(value);
  }
  return typed;
}

const MOST_NAMED = 12;
const NEAREST = 5;

/** The choices of a field or, where they are more than a message can name, those nearest to what was typed. */
function choices(field: Field, typed: string) {
  const options = field.options ?? [];
  const nearness = (option: Option) => Math.max(...labelsOf(option).map((each) => likeness(each, typed)));
  const isCut = options.length > MOST_NAMED;
  const named = isCut
    ? options
        .map((option) => ({ option, near: nearness(option) }))
        .sort((one, other) => other.near - one.near)
        .slice(0, NEAREST)
        .map(({ option }) => option)
    : options;
  const more = isCut ? ' …' : '';
  const say = (at: 1 | 2) => named.map((option) => labelsOf(option)[at] ?? labelsOf(option)[1]).join(', ') + more;
  return { ms: say(1), en: say(2) };
}

/** How much two words have in common, from 0 to 1: their pairs of letters (Dice's coefficient). */
function likeness(one: string, other: string) {
  const [left, right] = [one, other].map((text) => pairsOf(` ${bareWord(text.slice(0, 60))} `)) as [string[], string[]];
  const rest = [...right];
  const shared = left.filter((pair) => {
    const at = rest.indexOf(pair);
    if (at !== -1) rest.splice(at, 1);
    return at !== -1;
  });
  return (2 * shared.length) / (left.length + right.length);
}

const pairsOf = (word: string) => [...word.slice(1)].map((letter, at) => word[at] + letter);

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
