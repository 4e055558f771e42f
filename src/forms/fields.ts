import { ENDINGS } from '../base/file-type.ts';
import { readIcNumber } from '../base/ic-number.ts';
import { isHeaped, oneSpelling } from '../base/spelling.ts';
import { readDay } from '../base/time.ts';
import type { Label } from '../texts.ts';
import { type Field, FieldRefused, type Option } from './form.ts';

type Basics = { label: Label; hint?: Label; optional?: boolean };
type TextOptions = Basics & {
  max?: number;
  autocomplete?: string;
  inputmode?: string;
  pattern?: RegExp;
  wrong?: Label;
};

/** Controls (but line breaks, in a long text), zero-width and direction marks, letters that are blank, tags, halves of surrogate pairs. */
const UNSEEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
/** What joins or varies emoji is no text by itself. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** One spelling of what was typed: NFC, trimmed. @throws FieldRefused for what no one can see or type */
function readText(typed: string[], field: { optional: boolean; max: number }, lines: boolean): string {
  if (typed.length > 1) throw new FieldRefused('form.once');
  if (isHeaped(typed[0] ?? '')) throw new FieldRefused('form.unseen');
  const text = oneSpelling(typed[0] ?? '')
    .replace(/\r\n?/g, '\n')
    .trim();
  if (!text.isWellFormed() || UNSEEN.test(text) || (!lines && /[\t\n\u2028\u2029]/.test(text)))
    throw new FieldRefused('form.unseen');
  if (text !== '' && !SEEN.test(text)) throw new FieldRefused('form.unseen');
  if (text === '' && !field.optional) throw new FieldRefused('form.required');
  if ([...text].length > field.max) throw new FieldRefused('form.tooLong', { max: field.max });
  return text;
}

function attributesOf(options: TextOptions, more: Record<string, string> = {}) {
  const attributes: Record<string, string> = { type: 'text', ...more };
  if (options.autocomplete) attributes.autocomplete = options.autocomplete;
  if (options.inputmode) attributes.inputmode = options.inputmode;
  return attributes;
}

function basics(options: Basics) {
  return { label: options.label, optional: options.optional ?? false, ...(options.hint ? { hint: options.hint } : {}) };
}

/** A line of text; an empty optional one is ''. */
export function text(options: TextOptions): Field<string> {
  const field = {
    ...basics(options),
    kind: 'text' as const,
    max: options.max ?? 120,
    attributes: attributesOf(options),
  };
  return {
    ...field,
    read(typed) {
      const value = readText(typed, field, false);
      if (value !== '' && options.pattern && !options.pattern.test(value))
        throw new FieldRefused(options.wrong ?? 'form.wrong');
      return value;
    },
  };
}

/** Several lines of text. */
export function longText(options: TextOptions): Field<string> {
  const field = {
    ...basics(options),
    kind: 'textarea' as const,
    max: options.max ?? 1000,
    attributes: attributesOf(options),
  };
  return { ...field, read: (typed) => readText(typed, field, true) };
}

/** RFC 5321 lets a local part hold 64 and a path 254 characters; only ASCII is taken. */
export const EMAIL =
  /^[a-z0-9](?:[a-z0-9._%+-]{0,62}[a-z0-9_+-])?@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** An address of anybody: trimmed, lower case; an empty optional one is null. */
export function email(options: Basics): Field<string | null> {
  const field = {
    ...basics(options),
    kind: 'text' as const,
    max: 254,
    attributes: { type: 'email', autocomplete: 'email', inputmode: 'email' },
  };
  return {
    ...field,
    read(typed) {
      const value = readText(typed, field, false).toLowerCase();
      if (value === '') return null;
      if (!EMAIL.test(value) || value.includes('..')) throw new FieldRefused('form.email');
      return value;
    },
  };
}

/** How much of what cannot be an address is repeated in its refusal. */
const QUOTED = 60;

/**
 * Addresses of anybody: one a field, or several in a long one with spaces, commas, semicolons or lines between them.
 * Each once, in lower case, in the order they were typed; null when the form was sent without the field.
 */
export function addresses(options: Basics & { max?: number }): Field<string[] | null> {
  const field = {
    ...basics(options),
    kind: 'textarea' as const,
    max: options.max ?? 2000,
    attributes: { inputmode: 'email', autocomplete: 'off' },
  };
  return {
    ...field,
    read(typed) {
      const texts = typed.map((each) => readText([each], { optional: true, max: field.max }, true).toLowerCase());
      const found = [...new Set(texts.flatMap((each) => each.split(/[\s,;]+/)).filter((each) => each !== ''))];
      const wrong = found.find((each) => each.length > 254 || !EMAIL.test(each) || each.includes('..'));
      if (wrong !== undefined) throw new FieldRefused('form.emailNamed', { typed: wrong.slice(0, QUOTED) });
      if (found.length === 0 && typed.length > 0 && !field.optional) throw new FieldRefused('form.required');
      return typed.length === 0 ? null : found;
    },
  };
}

/** Twelve digits, or null when it is optional and empty. */
export function icNumber(options: Basics): Field<string | null> {
  const field = {
    ...basics(options),
    kind: 'text' as const,
    max: 20,
    attributes: { type: 'text', inputmode: 'numeric', autocomplete: 'off' },
  };
  return {
    ...field,
    read(typed) {
      const value = readText(typed, field, false);
      if (value === '') return null;
      const digits = readIcNumber(value);
      if (digits === null) throw new FieldRefused('form.icNumber');
      return digits;
    },
  };
}

