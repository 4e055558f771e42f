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

/** Reads objects below a base, with these fields. */
export function openReading(baseDn: string, fields: Fields) {
  const attributes = ['objectClass', 'userAccountControl', ...MARKS, ...fields.attributes, ...fields.links];

  /** All objects of IPMS's kinds that the filter lets through. */
  async function readBelow({ client, controller }: Connection, filter: Filter | null): Promise<Reading> {
    // before the search: what changes meanwhile is read twice, and not missed
    const next = Number((await rootOf(client)).highestCommittedUSN) + 1;
    const entries = await readPages(client, baseDn, attributes, withBase(ofOurKinds(filter), baseDn));
    const objects: Real[] = [];
    const known = new Map(
      entries.map((entry) => {
        const { guid, dn } = extendedName(entry.dn);
        return [spellingOf(dn), guid];
      }),
    );
    for (const entry of entries) {
      const real = await asReal(client, entry, known);
      if (real !== null) objects.push(real);
    }
    return { controller, next, objects };
  }

  /** The object as it is now; null: not there. */
  async function readObject(client: Client, guid: string) {
    const entry = await findEntry(client, nameByGuid(guid), attributes);
    return entry && (await asReal(client, entry, new Map()));
  }

  /** Null: the base itself, or not one of the kinds that IPMS keeps. */
  async function asReal(client: Client, entry: Entry, known: Map<string, string>): Promise<Real | null> {
    const { guid, dn } = extendedName(entry.dn);
    const [own, ...containers] = partsBelow(dn, baseDn) ?? [];
    const values = new Map(Object.entries(entry).map(([name, value]) => [name.toLowerCase(), asTexts(value)]));
    const kind = kindOf(values.get('objectclass') ?? []);
    if (own === undefined || kind === null) return null;
    for (const name of values.keys()) {
      const [, attribute, last] = /^(.+);range=0-(\d+)$/.exec(name) ?? [];
      if (attribute !== undefined)
        values.set(attribute, [
          ...(values.get(name) ?? []),
          ...(await readRest(client, guid, attribute, Number(last))),
        ]);
    }
    const read = (name: string) => values.get(name.toLowerCase()) ?? [];
    const control = read('userAccountControl')[0];
    const links: Real['links'] = {};
    for (const field of fields.links) {
      links[field] = [];
      for (const value of read(field)) links[field].push(await linked(client, value, known));
    }
    return {
      guid,
      kind,
      container: containers.map(([, name]) => name),
      name: own[1],
      attributes: Object.fromEntries(fields.attributes.map((name) => [name, read(name)])),
      links,
      isOpen: control === undefined ? null : (Number(control) & DISABLED) === 0,
      mark: MARKS.flatMap(read).find((value) => value.startsWith('ipms:')) ?? null,
    };
  }

  return { readBelow, readObject };
}

/** The attributes that the directory has. */
export async function learnSchema({ client, schema }: Connection): Promise<Schema> {
  const asked = ['lDAPDisplayName', 'rangeUpper', 'isSingleValued'];
  const all = new EqualityFilter({ attribute: 'objectClass', value: 'attributeSchema' });
  const entries = await readPages(client, schema, asked, all);
  return new Map(
    entries.map((entry) => {
      const most = asTexts(entry.rangeUpper)[0];
      return [
        String(entry.lDAPDisplayName).toLowerCase(),
        { most: most === undefined ? null : Number(most), isSingle: entry.isSingleValued === 'TRUE' },
      ];
    }),
  );
}

/** The GUIDs that are in a link now. */
export async function linksNow(client: Client, guid: string, field: string) {
  const links: string[] = [];
  for (const value of await readRest(client, guid, field, -1)) links.push(await linked(client, value, new Map()));
  return links;
}

/** The GUID of what a link names; its distinguished name where it cannot be seen. Allowed senders come without GUIDs. */
async function linked(client: Client, value: string, known: Map<string, string>) {
  if (value.startsWith('<GUID=')) return extendedName(value).guid;
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
