import { AndFilter, type Client, type Entry, EqualityFilter, type Filter, OrFilter } from 'ldapts';
import { partsBelow, spellingOf } from '../names.ts';
import type { Real } from '../objects.ts';
import { type Connection, rootOf } from './connection.ts';
import { asTexts, extendedName, findEntry, kindOf, nameByGuid, readPages, readRest, withBase } from './entries.ts';

/** What is read of each object beside where it lies: the attributes of the mapping, and those whose values are objects. */
export type Fields = { attributes: string[]; links: string[] };
/** What was there, by which controller, and the number from which `readChanged` goes on at that controller. */
export type Reading = { controller: string; next: number; objects: Real[] };
/** The attributes that a directory has, in small letters: how long a value may be, and whether there may be two. */
export type Schema = Map<string, { most: number | null; isSingle: boolean }>;

/** The bit of `userAccountControl` that shuts an account. */
export const DISABLED = 2;
/** One that has a mark is IPMS's own, even where the answer to its making was lost. */
export const MARKS = ['employeeNumber', 'info', 'adminDescription'];

/** An object, and the attributes of which not all values came: which was the last one. */
type Part = { real: Real; cut: { attribute: string; last: number }[] };
type Once = ReturnType<typeof keptOnce>;

/** So many values of an attribute are looked for among those that were there before: more say that each object has its own. */
const MOST_SHARED = 500;
const NONE: string[] = [];
Object.freeze(NONE);

/** Reads objects below a base, with these fields. */
export function openReading(baseDn: string, fields: Fields) {
  const attributes = ['objectClass', 'userAccountControl', ...MARKS, ...fields.attributes, ...fields.links];

  /** All objects of IPMS's kinds that the filter lets through. */
  async function readBelow({ client, controller }: Connection, filter: Filter | null): Promise<Reading> {
    // before the search: what changes meanwhile is read twice, and not missed
    const next = Number((await rootOf(client)).highestCommittedUSN) + 1;
    const known = new Map<string, string>();
    const once = keptOnce();
    const keep = (entry: Entry) => {
      const { guid, dn } = extendedName(entry.dn);
      known.set(spellingOf(dn), once.guid(guid));
      return asReal(entry, once);
    };
    const found = await readPages(client, baseDn, attributes, withBase(ofOurKinds(filter), baseDn), keep);
    const objects: Real[] = [];
    for (const each of found) if (each !== null) objects.push(await whole(client, each, known, once));
    return { controller, next, objects };
  }

  /** The object as it is now; null: not there. */
  async function readObject(client: Client, guid: string) {
    const entry = await findEntry(client, nameByGuid(guid), attributes);
    const once = keptOnce();
    const found = entry && asReal(entry, once);
    return found && (await whole(client, found, new Map(), once));
  }

  /** What an entry alone says; null: the base itself, or not one of the kinds that IPMS keeps. */
  function asReal(entry: Entry, once: Once): Part | null {
    const { guid, dn } = extendedName(entry.dn);
    const [own, ...containers] = partsBelow(dn, baseDn) ?? [];
    const values = new Map(Object.entries(entry).map(([name, value]) => [name.toLowerCase(), asTexts(value)]));
    const kind = kindOf(values.get('objectclass') ?? []);
    if (own === undefined || kind === null) return null;
    const cut: Part['cut'] = [];
    for (const [name, some] of values) {
      const [, attribute, last] = /^(.+);range=0-(\d+)$/.exec(name) ?? [];
      if (attribute === undefined) continue;
      values.set(attribute, some);
      cut.push({ attribute, last: Number(last) });
    }
    const read = (name: string) => values.get(name.toLowerCase()) ?? [];
    const control = read('userAccountControl')[0];
    const real: Real = {
      guid: once.guid(guid),
      kind,
      container: containers.map(([, name]) => name),
      name: own[1],
      attributes: Object.fromEntries(fields.attributes.map((name) => [name, once.values(name, read(name))])),
      links: Object.fromEntries(fields.links.map((field) => [field, linksIn(read(field), once)])),
      isOpen: control === undefined ? null : (Number(control) & DISABLED) === 0,
      mark: MARKS.flatMap(read).find((value) => value.startsWith('ipms:')) ?? null,
    };
    return { real, cut };
  }

  /** With the values that did not come with the entry, and a GUID for each link that has none. */
  async function whole(client: Client, { real, cut }: Part, known: Map<string, string>, once: Once): Promise<Real> {
    for (const { attribute, last } of cut) {
      const isThis = (name: string) => name.toLowerCase() === attribute;
      const field = fields.links.find(isThis) ?? fields.attributes.find(isThis);
      if (field === undefined) continue;
      const rest = await readRest(client, real.guid, attribute, last, (values) => linksIn(values, once));
      const all = field in real.links ? real.links : real.attributes;
      all[field] = [...(all[field] ?? []), ...rest];
    }
    for (const [field, links] of Object.entries(real.links))
      for (const [at, link] of links.entries())
        if (link.includes('=')) (real.links[field] as string[])[at] = await linked(client, link, known);
    return real;
  }

  return { readBelow, readObject };
}

