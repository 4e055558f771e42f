import { RuleBroken, type WrongTry } from '../base/errors.ts';
import type { FormName, Label, Params, Sentence, TextKey } from '../texts.ts';

export type Option = { value: string; label: Label | { text: string } };

/** How a field is shown, and how what was typed becomes a value. */
export type Field<Value = unknown> = {
  kind: 'text' | 'textarea' | 'select' | 'radio' | 'checkbox' | 'checkboxes' | 'password' | 'hidden' | 'files';
  label: Label;
  hint?: Label;
  optional: boolean;
  /** A code that is good once or opens something: never shown again and never kept. A password is by its kind. */
  secret?: boolean;
  max: number;
  /** HTML attributes of the input: type, autocomplete, inputmode … */
  attributes: Record<string, string>;
  options?: readonly Option[];
  /** The value of the option that is meant by words that are on none of them. */
  meant?(words: string): string | undefined;
  /** @throws FieldRefused */
  read(typed: string[]): Value;
};

type Fields = Record<string, Field>;
type ValueOf<F> = F extends Field<infer Value> ? Value : never;
export type Values<F extends Form> = { [Name in keyof F['fields']]: ValueOf<F['fields'][Name]> };

export type Form<F extends Fields = Fields> = {
  /** Unique on its page: it begins the ids of the inputs, and says what has failed when the form comes back. */
  name: FormName;
  fields: F;
  check?(values: { [Name in keyof F]: ValueOf<F[Name]> | undefined }): Partial<Record<keyof F, Sentence>>;
};

/** One field's text cannot be used. */
export class FieldRefused extends Error {
  readonly problem: Sentence;
  constructor(key: TextKey, params: Params = {}) {
    super(key);
    this.problem = { key, params };
  }
}

/**
 * Fields of a form cannot be used: the page is shown again with every problem beside its field. To whoever shows no form it is
 * the first of them.
 */
export class InvalidForm extends RuleBroken {
  readonly problems: Record<string, Sentence>;
  /** A password or code was wrong, too. */
  readonly wrong: WrongTry | undefined;
  constructor(problems: Record<string, Sentence>, wrong?: WrongTry) {
    const [[field, { key, params = {} }] = [null, { key: 'form.required' as const }]] = Object.entries(problems);
    super(key, params, field);
    this.message = `refused fields: ${Object.keys(problems).join(', ')}`;
    this.problems = problems;
    this.wrong = wrong;
  }
}

/** What a template needs to show a form: what was typed, what is wrong, and choices that depend on the data. */
export type FormState = {
  form: Form;
  typed: Record<string, string[]>;
  problems: Record<string, Sentence>;
  /** What is wrong with the whole and not with one field. */
  problem: Sentence | null;
  /** Stands over it in place of what failed, where nothing is wrong with what was typed. */
  heading?: Label;
  options: Record<string, readonly Option[]>;
};

/** @param check rules between fields; a value that is not right by itself is undefined, so that all that is wrong is told at once */
export function defineForm<F extends Fields>(name: FormName, fields: F, check?: Form<F>['check']): Form<F> {
  return check === undefined ? { name, fields } : { name, fields, check };
}

type Typed = Record<string, string | number | boolean | null | undefined | readonly string[]>;

/** A form to be filled in, with what is known already. */
export function openForm(form: Form, known: Typed = {}, options: FormState['options'] = {}): FormState {
  const typed: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(known)) typed[name] = asTyped(value);
  return { form, typed, problems: {}, problem: null, options };
}

function asTyped(value: Typed[string]): string[] {
  if (Array.isArray(value)) return [...value];
  if (value === null || value === undefined || value === false) return [];
  return [value === true ? '1' : String(value)];
}

/** A form that came back: all that was typed but passwords, and what is wrong. */
export function refusedForm(
  form: Form,
  body: unknown,
  problems: Record<string, Sentence>,
  problem: Sentence | null,
): FormState {
  const typed: Record<string, string[]> = {};
  for (const [name, field] of Object.entries(form.fields))
    typed[name] = field.kind === 'password' ? [] : typedIn(body, name);
  return { form, typed, problems: asTheyStand(form, problems), problem, options: {} };
}

/** Problems in the order of the fields on the page; those of rows that the page adds come last. */
export function asTheyStand(form: Form, problems: Record<string, Sentence>) {
  const places = Object.keys(form.fields);
  const placeOf = (name: string) => (places.includes(name) ? places.indexOf(name) : places.length);
  return Object.fromEntries(Object.entries(problems).sort(([one], [other]) => placeOf(one) - placeOf(other)));
}

/**
 * What of a posted body may be kept until its person has signed in again: what was typed into the form's fields, also where
 * there is one for each of some rows (`new_owner_7`), without passwords, codes and files.
 */
export function keepable(form: Form, body: unknown): Record<string, string[]> {
  const kept: Record<string, string[]> = {};
  for (const name of Object.keys((body as Record<string, unknown> | null | undefined) ?? {})) {
    const field = Object.hasOwn(form.fields, name) ? form.fields[name] : form.fields[name.replace(/_\d+$/, '')];
    if (field === undefined || field.kind === 'password' || field.kind === 'files' || field.secret) continue;
    kept[name] = typedIn(body, name);
  }
  return kept;
}

function typedIn(body: unknown, name: string): string[] {
  const value = (body as Record<string, unknown> | null | undefined)?.[name];
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string');
  return typeof value === 'string' ? [value] : [];
}

/**
 * Reads a posted body; fields that the form does not know are left out.
 * @throws InvalidForm with every problem at once
 */
export function readForm<F extends Form>(form: F, body: unknown): Values<F> {
  const { values, problems } = readWhatFits(form, body);
  refuse(problems);
  return values as Values<F>;
}

/** @throws InvalidForm where there is a problem */
export function refuse(problems: Record<string, Sentence>) {
  if (Object.keys(problems).length > 0) throw new InvalidForm(problems);
}

/** What of a posted body can be read, and what is wrong with the rest: where other things are looked at before all is told. */
export function readWhatFits<F extends Form>(form: F, body: unknown) {
  const values: Record<string, unknown> = {};
  const problems: Record<string, Sentence> = {};
  for (const [name, field] of Object.entries(form.fields)) {
    try {
      const value = field.read(typedIn(body, name));
      if (field.kind !== 'files') values[name] = value;
    } catch (error) {
      if (!(error instanceof FieldRefused)) throw error;
      problems[name] = error.problem;
    }
  }
  const between = Object.entries(form.check?.(values as never) ?? {}).filter(([, problem]) => problem !== undefined);
  const all: Record<string, Sentence> = { ...Object.fromEntries(between as [string, Sentence][]), ...problems };
  return { values: values as Partial<Values<F>>, problems: asTheyStand(form, all) };
}

/** What is wrong with a posted body, where something else is wrong with it, too: all of it is said at once. */
export const problemsOf = (form: Form, body: unknown) => readWhatFits(form, body).problems;
