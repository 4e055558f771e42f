import { randomUUID } from 'node:crypto';
import type { Actor } from '../../base/actor.ts';
import { Conflict, RuleBroken } from '../../base/errors.ts';
import { paced } from '../../base/pace.ts';
import type { Clock } from '../../base/time.ts';
import { type Act, inAct } from '../../data/act.ts';
import type { Db } from '../../data/database.ts';
import type { Sentence } from '../../texts.ts';
import type { Directory } from '../connector.ts';
import { isSamePlace, partsBelow } from '../names.ts';
import type { Real } from '../objects.ts';
import { knownOf } from './queries.ts';
import { type Item, type Sorted, sortFound, type Taking } from './sorting.ts';
import { type Agency, joinLateMembers, type Tools, takeOver } from './take-over.ts';

/** What lies below a place, sorted; and everything that was read, by GUID. */
export type Findings = { sorted: Sorted[]; all: ReadonlyMap<string, Real>; items: Map<string, Item> };
/** An object that was to be taken over and could not be, and why. */
export type Refused = { sorted: Sorted; why: Sentence };
export type Outcome = { taken: number; refused: Refused[] };

/**
 * Reads a part of the directory and sorts what lies in it; nothing is changed anywhere.
 * @param ou the distinguished name of an organizational unit, within the part of IPMS
 * @throws RuleBroken where there is no such place; DirectoryAway when anything could not be read: what was not seen is not judged
 */
export async function findBelow(
  db: Db,
  directory: Pick<Directory, 'readAll'>,
  agency: Agency,
  place: { ou: string; baseDn: string },
  now: Date,
): Promise<Findings> {
  const path = pathOf(place);
  const { objects } = await directory.readAll();
  const isThere =
    path.length === 0 || objects.some((each) => each.kind === 'container' && isWithin(placeIn(each), path, 0));
  if (!isThere) throw new RuleBroken('directory.adopt.noOu', { ou: place.ou }, 'ou');
  const below = objects.filter((each) => isWithin(each.container, path, null));
  const known = await knownOf(db, agency, objects, now);
  return {
    sorted: sortFound(objects, below, known),
    all: new Map(objects.map((each) => [each.guid, each])),
    items: new Map(known.items),
  };
}

/** The names of the organizational units, the nearest first. @throws RuleBroken for what lies outside or is none */
export function pathOf({ ou, baseDn }: { ou: string; baseDn: string }) {
  if (isSamePlace(ou, baseDn)) return [];
  const parts = partsBelow(ou, baseDn);
  if (parts === null || parts.some(([type]) => type !== 'OU'))
    throw new RuleBroken('directory.adopt.outside', { ou, base: baseDn }, 'ou');
  return parts.map(([, name]) => name);
}

const placeIn = ({ name, container }: Real) => [name, ...container];

/** @param depth how far below it may lie; null: anywhere */
function isWithin(container: string[], path: string[], depth: number | null) {
  const own = container.length - path.length;
  if (own < 0 || (depth !== null && own !== depth)) return false;
  return JSON.stringify(container.slice(own)).toLowerCase() === JSON.stringify(path).toLowerCase();
}

/**
 * Takes over what is clean: people and contacts, then lists, those that are in others first. One act an object; who is refused
 * holds up no other.
 * @param say told of every step: how many are done
 */
export async function takeAll(
  db: Db,
  { sorted, all, items }: Findings,
  how: { agency: Agency; actor: Actor; settings: Act['settings']; clock: Clock; signInSuffix: string | null },
  say: (done: number, total: number) => Promise<void>,
): Promise<Outcome> {
  const tools: Tools = { agency: how.agency, all, items, signInSuffix: how.signInSuffix };
  const clean = sorted.filter((each): each is Sorted & { taking: Taking } => each.taking !== null);
  const order = [...clean.filter(({ type }) => type !== 'group'), ...listsInOrder(clean)];
  const refused: Refused[] = [];
  const breathe = paced();
  const act = <T>(work: (act: Act) => Promise<T>) =>
    inAct(db, { actor: { ...how.actor, act: randomUUID() }, now: how.clock(), settings: how.settings }, work);
  for (const [done, each] of order.entries()) {
    await say(done, order.length);
    try {
      await act((one) => takeOver(one, each, tools));
    } catch (error) {
      if (!(error instanceof RuleBroken) && !(error instanceof Conflict)) throw error;
      refused.push({ sorted: each, why: error });
    }
    await breathe();
  }
  for (const group of await listsThatWait(db, how.agency)) await act((one) => joinLateMembers(one, group, tools));
  await settleLists(db, clean, items);
  return { taken: order.length - refused.length, refused };
}

/** A list comes after the lists that are in it; where they are in each other, one has to be the first. */
function listsInOrder<T extends Sorted>(clean: T[]): T[] {
  const lists = new Map(clean.filter(({ type }) => type === 'group').map((each) => [each.object.guid, each]));
  const placed = new Set<T>();
  const seen = new Set<T>();
  for (const start of lists.values()) {
    const path = [start];
    for (let list = path.at(-1); list !== undefined; list = path.at(-1)) {
      seen.add(list);
      const next = (list.object.links.member ?? [])
        .map((guid) => lists.get(guid))
        .find((each) => each && !seen.has(each));
      if (next !== undefined) path.push(next);
      else {
        placed.add(list);
        path.pop();
      }
    }
  }
  return [...placed];
}

/** The lists of an agency that were taken over with members that were nobody then. */
async function listsThatWait(db: Db, { id }: Agency) {
  const rows = await db
    .selectFrom('directory_object')
    .innerJoin('group', (join) => join.onRef('group.id', '=', 'directory_object.item_id'))
    .select('group.id')
    .where('item_type', '=', 'group')
    .where('directory_object.agency_id', '=', id)
    .where('group.status', '=', 'active')
    .where('adopted', 'like', '%"member":["%')
    .execute();
  return rows.map((row) => row.id);
}

/** Lists with like names mark each other as due when one comes; those that were just taken over are as they are to be. */
async function settleLists(db: Db, clean: Sorted[], items: ReadonlyMap<string, Item>) {
  const guids = clean
    .filter(({ type, object }) => type === 'group' && items.has(object.guid))
    .map(({ object }) => object.guid);
  for (let at = 0; at < guids.length; at += 500)
    await db
      .updateTable('directory_object')
      .set({ state: 'step' })
      .where('guid', 'in', guids.slice(at, at + 500))
      .where('state', '=', 'due')
      .execute();
}
