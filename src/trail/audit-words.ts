import { isLabel } from '../base/language.ts';
import type { Row } from '../data/schema.ts';
import type { Label } from '../texts.ts';
import type { Words } from '../web/pages.ts';

/** One field that an act changed or set; null on the side that the audit row does not have. */
export type Change = { name: string; label: string; before: string | null; after: string | null };

/** Of an audit row, or of a part of a record, which may be about what is no item. */
export type AuditFacts = Pick<Row<'audit'>, 'before' | 'after'> & { item_type: string };
type Facts = Record<string, unknown>;

/** Fields whose values are words of IPMS, and where those words begin; `*` is the kind of item. */
const WORDED: Record<string, string[]> = {
  accept_from: ['*.accept', 'mailbox.accept'],
  attribute: ['directory.source'],
  category: ['category'],
  directory_drift: ['directory.drift'],
  directory_mode: ['directory.mode'],
  directory_must_change: ['directory.mustChange'],
  joining: ['group.way'],
  kind: ['*.kind', 'list-request.kind', 'field.addresses'],
  leaving: ['group.way'],
  notify_kind: ['notify'],
  previous_accept_from: ['mailbox.accept'],
  previous_status: ['mailbox.state'],
  reason: ['life.reason'],
  reports: ['report'],
  role: ['role'],
  second_factor_of: ['second-factor.of'],
  senders: ['mailbox.accept'],
  service_type: ['service'],
  services: ['service'],
  source: ['*.source'],
  status: ['*.state', '*.status', '*', 'person.state', 'me.status', 'bulk.state', 'backup.state'],
  step: ['directory.action'],
  undone: ['audit'],
  verified_with: ['verify'],
  weekend_days: ['weekday'],
  why: ['group.why', 'mail.setAgain.why'],
};
/** What a kind of item calls otherwise than all others; the word is of something else. */
const OTHERWISE: Record<string, string> = { 'bulk-run state': 'status' };
/** Columns that hold a yes or a no as 1 and 0; a choice that is more than that is worded. */
const FLAGS = new Set([
  'closed_by_deletion',
  'enable_by_itself',
  'holds_address',
  'is_clean',
  'is_encrypted',
  'keep_address',
  'must_change',
  'must_change_password',
  'restrict_senders',
  'rows_kept',
  'services_limited',
  'shown',
  'to_complete',
]);
const IDENTITIES = new Set(['ic_number', 'sought_ic', 'passport']);
const MOMENT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const BEGINS_AS_DAY = /^\d{4}-/;

/**
 * What an audit row says was changed, field by field, in the reader's words; identity card numbers are masked.
 * @param agencies the names of agencies by their number, where a reader may see other agencies than the own
 */
export function changesInWords(row: AuditFacts, words: Words, agencies?: Map<number, string>): Change[] {
  if (row.before === null && row.after === null) return [];
  const before = facts(row.before);
  const after = facts(row.after);
  const fieldOf = fieldsInWords(row.item_type, words);
  const say = (name: string, value: unknown) =>
    (name === 'agency_id' && agencies?.get(Number(value))) || fieldOf(name).inWords(value, words);
  // a number of the database says nothing to a reader; what it stands for is named beside it
  const isNumberAlone = (name: string) =>
    name.endsWith('_id') &&
    [before?.[name], after?.[name]].some((value) => typeof value === 'number') &&
    !(name === 'agency_id' && agencies !== undefined);
  const names = Object.keys({ ...before, ...after }).filter((name) => !isNumberAlone(name));
  return names.map((name) => ({
    name,
    label: fieldOf(name).label,
    before: before === null ? null : say(name, before[name]),
    after: after === null ? null : say(name, after[name]),
  }));
}

/** A field as it is said of a kind of item: its label, and what a value of it is in words, as `changesInWords` says them. */
export type FieldInWords = { label: string; inWords(value: unknown, words: Words): string };

/** By the translator, the kind of item and the name: a file of a million records asks for the same few hundred over and over. */
const fieldsSaid = new WeakMap<Words['t'], Map<string, (name: string) => FieldInWords>>();

/** What says the fields of a kind of item, by name. */
export function fieldsInWords(itemType: string, words: Words): (name: string) => FieldInWords {
  const kinds = fieldsSaid.get(words.t) ?? new Map<string, (name: string) => FieldInWords>();
  fieldsSaid.set(words.t, kinds);
  const known = kinds.get(itemType);
  if (known !== undefined) return known;
  const fields = new Map<string, FieldInWords>();
  const kind = itemType.replaceAll('_', '-');
  const fieldOf = (name: string) => {
    const field = fields.get(name) ?? fieldInWords(OTHERWISE[`${kind} ${name}`] ?? name, kind, words);
    fields.set(name, field);
    return field;
  };
  kinds.set(itemType, fieldOf);
  return fieldOf;
}

function fieldInWords(name: string, kind: string, words: Words): FieldInWords {
  const isWorded = WORDED[name] !== undefined;
  const said = new Map<string, string>();
  return {
    label: labelOf(name, words),
    inWords(value, words) {
      if (typeof value !== 'string' || value === '') return valueInWords(name, value, kind, words);
      if (!isWorded) return textInWords(name, value, kind, words);
      const known = said.get(value) ?? textInWords(name, value, kind, words);
      // only what IPMS has a word for: a day that stands there is said otherwise in a file
      if (known !== value && !BEGINS_AS_DAY.test(value)) said.set(value, known);
      return known;
    },
  };
}

/** Changes as one cell of a table: `Unit: Aset → Latihan; Nota: segera`. */
export function inOneLine(changes: Change[]) {
  return changes
    .map(({ label, before, after }) =>
      before === null || after === null ? `${label}: ${before ?? after}` : `${label}: ${before} → ${after}`,
    )
    .join('; ');
}

function facts(text: string | null): Facts | null {
  return text === null ? null : (JSON.parse(text) as Facts);
}

/** The labels of fields, by name: a file of a million records asks for the same few over and over. */
const labels = new Map<string, Label>();

function labelOf(name: string, { t }: Words) {
  const known = labels.get(name);
  if (known !== undefined) return t(known);
  const key = `field.${name}`;
  if (!isLabel(key)) return name.replaceAll('_', ' ');
  labels.set(name, key);
  return t(key);
}

function valueInWords(name: string, value: unknown, kind: string, words: Words): string {
  const { t } = words;
  if (value === null || value === undefined || value === '') return t('none');
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (Array.isArray(value))
    return value.length === 0 ? t('none') : value.map((each) => valueInWords(name, each, kind, words)).join(', ');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([part, each]) => `${labelOf(part, words)}: ${valueInWords(part, each, kind, words)}`)
      .join('; ');
  if (typeof value === 'number' && WORDED[name] === undefined) return numberInWords(name, value, words);
  return textInWords(name, String(value), kind, words);
}

function numberInWords(name: string, value: number, { t, number, size }: Words) {
  if (FLAGS.has(name)) return t(value === 1 ? 'yes' : 'no');
  if (name.endsWith('_mb')) return size(value);
  return number(value);
}

function textInWords(name: string, value: string, kind: string, { t, date, time, maskIc }: Words) {
  if (IDENTITIES.has(name)) return maskIc(value);
  if (BEGINS_AS_DAY.test(value)) {
    if (MOMENT.test(value)) return time(value);
    if (DAY.test(value)) return date(value);
  }
  const starts = WORDED[name];
  if (starts === undefined) return value;
  const keys = starts.map((start) => `${start.replace('*', kind)}.${value}`);
  const key = keys.find(isLabel);
  return key === undefined ? value : t(key);
}
