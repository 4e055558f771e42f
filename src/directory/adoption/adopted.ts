import type { Db, Trx } from '../../data/database.ts';
import { markOf, type Wanted } from '../objects.ts';

/** What stays as it was in the directory when an object was taken over. */
export type Adopted = {
  agencyId: number;
  container: string[];
  name: string;
  /** Of an attribute, what IPMS would have put there then, and what was found. */
  attributes: Record<string, [wanted: string[], found: string[]]>;
  /** Of a link, the GUIDs of objects that are not IPMS's. */
  keeps: Record<string, string[]>;
};

/** Nobody sees the account name of a list; another list that comes or goes must not change it. */
const ALWAYS = 'sAMAccountName';
const SENDERS = ['authOrig', 'dLMemSubmitPerms'];

/** What was taken over of an agency, or of what belongs to all, by the mark of its item. */
export async function adoptedOf(db: Db | Trx, agencyId: number | null): Promise<Map<string, Adopted>> {
  const rows = await db
    .selectFrom('directory_object')
    .select(['item_type', 'item_id', 'adopted'])
    .where('agency_id', agencyId === null ? 'is' : '=', agencyId)
    .where('adopted', 'is not', null)
    .execute();
  return new Map(
    rows.map((row) => [markOf({ type: row.item_type, id: row.item_id }), JSON.parse(row.adopted ?? '') as Adopted]),
  );
}

/**
 * What is wanted of an object that was there before IPMS: it lies and is called as it is, and an attribute stays as it was found
 * until IPMS itself wants another value than on that day.
 * @param ended the container of those that are deleted: only there its place is IPMS's
 * @param isListed only some may send: whom IPMS does not know may go on sending
 */
export function asAdopted(
  wanted: Wanted,
  adopted: Adopted | undefined,
  { ended, isListed }: { ended: string[]; isListed: boolean },
): Wanted {
  if (adopted === undefined) return wanted;
  const attributes = Object.fromEntries(
    Object.entries(wanted.attributes).map(([name, values]) => {
      const [then, found] = adopted.attributes[name] ?? [null, []];
      const stays = isSame(values, then) || (name === ALWAYS && wanted.kind === 'group' && then !== null);
      return [name, stays ? found : values];
    }),
  );
  const keeps = Object.fromEntries(
    Object.entries(adopted.keeps).filter(([field]) => isListed || !SENDERS.includes(field)),
  );
  const isEnded = isSame(wanted.container, ended);
  // who has gone to another agency lies where that one's people do
  if (!isEnded && wanted.agencyId !== null && wanted.agencyId !== adopted.agencyId)
    return { ...wanted, attributes, keeps };
  const { container } = isEnded ? wanted : adopted;
  const placed = { ...wanted, attributes, keeps, container, name: adopted.name };
  return isEnded ? placed : { ...placed, staysOutOf: ended };
}

/** The attributes of an object that are not as IPMS would have them: they stay as they are. */
export function asFound(wanted: Record<string, string[]>, found: Record<string, string[]>): Adopted['attributes'] {
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([name, values]) => {
      const there = found[name] ?? [];
      return isSame(values.toSorted(), there.toSorted()) ? [] : [[name, [values, there] as [string[], string[]]]];
    }),
  );
}

const isSame = (one: string[], other: string[] | null) => JSON.stringify(one) === JSON.stringify(other);
