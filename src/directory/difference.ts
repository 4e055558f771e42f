import { NEVER } from './mapping.ts';
import { type Change, markOf, type ObjectOf, type Real, type Wanted } from './objects.ts';
import type { Wanting } from './wanted.ts';

/**
 * The order of a pass. Closing waits for nothing. What another object is to have is given up before that one gets it; links
 * come when all that they name is there, and nothing is removed before it has lost its links.
 */
const STAGES = ['close', 'containers', 'release', 'people', 'lists', 'links', 'places', 'open', 'remove'] as const;
type Stage = (typeof STAGES)[number];
type Path = string[];
type Pair = { wanted: Wanted; real: Real | null };

/** No two objects of a directory have the same, whatever their kind. */
const ACCOUNT = 'sAMAccountName';
const SIGN_IN = 'userPrincipalName';
const ADDRESSES = ['mail', 'proxyAddresses'];

/**
 * What has to be done to a directory until it is as wanted, in that order; nothing where it is. Only attributes and links that
 * are wanted are looked at, and only objects that are wanted, or named as gone.
 * @param known the GUID of each object that IPMS made, by its mark; others are found by the mark that they carry
 */
export function difference(wanting: Wanting, real: Real[], known: ReadonlyMap<string, string> = new Map()): Change[] {
  const staged = new Map<Stage, Change[]>(STAGES.map((stage) => [stage, []]));
  const add = (stage: Stage, change: Change) => staged.get(stage)?.push(change);
  const find = finder(real, known);
  const unfit = new Set(wanting.unfit.map(({ of }) => markOf(of)));
  const pairs: Pair[] = [];
  for (const wanted of wanting.objects) {
    const found = find(wanted.of, wanted);
    if (found === 'several') continue;
    if (found?.isOpen && wanted.isOpen === false) add('close', { action: 'close', guid: found.guid, of: wanted.of });
    if (!unfit.has(markOf(wanted.of))) pairs.push({ wanted, real: found });
  }
  const gone = wanting.gone.flatMap((of) => {
    const found = find(of, null);
    return found === null || found === 'several' ? [] : [{ of, real: found }];
  });

  const placeOf = containersAsWanted(pairs, (change) => add('containers', change));
  const others = pairs.filter(({ wanted }) => wanted.kind !== 'container');
  const release = releaser(others, placeOf, (change) => add('release', change));
  const there = new Set(others.map(({ wanted }) => markOf(wanted.of)));
  const guidOf = (of: ObjectOf) => {
    const found = find(of, null);
    return found === null || found === 'several' ? null : found.guid;
  };

  for (const { wanted, real: found } of others) {
    const stage = wanted.kind === 'group' ? 'lists' : 'people';
    const now = found && release(wanted.of, found);
    if (now === null) add(stage, { action: 'create', wanted });
    else {
      for (const change of updates(wanted, now)) add(stage, change);
      const place = [now.name, ...placeOf(now.container)];
      const stays = staysThere(wanted, now.container);
      if (!stays && !isSame(place, [wanted.name, ...wanted.container])) add('places', toPlace(wanted, now.guid, place));
    }
    for (const change of linkings(wanted, now, guidOf, there)) add('links', change);
    if (wanted.isOpen === true && now?.isOpen !== true)
      add('open', { action: 'open', guid: now?.guid ?? null, of: wanted.of });
  }
  for (const { of, real: found } of gone) {
    release(of, found);
    add('remove', { action: 'remove', guid: found.guid, of });
  }
  return [...staged.values()].flat();
}

/**
 * Objects that are there, and whose GUID nobody has kept: whoever made them did not live to hear of it.
 * @returns the GUID of each, by its mark
 */
