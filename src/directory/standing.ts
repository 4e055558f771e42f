import type { Db } from '../data/database.ts';
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
/** In the words of the page, what is not done yet is waiting, whoever does it. */
const SHOWN = { 'under-way': 'due', listed: 'due' } as const;

/** How an item that the page has found stands in the directory; `none`: nothing of it is kept there. */
export async function standingOf(db: Db, { type, id }: Pick<Item, 'type' | 'id'>): Promise<DirectoryStanding> {
  const row = await db
    .selectFrom('directory_object as object')
    .leftJoin('agency', 'agency.id', 'object.agency_id')
    .leftJoin('mailbox', (join) =>
      join.onRef('mailbox.id', '=', 'object.item_id').on('object.item_type', '=', 'mailbox'),
    )
    .select(['object.state', 'object.guid', 'object.real', 'object.password_at', 'object.wanted_at', 'object.done_at'])
    .select(['object.last_error', 'agency.directory_mode', 'mailbox.status'])
    .where('object.item_type', '=', type as Row<'directory_object'>['item_type'])
    .where('object.item_id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return NONE;
  const isByHand = row.directory_mode === null ? row.guid === null : row.directory_mode !== 'live';
  const isNowhere = row.state === 'step' && row.guid === null && row.real === null;
  if (isNowhere) return NONE;
  const waits = row.state === 'step' && !isByHand && row.status === 'active' && row.password_at === null;
  const refusal =
    row.state === 'refused'
      ? { ms: refusalIn({ language: 'ms' }, row.last_error), en: refusalIn({ language: 'en' }, row.last_error) }
      : null;
  const state = waits ? 'password' : shownState(row.state);
  const since = row.state === 'step' ? row.done_at : row.wanted_at;
  const words = row.directory_mode === 'script' ? BY_SCRIPT : BY_HAND;
  const label = (isByHand ? words[state] : undefined) ?? `directory.state.${state}`;
  return { state, label, tone: TONES[state], since, refusal };
}

function shownState(state: Row<'directory_object'>['state']) {
  return state === 'under-way' || state === 'listed' ? SHOWN[state] : state;
}