/**
 * A day as YYYY-MM-DD, or null. Browsers with a date picker show it; elsewhere, and in files, it is typed in any of the forms
 * that `readDay` knows. The longest is `30 September 2026 00:00:00`.
 */
export function date(options: Basics): Field<string | null> {
  const field = {
    ...basics(options),
    kind: 'text' as const,
    max: 40,
    attributes: { type: 'date' },
  };
  return {
    ...field,
    read(typed) {
      const value = readText(typed, field, false);
      if (value === '') return null;
      const day = readDay(value);
      if (day === null) throw new FieldRefused('form.date');
      return day;
    },
  };
}

/** As it was typed, but NFC: a password is never trimmed; an empty optional one is ''. What it must be is said by `sign-in/password.ts`. */
export function password(options: Basics & { autocomplete: 'current-password' | 'new-password' }): Field<string> {
  return {
    ...basics(options),
    kind: 'password',
    max: 200,
    attributes: { type: 'password', autocomplete: options.autocomplete },
    read(typed) {
      if (typed.length > 1) throw new FieldRefused('form.once');
      const value = oneSpelling(typed[0] ?? '');
      if (value === '' && !options.optional) throw new FieldRefused('form.required');
      if (value.includes('\0') || !value.isWellFormed()) throw new FieldRefused('form.unseen');
      if (value.length > 200) throw new FieldRefused('form.tooLong', { max: 200 });
      return value;
    },
  };
}

type ChoiceOptions<Value extends string> = Basics & {
  options: readonly (Option & { value: Value })[];
  as?: 'select' | 'radio';
};

/** One of some known values; null when it is optional and nothing was chosen. */
export function optionalChoice<const Value extends string>(options: ChoiceOptions<Value>): Field<Value | null> {
  return {
    ...basics({ ...options, optional: true }),
    kind: options.as ?? 'select',
    max: 100,
    attributes: {},
    options: options.options,
    read(typed) {
      const wanted = typed[0] ?? '';
      if (typed.length <= 1 && wanted === '') return null;
      const found = options.options.find((option) => option.value === wanted);
      if (typed.length > 1 || found === undefined) throw new FieldRefused('form.choose');
      return found.value;
    },
  };
}

/** One of some known values. */
export function choice<const Value extends string>(options: ChoiceOptions<Value>): Field<Value> {
  const field = optionalChoice(options);
  return {
    ...field,
    optional: false,
    read(typed) {
      const value = field.read(typed);
      if (value === null) throw new FieldRefused('form.choose');
      return value;
    },
  };
}

/** Any of some known values, none twice, in the order of the options. */
export function many<const Value extends string>(options: ChoiceOptions<Value>): Field<Value[]> {
  return {
    ...basics({ ...options, optional: true }),
    kind: 'checkboxes',
    max: 100,
    attributes: {},
    options: options.options,
    read(typed) {
      if (typed.some((value) => value !== '' && !options.options.some((option) => option.value === value)))
        throw new FieldRefused('form.choose');
      return options.options.map((option) => option.value).filter((value) => typed.includes(value));
    },
  };
}

/** A row's number, chosen from a list that depends on the data: the domain looks it up within the actor's reach. */
export function rowId(options: Basics & { as?: 'select' | 'radio' | 'hidden' }): Field<number> {
  return {
    ...basics(options),
    kind: options.as ?? 'select',
    max: 15,
    attributes: {},
    read(typed) {
      if (typed.length !== 1 || !/^[1-9]\d{0,14}$/.test(typed[0] ?? '')) throw new FieldRefused('form.choose');
      return Number(typed[0]);
    },
  };
}

/** A whole number within bounds; null when it is optional and empty. */
export function wholeNumber(options: Basics & { least: number; most: number }): Field<number | null> {
  const field = {
    ...basics(options),
    kind: 'text' as const,
    max: 12,
    attributes: { type: 'text', inputmode: 'numeric' },
  };
  return {
    ...field,
    read(typed) {
      const value = readText(typed, field, false);
      if (value === '') return null;
      const number = Number(value);
      if (!/^\d+$/.test(value) || number < options.least || number > options.most)
        throw new FieldRefused('form.number', { least: options.least, most: options.most });
      return number;
    },
  };
}

/** A box that is ticked or not. */
export function flag(options: Basics): Field<boolean> {
  return {
    ...basics({ ...options, optional: true }),
    kind: 'checkbox',
    max: 5,
    attributes: {},
    read: (typed) => typed.some((value) => value !== '' && value !== '0'),
  };
}

/**
 * Files that may come with a form. They are no value of it: whoever takes the form has them (`web/uploads.ts`). What is typed
 * are their names, so that a form that comes back can say which were not kept.
 */
export function attachments(): Field<undefined> {
  return {
    label: 'field.attachments',
    hint: 'attachment.hint',
    optional: true,
    kind: 'files',
    max: 0,
    attributes: { type: 'file', accept: Object.entries(ENDINGS).flat(2).join(',') },
    read: () => undefined,
  };
}
