import { BerWriter, type Client, Control, type Entry, EqualityFilter, type Filter, OrFilter } from 'ldapts';
import type { ObjectKind } from '../objects.ts';
import { DirectoryAway } from '../refusals.ts';
import { codeOf } from './faults.ts';

/** Half of what Windows gives at once, so that a page is never cut. */
const PAGE = 500;

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

/**
 * Everything below a place, each entry as it is to be kept. The filter must let at least one object through, since an empty page
 * may also be a pause (a controller ends a page when its time is over), after which the client stops as if it were the end.
 * Where the last page was an empty one, pages of another size decide.
 * @param keep what is kept of an entry: all entries at once take several times the memory
 */
export async function readPages<Kept>(
  client: Client,
  base: string,
  attributes: string[],
  filter: Filter,
  keep: (entry: Entry) => Kept,
  pageSize = PAGE,
): Promise<Kept[]> {
  const kept: Kept[] = [];
  let isWhole = false;
  for await (const page of client.searchPaginated(
    base,
    { scope: 'sub', filter, attributes, paged: { pageSize } },
    new NamesWithGuid(),
  )) {
    isWhole = page.searchEntries.length > 0;
    for (const entry of page.searchEntries) kept.push(keep(entry));
  }
  if (isWhole) return kept;
  if (pageSize !== PAGE) throw new DirectoryAway('directory.away.brokenOff', 'a page came back empty');
  return await readPages(client, base, attributes, filter, keep, PAGE - 1);
}

/** One entry with these attributes; null: not there. */
export async function findEntry(client: Client, dn: string, attributes: string[]) {
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

/**
 * The values of an attribute after the last one that came: a controller gives at most 1500 at once.
 * @param keep what is kept of each part
 */
export async function readRest(
  client: Client,
  guid: string,
  attribute: string,
  last: number,
  keep: (values: string[]) => string[],
) {
  const values: string[] = [];
  for (let end = String(last); end !== '*'; ) {
    const entry = await findEntry(client, nameByGuid(guid), [`${attribute};range=${Number(end) + 1}-*`]);
    if (entry === null) throw new DirectoryAway('directory.away.brokenOff', `${guid} was removed while it was read`);
    const ranges = Object.entries(entry).map(
      ([name, part]) => [/;range=\d+-(\d+|\*)$/i.exec(name)?.[1], part] as const,
    );
    const [next, part] = ranges.find(([next, part]) => next !== undefined && asTexts(part).length > 0) ?? ['*', []];
    for (const value of keep(asTexts(part))) values.push(value);
    end = next ?? '*';
  }
  return values;
}

/** Lets the base itself through, too, so that no answer is empty. */
export function withBase(filter: Filter, baseDn: string) {
  return new OrFilter({ filters: [filter, new EqualityFilter({ attribute: 'distinguishedName', value: baseDn })] });
}

/** Null: not one of the kinds that IPMS keeps. */
export function kindOf(classes: string[]): ObjectKind | null {
  const names = new Set(classes.map((name) => name.toLowerCase()));
  if (names.has('computer')) return null;
  if (names.has('organizationalunit')) return 'container';
  return (['contact', 'group', 'user'] as const).find((kind) => names.has(kind)) ?? null;
}

/** A name of an object that no move or rename makes wrong. */
export function nameByGuid(guid: string) {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(guid)) throw new TypeError(`${guid} is no GUID`);
  return `<GUID=${guid}>`;
}

/** The parts of a name that carries its GUID. @throws DirectoryAway for one that carries none */
export function extendedName(name: string) {
  const [, guid, dn] = /^<GUID=([0-9a-f-]{36})>;(?:<SID=[^>]*>;)?(.*)$/is.exec(name) ?? [];
  if (guid === undefined || dn === undefined) throw new DirectoryAway('directory.away.brokenOff', `no GUID: ${name}`);
  return { guid: guid.toLowerCase(), dn };
}

/** All values of an attribute, none where it is not there. */
export function asTexts(value: Entry[string] | undefined): string[] {
  return value === undefined ? [] : [value].flat().map(String);
}
