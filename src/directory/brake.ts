import { type Change, markOf, type ObjectOf, objectOf } from './objects.ts';

/** So few objects are never held, whatever part of an agency they are. */
const FREE = 3;
/** Of a list with so many members, not more than half go at once. */
const LARGE_LIST = 20;
const ADDRESSES = ['mail', 'proxyAddresses'];

/**
 * Of the changes that nobody decided and that come from comparing alone, those that take away too much at once: closings, removals,
 * lost addresses and lost members, as soon as they are more than 3 objects and more than a part of an agency's accounts, or more than
 * half of a list. Everything else goes on.
 * @param percent of an agency's accounts; 0 holds every such change, 100 none
 */
export function held(
  comparing: Change[],
  percent: number,
  of: {
    agencyOf(of: ObjectOf): number | null;
    accountsOf(agencyId: number | null): number;
    guidOf(of: ObjectOf): string | null;
  },
): Set<Change> {
  if (percent >= 100) return new Set();
  const taking = comparing.filter((change) => takesAway(change, of.guidOf));
  const stopped = new Set(taking.filter((change) => emptiesList(change, of.guidOf)));
  for (const [agencyId, changes] of Map.groupBy(taking, (change) => of.agencyOf(objectOf(change)))) {
    const objects = new Set(changes.map((change) => markOf(objectOf(change)))).size;
    const isTooMuch = objects > FREE && objects > (of.accountsOf(agencyId) * percent) / 100;
    if (isTooMuch || percent === 0) for (const change of changes) stopped.add(change);
  }
  return stopped;
}

function takesAway(change: Change, guidOf: (of: ObjectOf) => string | null) {
  if (change.action === 'close' || change.action === 'remove') return true;
  if (change.action === 'members') return change.field === 'member' && lost(change, guidOf).length > 0;
  if (change.action !== 'update' || !ADDRESSES.includes(change.field)) return false;
  const kept = new Set((change.to as string[]).map(bare));
  return change.from.some((value) => !kept.has(bare(value)));
}

/** Which of its addresses is the first one does not matter here. */
const bare = (address: string) => address.replace(/^smtp:/i, '').toLowerCase();

function emptiesList(change: Change, guidOf: (of: ObjectOf) => string | null) {
  return (
    change.action === 'members' &&
    change.from.length >= LARGE_LIST &&
    lost(change, guidOf).length > change.from.length / 2
  );
}

function lost({ from, to }: Change & { action: 'members' | 'update' }, guidOf: (of: ObjectOf) => string | null) {
  const kept = new Set(to.map((each) => (typeof each === 'string' ? each : guidOf(each))));
  return from.filter((guid) => !kept.has(guid));
}
