import { Attribute, type Client, type Entry, EqualityFilter, Change as Modification, OrFilter } from 'ldapts';
import { distinguishedName, isSamePlace, partsBelow } from '../names.ts';
import { type Change, markOf, type ObjectKind, type ObjectOf, type Wanted } from '../objects.ts';
import { DirectoryRefused } from '../refusals.ts';
import { asTexts, extendedName, findEntry, kindOf, nameByGuid, readPages, withBase } from './entries.ts';
import { codeOf } from './faults.ts';
import { DISABLED, linksNow, MARKS } from './reading.ts';

/** The object that was changed, and those that it is to be linked with as soon as they are there. */
export type Done = { guid: string; missing: ObjectOf[] };

const VALUES_AT_ONCE = 1000;
const CLASSES: Record<ObjectKind, string[]> = {
  user: ['top', 'person', 'organizationalPerson', 'user'],
  group: ['top', 'group'],
  contact: ['top', 'person', 'organizationalPerson', 'contact'],
  container: ['top', 'organizationalUnit'],
};
/** What a directory answers when a link is there or gone already: another had begun, or the answer was lost. */
const DONE_ALREADY = new Set([16, 20, 32, 53, 68]);

/** Changes objects below a base, looking first at what is there: a change whose answer was lost is not done twice. */
export function openChanging(baseDn: string) {
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
    const nameOf = ({ dn }: Entry) => extendedName(dn);
    const names = await readPages(client, baseDn, ['objectClass'], withBase(marked, baseDn), nameOf);
    const [found, ...more] = names.filter(({ dn }) => partsBelow(dn, baseDn));
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

  async function remove(client: Client, guid: string) {
    if ((await findOurs(client, guid)) === null) return;
    await client.del(nameByGuid(guid)).catch((error) => {
      if (codeOf(error) !== 32) throw error;
    });
  }

  async function carryOut(client: Client, change: Change, guidOf: (of: ObjectOf) => string | null): Promise<Done> {
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
    else await remove(client, guid);
    return { guid, missing };
  }

  /** @param mustChange Windows asks for another one at the next sign-in there */
  async function setPassword(client: Client, guid: string, password: string, mustChange: boolean) {
    await requireOurs(client, guid);
    await replace(client, guid, 'unicodePwd', [Buffer.from(`"${password}"`, 'utf16le')]);
    if (mustChange) await replace(client, guid, 'pwdLastSet', ['0']);
  }

  return { carryOut, setPassword };
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

function nameOfLinked(link: string) {
  return link.includes('=') ? link : nameByGuid(link);
}

function isSameSet(one: string[], other: string[]) {
  return JSON.stringify(one.toSorted()) === JSON.stringify(other.toSorted());
}
