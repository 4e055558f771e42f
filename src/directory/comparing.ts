import type { Db, Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import type { Params, TextKey } from '../texts.ts';
import type { Schema } from './connector.ts';
import { difference } from './difference.ts';
import { fitting } from './fit.ts';
import { type Change, markOf, type ObjectOf, objectOf, type Real } from './objects.ts';
import { type Wanting, wantedOfAgency, wantedOfAll } from './wanted.ts';

export type Agency = Row<'agency'>;
/** The agencies that are compared, and whether what belongs to all of them is, too. */
export type Scope = { agencies: Agency[]; isShared: boolean };
/** Why nothing is sent for an object, in words for people, and in the directory's own. */
export type Refusal = { key: TextKey; params?: Params; words: string };
export type Compared = { wanting: Wanting; changes: Change[]; refusals: Map<string, Refusal> };

/** Every agency. */
export async function agenciesOf(db: Db): Promise<Agency[]> {
  return db.selectFrom('agency').selectAll().orderBy('id').execute();
}

/** What the tables want of a directory, for these agencies. */
export async function wantedIn(db: Db | Trx, scope: Scope, options: { now: Date; signInSuffix: string | null }) {
  const parts: Wanting[] = [];
  if (scope.isShared) parts.push(await wantedOfAll(db));
  for (const agency of scope.agencies) parts.push(await wantedOfAgency(db, agency, options));
  const within = new Set([null, ...scope.agencies.map(({ id }) => id)]);
  return {
    objects: parts.flatMap(({ objects }) => objects).filter(({ agencyId }) => within.has(agencyId)),
    gone: parts.flatMap(({ gone }) => gone),
    unfit: parts.flatMap(({ unfit }) => unfit),
  };
}

/**
 * Compares what is wanted with what is there.
 * @param schema what this directory can hold; null: nobody has asked it
 */
export function compare(
  all: Wanting,
  real: Real[],
  known: ReadonlyMap<string, string>,
  schema: Schema | null,
): Compared {
  const wanting = schema === null ? all : fitting(all, schema);
  const refusals = new Map<string, Refusal>();
  for (const { of, field, limit, length } of wanting.unfit)
    refusals.set(markOf(of), { key: 'directory.unfit', params: { field, limit, length }, words: '' });
  for (const [mark, refusal] of disputed(wanting, real, known)) refusals.set(mark, refusal);
  const changes = difference(wanting, real, known).filter(
    // what is refused is not touched; that a person is to be shut out counts all the same
    (change) => change.action === 'close' || !refusals.has(markOf(objectOf(change))),
  );
  return { wanting, changes, refusals };
}

/** Objects that somebody has to decide about: two with one mark, and one whose address somebody else's object has. */
function disputed(wanting: Wanting, real: Real[], known: ReadonlyMap<string, string>) {
  const found = new Map<string, Refusal>();
  const ours = new Set(known.values());
  const wantedMarks = new Set([...wanting.objects.map(({ of }) => markOf(of)), ...wanting.gone.map(markOf)]);
  const marked = Map.groupBy(
    real.filter(({ guid }) => !ours.has(guid)),
    ({ mark }) => mark,
  );
  const addresses = new Map<string, Real>();
  for (const [mark, objects] of marked) {
    if (mark !== null && wantedMarks.has(mark)) {
      if (objects.length > 1 && !known.has(mark))
        found.set(mark, { key: 'directory.several', words: objects.map(placeOf).join('; ') });
      continue;
    }
    for (const object of objects) for (const address of addressesOf(object.attributes)) addresses.set(address, object);
  }
  for (const { of, attributes } of wanting.objects)
    for (const address of addressesOf(attributes)) {
      const holder = addresses.get(address);
      if (holder !== undefined && !found.has(markOf(of)))
        found.set(markOf(of), {
          key: 'directory.addressTaken',
          params: { address, object: placeOf(holder) },
          words: '',
        });
    }
  return found;
}

function addressesOf(attributes: Record<string, string[]>) {
  const all = [...(attributes.mail ?? []), ...(attributes.proxyAddresses ?? []).filter((each) => /^smtp:/i.test(each))];
  return new Set(all.map((each) => each.replace(/^smtp:/i, '').toLowerCase()));
}

/** Where an object lies, the way people look for it: from the outermost container inwards. */
export function placeOf({ name, container }: Pick<Real, 'name' | 'container'>) {
  return [...container.toReversed(), name].join('/');
}

/** The object as a change leaves it: where no directory is read, what a person did is known by this. */
export function carriedOut(before: Real[], change: Change): Real[] {
  if (change.action === 'create') {
    const { of, kind, container, name, attributes } = change.wanted;
    const isOpen = kind === 'user' ? false : null;
    return [...before, { guid: markOf(of), kind, container, name, attributes, links: {}, isOpen, mark: markOf(of) }];
  }
  const guid = change.guid ?? markOf(change.of);
  if (change.action === 'remove')
    return before
      .filter((each) => each.guid !== guid)
      .map((each) => ({
        ...each,
        links: Object.fromEntries(
          Object.entries(each.links).map(([field, guids]) => [field, guids.filter((other) => other !== guid)]),
        ),
      }));
  const place = before.find((each) => each.guid === guid);
  return before.map((each) => (each === place ? changed(each, change) : within(each, place, change)));
}

function changed(object: Real, change: Exclude<Change, { action: 'create' | 'remove' }>): Real {
  if (change.action === 'open' || change.action === 'close') return { ...object, isOpen: change.action === 'open' };
  if (change.action === 'update')
    return { ...object, attributes: { ...object.attributes, [change.field]: change.to as string[] } };
  if (change.action === 'members')
    return { ...object, links: { ...object.links, [change.field]: (change.to as ObjectOf[]).map(markOf) } };
  const { name, container } = change as Change & { action: 'rename' | 'move' };
  return { ...object, name, container };
}

/** What lies in a container that was renamed lies in the new one. */
function within(each: Real, container: Real | undefined, change: Change): Real {
  if (container?.kind !== 'container' || (change.action !== 'rename' && change.action !== 'move')) return each;
  const before = [container.name, ...container.container];
  const at = each.container.length - before.length;
  if (at < 0 || JSON.stringify(each.container.slice(at)) !== JSON.stringify(before)) return each;
  return { ...each, container: [...each.container.slice(0, at), change.name, ...change.container] };
}