export function unheardOf({ objects }: Wanting, real: Real[], known: ReadonlyMap<string, string>) {
  const find = finder(real, known);
  const guids = new Map<string, string>();
  for (const wanted of objects) {
    const found = known.has(markOf(wanted.of)) ? null : find(wanted.of, wanted);
    if (found !== null && found !== 'several') guids.set(markOf(wanted.of), found.guid);
  }
  return guids;
}

/** Which object stands for an item: the one whose GUID is known, else the one that carries its mark; a container by its place. */
function finder(real: Real[], known: ReadonlyMap<string, string>) {
  const byGuid = new Map(real.map((each) => [each.guid, each]));
  const byMark = Map.groupBy(real, (each) => each.mark);
  const containers = new Map(
    real
      .filter(({ kind }) => kind === 'container')
      .map((each) => [keyOf([each.name, ...each.container]), each] as const),
  );
  const taken = new Set(known.values());
  return (of: ObjectOf, wanted: Wanted | null): Real | 'several' | null => {
    const own = byGuid.get(known.get(markOf(of)) ?? '');
    if (own !== undefined) return own;
    if (wanted?.kind === 'container') return containers.get(keyOf([wanted.name, ...wanted.container])) ?? null;
    // a copy of an object carries its mark, too: which one is meant is for a person to say
    const [found, ...more] = (byMark.get(markOf(of)) ?? []).filter(({ guid }) => !taken.has(guid));
    if (more.length > 0) return 'several';
    return found ?? null;
  };
}

/** Makes and renames containers, the outermost first. Returns where things lie that lay in one before. */
function containersAsWanted(pairs: Pair[], add: (change: Change) => void) {
  const renamed = new Map<string, Path>();
  const placeOf = (path: Path): Path => {
    const [name, ...above] = path;
    return name === undefined ? [] : (renamed.get(keyOf(path)) ?? [name, ...placeOf(above)]);
  };
  const containers = pairs.filter(({ wanted }) => wanted.kind === 'container');
  for (const { wanted, real } of containers.sort((a, b) => a.wanted.container.length - b.wanted.container.length)) {
    if (real === null) {
      add({ action: 'create', wanted });
      continue;
    }
    const [place, there] = [
      [real.name, ...placeOf(real.container)],
      [wanted.name, ...wanted.container],
    ];
    if (!isSame(place, there)) add(toPlace(wanted, real.guid, place));
    renamed.set(keyOf([real.name, ...real.container]), there);
  }
  return placeOf;
}

/**
 * Takes from an object what another one is to have: its place, its account's name, its addresses. It is given a name of its own
 * meanwhile, so that two can also exchange theirs. Returns the object as it is then.
 */
function releaser(pairs: Pair[], placeOf: (path: Path) => Path, add: (change: Change) => void) {
  const wanted = new Map<string, string>();
  for (const { wanted: each } of pairs) for (const claim of claimsOf(each)) wanted.set(claim, markOf(each.of));
  return (of: ObjectOf, real: Real): Real => {
    const isAnothers = (claim: string) => wanted.has(claim) && wanted.get(claim) !== markOf(of);
    const ownName = markOf(of).replaceAll(':', '-');
    let then = real;
    const place = [real.name, ...placeOf(real.container)];
    if (isAnothers(placeClaim(place))) {
      then = { ...then, name: ownName };
      const container = place.slice(1);
      add({ action: 'rename', guid: real.guid, of, from: real.name, to: ownName, container, name: ownName });
    }
    for (const field of [ACCOUNT, SIGN_IN, ...ADDRESSES]) {
      const from = real.attributes[field] ?? [];
      const left = from.filter((value) => !isAnothers(valueClaim(field, value)));
      if (left.length === from.length) continue;
      const to = field === ACCOUNT ? [ownName] : left;
      then = { ...then, attributes: { ...then.attributes, [field]: to } };
      add({ action: 'update', guid: real.guid, of, field, from, to });
    }
    return then;
  };
}

/** What was there before IPMS lies where its administrators put it. */
function staysThere({ staysOutOf }: Wanted, container: Path) {
  return staysOutOf !== undefined && keyOf(container) !== keyOf(staysOutOf);
}

