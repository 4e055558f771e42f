import { Conflict } from '../base/errors.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import type { Label } from '../texts.ts';
import type { Item } from '../trail/items.ts';
import { wholeNumber } from './fields.ts';
import type { Field, FormState } from './form.ts';

/**
 * Two people editing one thing: its form carries the number of the newest change that was shown with it. When there is
 * a newer one, nothing is saved; the page says what was changed by whom, and the second person can apply again.
 */
export function shownField(): Field<number | null> {
  const most = Number.MAX_SAFE_INTEGER;
  return { ...wholeNumber({ label: 'shown.label', optional: true, least: 0, most }), max: 16, kind: 'hidden' };
}

type Known = Pick<Item, 'type' | 'id'>;

/** The number of the newest change of a thing; 0 when there is none yet. */
export async function newestChange(db: Db | Trx, item: Known) {
  const newest = await db
    .selectFrom('audit')
    .select((eb) => eb.fn.max('id').as('id'))
    .where('item_type', '=', item.type)
    .where('item_id', '=', item.id)
    .executeTakeFirstOrThrow();
  return newest.id ?? 0;
}

async function changesSince(db: Db | Trx, { type, id }: Known, shown: number) {
  return db
    .selectFrom('audit')
    .selectAll()
    .where('item_type', '=', type)
    .where('item_id', '=', id)
    .where('id', '>', shown)
    .where('before', 'is not', null)
    .orderBy('id')
    .execute();
}

/**
 * @param shown null when the form does not say what was shown with it: then the last one to save has the word
 * @param facts what the form is about, where other changes of the thing do not matter to it
 * @throws Conflict when the thing was changed after it was shown
 */
export async function refuseStale(trx: Trx, item: Known, shown: number | null, facts?: readonly string[]) {
  if (shown === null) return;
  const changed = eachChange(await changesSince(trx, item, shown));
  if ([...changed.keys()].some((fact) => facts?.includes(fact) ?? true)) throw new Conflict('shown.changed');
}

/** One field that somebody else changed: from what to what, and whether the value typed here differs from both. */
export type Change = {
  label: Label;
  before: string[];
  after: string[];
  by: string;
  at: string;
  kept: boolean;
};

/**
 * Brings a form that came too late to the present state: fields that this person left alone take the new value, those
 * that both changed keep what was typed here. The form can then be sent again.
 * @param fieldOf the form's name for what the audit trail calls a fact
 */
export async function meetChanges(
  db: Db,
  item: Known,
  form: FormState,
  fieldOf = (fact: string) => fact,
): Promise<{ form: FormState; changes: Change[] }> {
  const rows = await changesSince(db, item, Number(form.typed.shown?.[0] ?? 0) || 0);
  const typed: FormState['typed'] = {
    ...form.typed,
    shown: [String(rows.at(-1)?.id ?? (await newestChange(db, item)))],
  };
  const changes: Change[] = [];
  for (const [fact, { before, after, row }] of eachChange(rows)) {
    const name = fieldOf(fact);
    const field = form.form.fields[name];
    if (field === undefined) continue;
    const [was, is] = [asTyped(field, before), asTyped(field, after)];
    const untouched = same(typed[name], was);
    const kept = !untouched && !same(typed[name], is);
    if (untouched) typed[name] = is;
    changes.push({ label: field.label, before: was, after: is, by: row.actor_name, at: row.at, kept });
  }
  return { form: { ...form, typed }, changes };
}

type Facts = Record<string, unknown>;

/** By fact: what it was before the first of the changes, what it is after the last, and the last. */
function eachChange(rows: Row<'audit'>[]) {
  const found = new Map<string, { before: unknown; after: unknown; row: Row<'audit'> }>();
  for (const row of rows) {
    const before = JSON.parse(row.before ?? '{}') as Facts;
    const after = JSON.parse(row.after ?? '{}') as Facts;
    for (const fact of Object.keys(after))
      found.set(fact, { before: found.has(fact) ? found.get(fact)?.before : before[fact], after: after[fact], row });
  }
  return found;
}

function asTyped(field: Field, value: unknown): string[] {
  if (Array.isArray(value)) return field.kind === 'checkboxes' ? value.map(String) : [value.join('\n')];
  if (value === null || value === undefined || value === '' || value === false) return [];
  return [value === true ? '1' : String(value)];
}

const same = (one: string[] = [], other: string[] = []) => plain(one) === plain(other);
const plain = (values: string[]) =>
  values
    .flatMap((value) => value.split(/\r?\n/))
    .map((value) => value.trim())
    .filter((value) => value !== '')
    .join('\n');
