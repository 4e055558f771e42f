import type { Db } from '../data/database.ts';
import { fixedRead } from '../data/fixed-read.ts';
import type { Row } from '../data/schema.ts';
import type { Tone } from '../lists/listing.ts';
import type { Bilingual, Label } from '../texts.ts';
import type { Item } from '../trail/items.ts';
import { refusalIn, TONES } from './pages/columns.ts';

/** How one item stands in the directory, for its own page. */
export type DirectoryStanding = {
  state: 'step' | 'due' | 'password' | 'differs' | 'refused' | 'held' | 'none';
  /** In words: where a person does it there, what that person said. */
  label: Label;
  tone: Tone;
  since: string | null;
  /** Why it is refused, and what to do. */
  refusal: Bilingual | null;
};

const NONE: DirectoryStanding = {
  state: 'none',
  label: 'directory.state.none',
  tone: 'plain',
  since: null,
  refusal: null,
};
const BY_HAND: Partial<Record<DirectoryStanding['state'], Label>> = {
  due: 'directory.state.listed',
  step: 'directory.state.ticked',
};
const BY_SCRIPT: typeof BY_HAND = { due: 'directory.state.scripted', step: 'directory.state.reported' };
/** Of an object: how its agency works, and whether anything is known to be in the directory. */
type Kept = { mode: Row<'agency'>['directory_mode'] | null; guid: string | null; isKnown: boolean };

/** How an item that the page has found stands in the directory; `none`: nothing of it is kept there. */
export async function standingOf(db: Db, { type, id }: Pick<Item, 'type' | 'id'>): Promise<DirectoryStanding> {
  const row = await objectOf(db, type as Row<'directory_object'>['item_type'], id);
  if (row === undefined) return NONE;
  const kept = { mode: row.directory_mode, guid: row.guid, isKnown: row.guid !== null || row.real !== null };
  if (row.state === 'step' && !kept.isKnown) return NONE;
  const waits = row.state === 'step' && !isByHand(kept) && row.status === 'active' && row.password_at === null;
  const refusal =
    row.state === 'refused'
      ? { ms: refusalIn({ language: 'ms' }, row.last_error), en: refusalIn({ language: 'en' }, row.last_error) }
      : null;
  const state = waits ? 'password' : shownState(row.state);
  const since = row.state === 'step' ? row.done_at : row.wanted_at;
  return { state, label: wordOf(state, kept), tone: TONES[state], since, refusal };
}

const objectOf = fixedRead((db, type: Row<'directory_object'>['item_type'], id: number) =>
  db
    .selectFrom('directory_object as object')
    .leftJoin('agency', 'agency.id', 'object.agency_id')
    .leftJoin('mailbox', (join) =>
      join.onRef('mailbox.id', '=', 'object.item_id').on('object.item_type', '=', 'mailbox'),
    )
    .select(['object.state', 'object.guid', 'object.real', 'object.password_at', 'object.wanted_at', 'object.done_at'])
    .select(['object.last_error', 'agency.directory_mode', 'mailbox.status'])
    .where('object.item_type', '=', type)
    .where('object.item_id', '=', id),
);

/** In the words of a page, what is not done yet is waiting, whoever does it. */
export function shownState<S extends string>(state: S) {
  return state === 'under-way' || state === 'listed' ? 'due' : (state as Exclude<S, 'under-way' | 'listed'>);
}

/** How an object stands, in words that say who does it, or did, where no directory was seen. */
export function wordOf(state: Exclude<DirectoryStanding['state'], 'none'>, kept: Kept): Label {
  if (state === 'step' && !kept.isKnown) return 'directory.state.none';
  const words = kept.mode === 'script' ? BY_SCRIPT : BY_HAND;
  return (isByHand(kept) ? words[state] : undefined) ?? `directory.state.${state}`;
}

function isByHand({ mode, guid }: Kept) {
  return mode === null ? guid === null : mode !== 'live';
}
