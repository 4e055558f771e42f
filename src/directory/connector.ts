import { readFileSync } from 'node:fs';
import { connect as connectTls } from 'node:tls';
import {
  AndFilter,
  Attribute,
  BerWriter,
  Client,
  Control,
  type Entry,
  EqualityFilter,
  type Filter,
  GreaterThanEqualsFilter,
  Change as Modification,
  OrFilter,
  ResultCodeError,
} from 'ldapts';
import type { DirectorySettings } from '../base/settings.ts';
import { distinguishedName, isSamePlace, partsBelow, spellingOf, UnfitName } from './names.ts';
import { type Change, markOf, type ObjectKind, type ObjectOf, type Real, type Wanted } from './objects.ts';
import { absenceOf, DirectoryAway, DirectoryRefused, refusalOf } from './refusals.ts';

/** What is read of each object beside where it lies: the attributes of the mapping, and those whose values are objects. */
export type Fields = { attributes: string[]; links: string[] };
/** What was there, by which controller, and the number from which `readChanged` goes on at that controller. */
export type Reading = { controller: string; next: number; objects: Real[] };
/** The attributes that a directory has, in small letters: how long a value may be, and whether there may be two. */
export type Schema = Map<string, { most: number | null; isSingle: boolean }>;
/** The object that was changed, and those that it is to be linked with as soon as they are there. */
export type Done = { guid: string; missing: ObjectOf[] };

/** A directory that IPMS writes into. Everything fails with `DirectoryAway` or `DirectoryRefused`. */
export type Directory = {
  readAll(): Promise<Reading>;
  /** What has changed since; a lost link does not show in here. */
  readChanged(since: number): Promise<Reading>;
  readObject(guid: string): Promise<Real | null>;
  learnSchema(): Promise<Schema>;
  /** @param guidOf which object stands for an item; null: none yet */
  carryOut(change: Change, guidOf: (of: ObjectOf) => string | null): Promise<Done>;
  /** @param mustChange Windows asks for another one at the next sign-in there */
  setPassword(guid: string, password: string, mustChange?: boolean): Promise<void>;
  close(): Promise<void>;
};

type Connection = { client: Client; controller: string; schema: string };
type Options = { seconds?: number; clock?: () => number };

/** Half of what Windows gives at once, so that a page is never cut. */
const PAGE = 500;
const VALUES_AT_ONCE = 1000;
/** For so long a wrong password is not tried again: a directory locks accounts after some tries. */
const WRONG_PASSWORD_MS = 600_000;
const DISABLED = 2;
/** One that has a mark is IPMS's own, even where the answer to its making was lost. */
const MARKS = ['employeeNumber', 'info', 'adminDescription'];
const CLASSES: Record<ObjectKind, string[]> = {
  user: ['top', 'person', 'organizationalPerson', 'user'],
  group: ['top', 'group'],
  contact: ['top', 'person', 'organizationalPerson', 'contact'],
  container: ['top', 'organizationalUnit'],
};
/** Result codes that say nothing about the object that was asked for. */
const OF_ALL = new Set([1, 2, 3, 4, 7, 8, 10, 11, 13, 49, 51, 52]);
/** What a directory answers when a link is there or gone already: another had begun, or the answer was lost. */
const DONE_ALREADY = new Set([16, 20, 32, 53, 68]);

/** Every distinguished name in an answer carries its GUID, those in links, too (MS-ADTS 3.1.1.3.4.1.5). */
class NamesWithGuid extends Control {
  constructor() {
    super('1.2.840.113556.1.4.529', { critical: true });
  }
  protected override writeControl(writer: BerWriter) {
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(1);
    value.endSequence();
    writer.writeBuffer(value.buffer, 4);
  }
}