/** The attributes that the directory has. */
export async function learnSchema({ client, schema }: Connection): Promise<Schema> {
  const asked = ['lDAPDisplayName', 'rangeUpper', 'isSingleValued'];
  const all = new EqualityFilter({ attribute: 'objectClass', value: 'attributeSchema' });
  const known = await readPages(client, schema, asked, all, (entry) => {
    const most = asTexts(entry.rangeUpper)[0];
    const limits = { most: most === undefined ? null : Number(most), isSingle: entry.isSingleValued === 'TRUE' };
    return [String(entry.lDAPDisplayName).toLowerCase(), limits] as const;
  });
  return new Map(known);
}

/** The GUIDs that are in a link now. */
export async function linksNow(client: Client, guid: string, field: string) {
  const once = keptOnce();
  const links = await readRest(client, guid, field, -1, (values) => linksIn(values, once));
  for (const [at, link] of links.entries()) if (link.includes('=')) links[at] = await linked(client, link, new Map());
  return links;
}

/** The GUIDs of links; the distinguished name of one that came without. */
function linksIn(values: string[], once: Once) {
  if (values.length === 0) return NONE;
  return values.map((value) => (value.startsWith('<GUID=') ? once.guid(extendedName(value).guid) : value));
}

/** Keeps what comes again and again only once: who is in forty lists, and what a thousand people of a division have in common. */
function keptOnce() {
  const guids = new Map<string, string>();
  const shared = new Map<string, Map<string, string[]>>();
  return {
    guid(guid: string) {
      const found = guids.get(guid);
      if (found !== undefined) return found;
      // a part of a text keeps the whole of it in memory
      const own = Buffer.from(guid, 'latin1').toString('latin1');
      guids.set(own, own);
      return own;
    },
    values(name: string, values: string[]) {
      if (values.length === 0) return NONE;
      const [value, ...more] = values;
      if (value === undefined || more.length > 0) return values;
      const known = shared.get(name) ?? new Map<string, string[]>();
      shared.set(name, known);
      const found = known.get(value);
      if (found === undefined && known.size < MOST_SHARED) known.set(value, values);
      return found ?? values;
    },
  };
}

/** The GUID of what a link names; its distinguished name where it cannot be seen. Allowed senders come without GUIDs. */
async function linked(client: Client, value: string, known: Map<string, string>) {
  const guid = known.get(spellingOf(value));
  if (guid !== undefined) return guid;
  const entry = await findEntry(client, value, []);
  return entry === null ? value : extendedName(entry.dn).guid;
}

function ofOurKinds(filter: Filter | null) {
  const classes = ['user', 'group', 'contact', 'organizationalUnit'];
  const kinds = new OrFilter({
    filters: classes.map((value) => new EqualityFilter({ attribute: 'objectClass', value })),
  });
  return filter === null ? kinds : new AndFilter({ filters: [kinds, filter] });
}
