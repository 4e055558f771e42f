import { domainToASCII } from 'node:url';
import { ENDINGS } from '../base/file-type.ts';
import { readIcNumber } from '../base/ic-number.ts';
import { isHeaped, oneSpelling, plainSigns, withoutUnseen } from '../base/spelling.ts';
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
  /** What is dropped or replaced before it is read: `number` for telephones and the like, `name` keeps what is inside. */
  reading?: Reading;
};

/** Zero-width and direction marks, letters that are blank, tags: nobody sees them. What joins or varies emoji and letters is not among them. */
const MISLEADING =
  '\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}';
const STRAY = `\\u00ad\\u034f${MISLEADING}`;
const STRAYS = new RegExp(`[${STRAY}]+`, 'gu');
/** What a name is wrapped in when it was copied. Not what turns it around: it would be another name than the one that was seen. */
const WRAPPED =
  /^[\s\u00ad\u200b\u200e\u200f\u202a-\u202c\u2060\u2066-\u2069\ufeff]+|[\s\u00ad\u200b\u200e\u200f\u202a-\u202c\u2060\u2066-\u2069\ufeff]+$/g;
/** Those, and controls (but line breaks, in a long text). */
const UNSEEN = new RegExp(`[\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f${MISLEADING}]`, 'u');
/** What joins or varies emoji is no text by itself. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** What is dropped of a text before it is read. Inside a name nothing is: without a sign that misleads it is another name. */
const CLEANED = {
  text: (typed: string) => typed.replace(STRAYS, ''),
  name: (typed: string) => typed.replace(WRAPPED, ''),
  address: withoutUnseen,
  number: plainSigns,
};
type Reading = keyof typeof CLEANED;

/** One spelling of what was typed: NFC, trimmed, without strays. @throws FieldRefused for what no one can see or type */
function readText(typed: string[], field: { optional: boolean; max: number }, reading: Reading, lines = false): string {
  if (typed.length > 1) throw new FieldRefused('form.once');
  const given = typed[0] ?? '';
  if (isHeaped(given)) throw new FieldRefused('form.unseen');
  const text = oneSpelling(CLEANED[reading](given.replace(/\r\n?/g, '\n'))).trim();
  if (!text.isWellFormed() || UNSEEN.test(text) || (!lines && /[\t\n\u2028\u2029]/.test(text)))
    throw new FieldRefused('form.unseen');
  if (text === '' ? reading === 'name' && given.trim() !== '' : !SEEN.test(text)) throw new FieldRefused('form.unseen');
  if (text === '' && !field.optional) throw new FieldRefused('form.required');
  if ([...text].length > field.max) throw new FieldRefused('form.tooLong', { max: field.max });
  return text;
}

function attributesOf(options: TextOptions) {
  const attributes: Record<string, string> = { type: 'text' };
  if (options.autocomplete) attributes.autocomplete = options.autocomplete;
  if (options.inputmode) attributes.inputmode = options.inputmode;
  return attributes;
}

function basics(options: Basics) {
  return { label: options.label, optional: options.optional ?? false, ...(options.hint ? { hint: options.hint } : {}) };
}

/** A line of text without strays; an empty optional one is ''. */
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
      const value = readText(typed, field, options.reading ?? 'text');
      if (value !== '' && options.pattern && !options.pattern.test(value))
        throw new FieldRefused(options.wrong ?? 'form.wrong');
      return value;
    },
  };
}

/** What somebody or something is called. */
export function named(options: TextOptions): Field<string> {
  return text({ ...options, reading: 'name' });
}

/** Several lines of text. */
export function longText(options: TextOptions): Field<string> {
  const field = {
    ...basics(options),
    kind: 'textarea' as const,
    max: options.max ?? 1000,
    attributes: attributesOf(options),
  };
  return { ...field, read: (typed) => readText(typed, field, 'text', true) };
}

/**
 * An address of anybody, in lower case: dots and atoms (RFC 5322, 3.2.3), 64 characters before the @ and 254 in all (RFC 5321).
 * What IPMS itself gives out is narrower (`addresses/addresses.ts`).
 */
export const EMAIL =
  /^(?=.{1,64}@)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/** An address as mail carries it: a domain in other letters in its ASCII form (RFC 5891); null when it can be none. */
function readAddress(typed: string) {
  const text = typed.toLowerCase();
  const at = text.lastIndexOf('@');
  const domain = text.slice(at + 1);
  const address = /^[\0-\x7f]*$/.test(domain) ? text : `${text.slice(0, at)}@${domainToASCII(domain)}`;
  return address.length <= 254 && EMAIL.test(address) ? address : null;
}

