import type { Actor } from '../../base/actor.ts';
import { both, sentence } from '../../base/language.ts';
import type { Row } from '../../data/schema.ts';
import type { Column, Tone } from '../../lists/listing.ts';
import type { Label, Params, Sentence } from '../../texts.ts';
import { placeOf } from '../../trail/places.ts';
import type { Sayers } from '../../web/pages.ts';
import type { ChangeLine, ObjectLine, ObjectState } from './queries.ts';

export const TONES: Record<ObjectState, Tone> = {
  step: 'good',
  due: 'wait',
  'under-way': 'wait',
  listed: 'info',
  password: 'wait',
  differs: 'wait',
  refused: 'bad',
  held: 'bad',
};
const FILTERED = ['due', 'listed', 'password', 'step', 'differs', 'refused', 'held'] as const;
export const STATE_OPTIONS = FILTERED.map((value) => ({ value, label: `directory.state.${value}` }) as const);

const ACTIONS = ['create', 'update', 'rename', 'move', 'open', 'close', 'members', 'remove'] as const;
export const ACTION_OPTIONS = ACTIONS.map((value) => ({ value, label: `directory.action.${value}` }) as const);

/** Why the directory refuses an object, in words; what is kept is the text's name and, of the directory, its own words. */
export function refusalIn(say: Pick<Sayers, 'language'>, kept: string | null) {
  if (kept === null) return '';
  const { key, params, words } = JSON.parse(kept) as Sentence & { words?: string };
  const told = sentence(say.language, params === undefined ? { key } : { key, params: inWords(params) });
  return words ? `${told} (${words})` : told;
}

/** A field goes by the name that people know. */
function inWords(params: Params): Params {
  return params.field === undefined ? params : { ...params, field: both(`directory.source.${params.field}` as Label) };
}

/** The item's own page, for whoever looks. */
export const pageOf = (actor: Actor) => (row: Pick<ObjectLine, 'item_type' | 'item_id'>) =>
  row.item_type === 'helper' ? null : (placeOf(actor, { type: row.item_type, id: Number(row.item_id) }) ?? null);

/** What is to be done, in a word and the attribute that it is done to. */
function actionIn(say: Pick<Sayers, 't'>, { action, field }: Pick<Row<'directory_change'>, 'action' | 'field'>) {
  const name = say.t(`directory.action.${action}` as Label);
  return field === '' ? name : `${name}: ${field}`;
}

/** Of many values only the first ones; the file has them all. */
export function shortly(text: string) {
  const values = text.split('\n');
  return values.length > 6 ? `${values.slice(0, 5).join('\n')}\n… +${values.length - 5}` : text;
}

/** The columns that a change has wherever it is shown. @param isWhole with every value: for whoever has to type them */
export function changeColumns(actor: Actor, isWhole: boolean): Column<ChangeLine>[] {
  const values = isWhole ? (text: string) => text : shortly;
  return [
    { label: 'directory.object', value: (row) => row.item_name, href: pageOf(actor), sort: 'item_name' },
    { label: 'directory.what', value: (row, say) => actionIn(say, row), sort: 'action' },
    { label: 'directory.found', value: (row) => values(row.from_text) },
    { label: 'directory.wanted', value: (row) => values(row.to_text) },
  ];
}