function claimsOf({ name, container, attributes, staysOutOf }: Wanted) {
  const values = [ACCOUNT, SIGN_IN, ...ADDRESSES].flatMap((field) =>
    (attributes[field] ?? []).map((value) => valueClaim(field, value)),
  );
  return staysOutOf === undefined ? [placeClaim([name, ...container]), ...values] : values;
}

const placeClaim = (place: Path) => `place ${keyOf(place)}`;

/** An address is the same in every attribute, and whether or not it is the first one. */
function valueClaim(field: string, value: string) {
  const isAddress = ADDRESSES.includes(field);
  return `${isAddress ? 'address' : field} ${(isAddress ? value.replace(/^smtp:/i, '') : value).toLowerCase()}`;
}

function updates({ of, attributes }: Wanted, real: Real): Change[] {
  return Object.entries(attributes).flatMap(([field, values]): Change[] => {
    const from = real.attributes[field] ?? [];
    const to = field === 'proxyAddresses' ? [...values, ...from.filter((value) => !/^smtp:/i.test(value))] : values;
    if (isSameSet(meant(field, from), meant(field, to))) return [];
    return [{ action: 'update', guid: real.guid, of, field, from, to }];
  });
}

/** Windows has several ways to say that an account does not end, and to say no. */
function meant(field: string, values: string[]) {
  if (field === 'accountExpires') return values.length === 0 || values[0] === '0' ? [NEVER] : values;
  if (field === 'msExchHideFromAddressLists') return values.filter((value) => value !== 'FALSE');
  return values;
}

/**
 * A link to what is not there waits. Where nothing is there of all that is wanted, the links stay as they are: whoever may send
 * must not become everybody because nobody was found.
 */
function linkings(
  { of, links, keeps }: Wanted,
  real: Real | null,
  guidOf: (of: ObjectOf) => string | null,
  there: Set<string>,
): Change[] {
  return Object.entries(links).flatMap(([field, wanted]): Change[] => {
    const others = new Set(keeps?.[field]);
    const [kept, from] = partedBy(real?.links[field] ?? [], (guid) => others.has(guid));
    const to: ObjectOf[] = [];
    const named: string[] = [];
    for (const each of wanted) {
      const guid = guidOf(each);
      if (guid === null && !there.has(markOf(each))) continue;
      to.push(each);
      named.push(guid ?? markOf(each));
    }
    if (to.length === 0 && wanted.length > 0) return [];
    const isThere = isSameSet(from, named);
    const change = { action: 'members' as const, guid: real?.guid ?? null, of, field, from, to };
    return isThere ? [] : [kept.length === 0 ? change : { ...change, keeps: kept }];
  });
}

function partedBy<T>(all: T[], is: (each: T) => boolean): [T[], T[]] {
  return [all.filter(is), all.filter((each) => !is(each))];
}

function toPlace({ of, name, container }: Wanted, guid: string, from: Path): Change {
  const isMove = !isSame(from.slice(1), container);
  const say = (place: Path) => (isMove ? place.toReversed().join('/') : (place[0] ?? ''));
  return {
    action: isMove ? 'move' : 'rename',
    guid,
    of,
    from: say(from),
    to: say([name, ...container]),
    container,
    name,
  };
}

/** Directories do not tell capital letters in names. */
const keyOf = (path: Path) => JSON.stringify(path).toLowerCase();
const isSame = (one: Path, other: Path) => one[0] === other[0] && keyOf(one) === keyOf(other);

function isSameSet(one: string[], other: string[]) {
  // nearly always so, and two sets for each value of thousands of objects would be most of the work
  if (one.length === other.length && one.every((value, at) => value === other[at])) return true;
  const [a, b] = [new Set(one), new Set(other)];
  return a.size === b.size && a.isSubsetOf(b);
}