/** The directory of these settings. Connects when it is first asked, and again whenever the connection was lost. */
export function openDirectory(settings: DirectorySettings, fields: Fields, options: Options = {}): Directory {
  const { baseDn } = settings;
  const { seconds = 15, clock = Date.now } = options;
  const attributes = ['objectClass', 'userAccountControl', ...MARKS, ...fields.attributes, ...fields.links];
  let urls = settings.urls;
  let connecting: Promise<Connection> | null = null;
  let connection: Connection | null = null;
  let refused: { password: string; until: number; error: DirectoryAway } | null = null;

  async function connected() {
    if (connection?.client.isBound) return connection;
    connecting ??= connectToFirst().finally(() => {
      connecting = null;
    });
    connection = await connecting;
    return connection;
  }

  async function connectToFirst() {
    const password = readFileSync(settings.passwordFile, 'utf8').replace(/\r?\n$/, '');
    if (refused?.password === password && clock() < refused.until) throw refused.error;
    const faults: DirectoryAway[] = [];
    for (const url of urls) {
      try {
        const found = await connect(settings, url, password, seconds * 1000);
        urls = [url, ...settings.urls.filter((each) => each !== url)];
        return found;
      } catch (error) {
        const fault = asAway(error);
        // its words are those of the whole domain: another controller would only count the next wrong try
        if (codeOf(error) === 49) refused = { password, until: clock() + WRONG_PASSWORD_MS, error: fault };
        if (codeOf(error) === 49 || fault.key === 'directory.away.domain') throw fault;
        faults.push(new DirectoryAway(fault.key, `${url}: ${fault.message}`));
      }
    }
    throw new DirectoryAway(
      faults[0]?.key ?? 'directory.away.unreachable',
      faults.map((fault) => fault.message).join('; '),
    );
  }

  /** What cannot be read is not known: every failure is one of the whole pass. */
  async function reading<T>(read: (connection: Connection) => Promise<T>) {
    try {
      return await read(await connected());
    } catch (error) {
      throw asAway(error);
    }
  }

  async function readBelow(filter: Filter | null) {
    return await reading(async ({ client, controller }) => {
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
    });
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

  /** One object as it is now, with what is asked of it; null: not there. One outside the base is nobody's to change. */
  async function findOurs(client: Client, guid: string, asked: string[] = []) {
    const entry = await findEntry(client, nameByGuid(guid), asked);
    if (entry !== null && partsBelow(extendedName(entry.dn).dn, baseDn) === null)
      throw new DirectoryRefused('directory.refused.outside', extendedName(entry.dn).dn);
    return entry;
  }

  async function requireOurs(client: Client, guid: string, asked: string[] = []) {
    const entry = await findOurs(client, guid, asked);
    if (entry === null) throw new DirectoryRefused('directory.refused.gone', guid);
    return entry;
  }

  async function create(client: Client, wanted: Wanted) {
    const dn = distinguishedName(wanted.kind, wanted.name, wanted.container, baseDn);
    const given = Object.entries(wanted.attributes).filter(([, values]) => values.length > 0);
    try {
      await client.add(dn, {
        // a universal distribution group, unless another one is wanted: Windows takes no universal group into a global one
        ...(wanted.kind === 'group' ? { groupType: '8' } : {}),
        ...Object.fromEntries(given),
        objectClass: CLASSES[wanted.kind],
        ...(wanted.kind === 'user' ? { userAccountControl: String(512 | DISABLED) } : {}),
      });
    } catch (error) {
      const there = codeOf(error) === 68 ? await findMade(client, wanted, dn) : null;
      if (there === null) throw error;
      return there;
    }
    return extendedName((await findEntry(client, dn, []))?.dn ?? '').guid;
  }

  /** The object of an earlier try whose answer was lost; null: what is there is somebody else's. */
  async function findMade(client: Client, wanted: Wanted, dn: string) {
    if (wanted.kind === 'container') {
      const entry = await findEntry(client, dn, ['objectClass']);
      return entry && kindOf(asTexts(entry.objectClass)) === 'container' ? extendedName(entry.dn).guid : null;
    }
    const value = markOf(wanted.of);
    const marked = new OrFilter({ filters: MARKS.map((attribute) => new EqualityFilter({ attribute, value })) });
    const entries = await readPages(client, baseDn, ['objectClass'], withBase(marked, baseDn));
    const [found, ...more] = entries.map((entry) => extendedName(entry.dn)).filter(({ dn }) => partsBelow(dn, baseDn));
    return found && more.length === 0 ? found.guid : null;
  }

  async function rename(client: Client, guid: string, name: string, container: string[]) {
    const { dn } = extendedName((await requireOurs(client, guid)).dn);
    const wanted = distinguishedName(/^OU=/i.test(dn) ? 'container' : 'user', name, container, baseDn);
    const isThere = isSamePlace(dn, wanted) && partsBelow(dn, baseDn)?.[0]?.[1] === name;
    if (!isThere) await client.modifyDN(nameByGuid(guid), wanted);
  }

  async function update(client: Client, guid: string, field: string, to: string[]) {
    const entry = await requireOurs(client, guid, [field]);
    if (!isSameSet(asTexts(entry[field]), to)) await replace(client, guid, field, to);
  }

  async function switchAccount(client: Client, guid: string, isOpen: boolean) {
    const entry = await requireOurs(client, guid, ['userAccountControl']);
    const now = Number(asTexts(entry.userAccountControl)[0]);
    const then = isOpen ? now & ~DISABLED : now | DISABLED; // the other bits belong to the directory's administrators
    if (then !== now) await replace(client, guid, 'userAccountControl', [String(then)]);
  }

  async function link(client: Client, guid: string, field: string, from: string[], to: string[]) {
    await requireOurs(client, guid);
    try {
      await setLinks(client, guid, field, from, to);
    } catch (error) {
      if (!DONE_ALREADY.has(Number(codeOf(error)))) throw error;
      await setLinks(client, guid, field, await linksNow(client, guid, field), to);
    }
  }

  async function carryOut(change: Change, guidOf: (of: ObjectOf) => string | null): Promise<Done> {
    try {
      const { client } = await connected();
      if (change.action === 'create') return { guid: await create(client, change.wanted), missing: [] };
      const guid = change.guid ?? guidOf(change.of);
      if (guid === null) throw new DirectoryRefused('directory.refused.gone', markOf(change.of));
      const missing: ObjectOf[] = [];
      if (change.action === 'members') {
        const wanted = change.to.map((of) => ({ of: of as ObjectOf, guid: guidOf(of as ObjectOf) }));
        missing.push(...wanted.filter((each) => each.guid === null).map(({ of }) => of));
        const kept = change.keeps ?? [];
        const there = wanted.flatMap((each) => each.guid ?? []);
        await link(client, guid, change.field, [...change.from, ...kept], [...there, ...kept]);
      } else if (change.action === 'update') await update(client, guid, change.field, change.to as string[]);
      else if (change.action === 'rename' || change.action === 'move')
        await rename(client, guid, change.name, change.container);
      else if (change.action === 'open' || change.action === 'close')
        await switchAccount(client, guid, change.action === 'open');
      else if ((await findOurs(client, guid)) !== null)
        await client.del(nameByGuid(guid)).catch((error) => {
          if (codeOf(error) !== 32) throw error;
        });
      return { guid, missing };
    } catch (error) {
      throw asFault(error);
    }
  }

  return {
    carryOut,
    readAll: () => readBelow(null),
    readChanged: (since) => readBelow(new GreaterThanEqualsFilter({ attribute: 'uSNChanged', value: String(since) })),
    readObject: (guid) =>
      reading(async ({ client }) => {
        const entry = await findEntry(client, nameByGuid(guid), attributes);
        return entry && (await asReal(client, entry, new Map()));
      }),
    learnSchema: () =>
      reading(async ({ client, schema }) => {
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
      }),
    async setPassword(guid, password, mustChange = false) {
      try {
        const { client } = await connected();
        await requireOurs(client, guid);
        await replace(client, guid, 'unicodePwd', [Buffer.from(`"${password}"`, 'utf16le')]);
        if (mustChange) await replace(client, guid, 'pwdLastSet', ['0']);
      } catch (error) {
        throw asFault(error);
      }
    },
    async close() {
      await connection?.client.unbind();
      connection = null;
    },
  };
}

/** @throws DirectoryAway for a controller of another domain */
async function connect(settings: DirectorySettings, url: string, password: string, timeout: number) {
  const isSecure = url.startsWith('ldaps:');
  const trusted = settings.ca === null ? {} : { ca: settings.ca };
  const client = new Client({
    url,
    timeout,
    connectTimeout: timeout,
    ...(isSecure ? { tlsOptions: trusted } : { createSecureConnection: withinTime(timeout) }),
  });
  try {
    // an object of its own each time: the client writes its socket into it
    if (!isSecure) await client.startTLS({ ...trusted, host: new URL(url).hostname.replace(/^\[|\]$/g, '') });
    await client.bind(settings.bindDn, password);
    const root = await rootOf(client);
    const domain = String(root.defaultNamingContext);
    if (partsBelow(settings.baseDn, domain) === null && !isSamePlace(settings.baseDn, domain))
      throw new DirectoryAway('directory.away.domain', `${url} is a controller of ${domain}`);
    return { client, controller: String(root.dsServiceName), schema: String(root.schemaNamingContext) };
  } catch (error) {
    await client.unbind();
    throw error;
  }
}

/** The client gives the handshake of StartTLS no time limit. */
function withinTime(timeout: number) {
  return ((options: Parameters<typeof connectTls>[0]) => {
    const socket = connectTls(options);
    const clock = setTimeout(() => socket.destroy(new Error('the handshake took too long')), timeout);
    return socket.once('close', () => clearTimeout(clock)).once('secureConnect', () => clearTimeout(clock));
  }) as typeof connectTls;
}

async function rootOf(client: Client) {
  const asked = ['defaultNamingContext', 'schemaNamingContext', 'dsServiceName', 'highestCommittedUSN'];
  const { searchEntries } = await client.search('', { scope: 'base', attributes: asked });
  return searchEntries[0] ?? { dn: '' };
}

/**
 * Everything below a place. The filter must let at least one object through, since an empty page may also be a pause (a
 * controller ends a page when its time is over), after which the client stops as if it were the end. Where the last page
 * was an empty one, pages of another size decide.
 */
async function readPages(client: Client, base: string, attributes: string[], filter: Filter, pageSize = PAGE) {
  const entries: Entry[] = [];
  let isWhole = false;
  for await (const page of client.searchPaginated(
    base,
    { scope: 'sub', filter, attributes, paged: { pageSize } },
    new NamesWithGuid(),
  )) {
    isWhole = page.searchEntries.length > 0;
    for (const entry of page.searchEntries) entries.push(entry);
  }
  if (isWhole) return entries;
  if (pageSize !== PAGE) throw new DirectoryAway('directory.away.brokenOff', 'a page came back empty');
  return await readPages(client, base, attributes, filter, PAGE - 1);
}

async function findEntry(client: Client, dn: string, attributes: string[]) {
  try {
    // without a name of an attribute all would come
    const asked = attributes.length > 0 ? attributes : ['objectClass'];
    const { searchEntries } = await client.search(dn, { scope: 'base', attributes: asked }, new NamesWithGuid());
    return searchEntries[0] ?? null;
  } catch (error) {
    if (codeOf(error) === 32) return null;
    throw error;
  }
}

/** The values of an attribute after the last one that came: a controller gives at most 1500 at once. */
async function readRest(client: Client, guid: string, attribute: string, last: number) {
  const values: string[] = [];
  for (let end = String(last); end !== '*'; ) {
    const entry = await findEntry(client, nameByGuid(guid), [`${attribute};range=${Number(end) + 1}-*`]);
    if (entry === null) throw new DirectoryAway('directory.away.brokenOff', `${guid} was removed while it was read`);
    const ranges = Object.entries(entry).map(
      ([name, part]) => [/;range=\d+-(\d+|\*)$/i.exec(name)?.[1], part] as const,
    );
    const [next, part] = ranges.find(([next, part]) => next !== undefined && asTexts(part).length > 0) ?? ['*', []];
    values.push(...asTexts(part));
    end = next ?? '*';
  }
  return values;
}

/** The GUID of what a link names; its distinguished name where it cannot be seen. Allowed senders come without GUIDs. */
async function linked(client: Client, value: string, known: Map<string, string>) {
  if (value.startsWith('<GUID=')) return extendedName(value).guid;
  const guid = known.get(spellingOf(value));
  if (guid !== undefined) return guid;
  const entry = await findEntry(client, value, []);
  return entry === null ? value : extendedName(entry.dn).guid;
}

async function linksNow(client: Client, guid: string, field: string) {
  const links: string[] = [];
  for (const value of await readRest(client, guid, field, -1)) links.push(await linked(client, value, new Map()));
  return links;
}

/** Adds before it takes away: a list of allowed senders must not be empty for a moment, which would let everybody in. */
async function setLinks(client: Client, guid: string, field: string, from: string[], to: string[]) {
  const [before, after] = [new Set(from), new Set(to)];
  const steps = [
    ['add', [...after.difference(before)]],
    ['delete', [...before.difference(after)]],
  ] as const;
  // one value for another: some attributes take no second one
  if (before.size === 1 && after.size === 1 && steps[0][1].length === 1)
    return await replace(client, guid, field, to.map(nameOfLinked));
  for (const [operation, guids] of steps)
    for (let at = 0; at < guids.length; at += VALUES_AT_ONCE) {
      const values = guids.slice(at, at + VALUES_AT_ONCE).map(nameOfLinked);
      const modification = new Attribute({ type: field, values });
      await client.modify(nameByGuid(guid), new Modification({ operation, modification }));
    }
}

async function replace(client: Client, guid: string, type: string, values: string[] | Buffer[]) {
  const modification = new Attribute({ type, values });
  await client.modify(nameByGuid(guid), new Modification({ operation: 'replace', modification }));
}

function ofOurKinds(filter: Filter | null) {
  const classes = ['user', 'group', 'contact', 'organizationalUnit'];
  const kinds = new OrFilter({
    filters: classes.map((value) => new EqualityFilter({ attribute: 'objectClass', value })),
  });
  return filter === null ? kinds : new AndFilter({ filters: [kinds, filter] });
}

/** Lets the base itself through, too, so that no answer is empty. */
function withBase(filter: Filter, baseDn: string) {
  return new OrFilter({ filters: [filter, new EqualityFilter({ attribute: 'distinguishedName', value: baseDn })] });
}

function kindOf(classes: string[]): ObjectKind | null {
  const names = new Set(classes.map((name) => name.toLowerCase()));
  if (names.has('computer')) return null;
  if (names.has('organizationalunit')) return 'container';
  return (['contact', 'group', 'user'] as const).find((kind) => names.has(kind)) ?? null;
}

/** A name of an object that no move or rename makes wrong. */
function nameByGuid(guid: string) {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(guid)) throw new TypeError(`${guid} is no GUID`);
  return `<GUID=${guid}>`;
}