/**
 * The addresses of a list of recipients as mail programs write it: `Ahmad <a@b.test>; "Yusof, Siti" <c@d.test>`, or bare with
 * anything between them. A name before an address in angle brackets is left out (RFC 5322, 3.4).
 */
function addressesIn(list: string) {
  const bare = (text: string) =>
    text.split(/[\s,]+/).map((each) => each.replace(/^mailto:/, '').replace(/^'(.*)'$/, '$1'));
  const found: string[] = [];
  for (const part of list.replace(/"[^"\n]*"/g, ' ').split(/[;\n]+/)) {
    const pieces = part.split('>');
    for (const [index, piece] of pieces.entries()) {
      const open = piece.lastIndexOf('<');
      if (open === -1 || index === pieces.length - 1) found.push(...bare(piece));
      else {
        const before = piece.slice(0, open);
        const last = before.lastIndexOf('@'); // of an address that needs no name
        const comma = before.indexOf(',', last);
        if (last !== -1) found.push(...bare(comma === -1 ? before : before.slice(0, comma)));
        found.push(piece.slice(open + 1).trim());
      }
    }
  }
  return found.filter((each) => each !== '');
}

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
      const value = readText(typed, field, 'address').toLowerCase();
      if (value === '') return null;
      const address = readAddress(value);
      if (address === null) throw new FieldRefused('form.email');
      return address;
    },
  };
}

/** How much of what cannot be an address is repeated in its refusal. */
const QUOTED = 60;

/**
 * Addresses of anybody: one a field, or several in a long one, bare or as a mail program writes its recipients.
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
      const texts = typed.map((each) =>
        readText([each], { optional: true, max: field.max }, 'address', true).toLowerCase(),
      );
      const given = texts.flatMap(addressesIn).map((each) => ({ each, address: readAddress(each) }));
      const wrong = given.find(({ address }) => address === null)?.each;
      if (wrong !== undefined) throw new FieldRefused('form.emailNamed', { typed: wrong.slice(0, QUOTED) });
      const found = [...new Set(given.flatMap(({ address }) => address ?? []))];
      // most stand beside boxes, and may be empty where one is ticked
      if (found.length === 0 && typed.length > 0 && !field.optional) throw new FieldRefused('form.tickOrType');
      return typed.length === 0 ? null : found;
    },
  };
}

/** What a spreadsheet makes of the number of somebody born from 2000 to 2009: it drops zeros at the beginning. */
const ZERO_LOST = /^[1-9]\d{8,10}$/;
/** And of any, in a narrow column: the last digits are lost for good. */
const ROUNDED = /^\d(?:[.,]\d+)?e\+?\d+$/i;

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
      const value = readText(typed, field, 'number');
      if (value === '') return null;
      const digits = readIcNumber(value);
      if (digits === null && ZERO_LOST.test(value))
        throw new FieldRefused('form.icNumberShort', { count: value.length });
      if (digits === null && ROUNDED.test(value)) throw new FieldRefused('form.icNumberRounded');
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
      const value = readText(typed, field, 'number');
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

/** What is longer is no choice in other words. */
const LONGEST_WORDS = 200;

type ChoiceOptions<Value extends string> = Basics & {
  options: readonly (Option & { value: Value })[];
  as?: 'select' | 'radio';
  meant?: Field['meant'];
};

/** One of some known values; null when it is optional and nothing was chosen. */
export function optionalChoice<const Value extends string>(options: ChoiceOptions<Value>): Field<Value | null> {
  return {
    ...basics({ ...options, optional: true }),
    kind: options.as ?? 'select',
    max: 100,
    attributes: {},
    options: options.options,
    ...(options.meant ? { meant: options.meant } : {}),
    read(typed) {
      const wanted = typed[0] ?? '';
      if (typed.length <= 1 && wanted === '') return null;
      const isOne = (value: string | undefined) => options.options.find((option) => option.value === value);
      const found = isOne(wanted) ?? isOne(options.meant?.(wanted.slice(0, LONGEST_WORDS)));
      if (typed.length > 1 || found === undefined) throw new FieldRefused('form.choose');
      return found.value;
    },
  };
}

/** One of some known values. */
export function choice<const Value extends string>(options: ChoiceOptions<Value>): Field<Value> {
  return needed(optionalChoice(options));
}

/** The same field, of which a value must be chosen. */
export function needed<Value>(field: Field<Value | null>): Field<Value> {
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
      const value = readText(typed, field, 'number');
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