function nameOfLinked(link: string) {
  return link.includes('=') ? link : nameByGuid(link);
}

function extendedName(name: string) {
  const [, guid, dn] = /^<GUID=([0-9a-f-]{36})>;(?:<SID=[^>]*>;)?(.*)$/is.exec(name) ?? [];
  if (guid === undefined || dn === undefined) throw new DirectoryAway('directory.away.brokenOff', `no GUID: ${name}`);
  return { guid: guid.toLowerCase(), dn };
}

function asTexts(value: Entry[string] | undefined): string[] {
  return value === undefined ? [] : [value].flat().map(String);
}

function isSameSet(one: string[], other: string[]) {
  return JSON.stringify(one.toSorted()) === JSON.stringify(other.toSorted());
}

function codeOf(error: unknown): number | string | undefined {
  return (error as { code?: number | string } | null)?.code;
}

function asAway(error: unknown) {
  if (error instanceof DirectoryAway) return error;
  if (error instanceof TypeError) throw error; // a fault of IPMS itself
  const words = error instanceof Error ? error.message : String(error);
  return new DirectoryAway(absenceOf(codeOf(error), words), words);
}

function asFault(error: unknown) {
  if (error instanceof DirectoryRefused) return error;
  if (error instanceof UnfitName) return new DirectoryRefused('directory.refused.name', JSON.stringify(error.message));
  if (!(error instanceof ResultCodeError) || OF_ALL.has(error.code)) return asAway(error);
  return new DirectoryRefused(refusalOf(error.code, error.message), error.message);
}
