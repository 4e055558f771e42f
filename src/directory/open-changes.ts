import { sql } from 'kysely';
import type { Db, Trx } from '../data/database.ts';
import type { NewRow, Row } from '../data/schema.ts';
import { placeOf } from './comparing.ts';
import { type Change, fieldOf, markOf, type ObjectOf, objectOf, type Real, type Wanted } from './objects.ts';
import { isOf } from './tracked.ts';

export type OpenChange = Pick<
  Row<'directory_change'>,
  | 'agency_id'
  | 'item_type'
  | 'item_id'
  | 'item_name'
  | 'action'
  | 'field'
  | 'from_text'
  | 'to_text'
  | 'change'
  | 'reason'
>;
/** What names are known of the objects that a change speaks of. */
export type Names = { agencyOf(of: ObjectOf): number | null; nameOf(of: ObjectOf | string): string };

const AT_ONCE = 200;

/** The names of what is wanted and what is there: an address where there is one, else where it lies. */
export function namesOf(wanted: Wanted[], real: Real[]): Names {
  const names = new Map<string, string>();
  for (const each of real) names.set(each.guid, nameIn(each));
  for (const each of real) if (each.mark !== null && !names.has(each.mark)) names.set(each.mark, nameIn(each));
  for (const each of wanted) names.set(markOf(each.of), nameIn(each));
  const agencies = new Map(wanted.map((each) => [markOf(each.of), each.agencyId] as const));
  return {
    agencyOf: (of) => agencies.get(markOf(of)) ?? null,
    nameOf: (of) => names.get(typeof of === 'string' ? of : markOf(of)) ?? (typeof of === 'string' ? of : markOf(of)),
  };
}

function nameIn(object: Pick<Real, 'attributes' | 'name' | 'container'>) {
  return object.attributes.mail?.[0] ?? (object.attributes.displayName?.[0] || placeOf(object));
}

/** A change in the words that a page, a command and a script show: never a password. */
export function inWords(change: Change, { agencyOf, nameOf }: Names): Omit<OpenChange, 'reason'> {
  const of = objectOf(change);
  return {
    agency_id: agencyOf(of),
    item_type: of.type,
    item_id: of.id,
    item_name: nameOf(of),
    action: change.action,
    field: fieldOf(change),
    ...valuesOf(change, nameOf),
    change: JSON.stringify(change),
  };
}

function valuesOf(change: Change, nameOf: Names['nameOf']) {
  if (change.action === 'create')
    return { from_text: '', to_text: [placeOf(change.wanted), ...named(change.wanted)].join('\n') };
  if (change.action === 'rename' || change.action === 'move') return { from_text: change.from, to_text: change.to };
  if (change.action === 'update')
    return { from_text: change.from.join('\n'), to_text: (change.to as string[]).join('\n') };
  if (change.action !== 'members') return { from_text: '', to_text: '' };
  // of a list, only who leaves and who comes
  const [before, after] = [change.from.map(nameOf), (change.to as ObjectOf[]).map(nameOf)];
  const [had, has] = [new Set(before), new Set(after)];
  return {
    from_text: before.filter((name) => !has.has(name)).join('\n'),
    to_text: after.filter((name) => !had.has(name)).join('\n'),
  };
}

/** What a person who makes the object has to type. */
function named({ attributes }: Wanted) {
  return Object.entries(attributes).flatMap(([name, values]) => values.map((value) => `${name}: ${value}`));
}

/** What a change is told by, whenever it is seen again. */
export function keyOf({
  item_type,
  item_id,
  action,
  field,
}: Pick<OpenChange, 'item_type' | 'item_id' | 'action' | 'field'>) {
  return `${item_type}:${item_id} ${action} ${field}`;
}

/**
 * Keeps what is still different: what was seen before keeps the moment at which it was first seen, and what is not seen any more goes.
 * @param within the agencies that were compared; null among them: what belongs to all
 * @returns the agencies of which something is held that was not before
 */
export async function keepOpenChanges(
  trx: Trx,
  within: (number | null)[],
  changes: OpenChange[],
  at: { now: Date; controller: string | null },
): Promise<Set<number | null>> {
  const before = await openWithin(trx, within);
  const wasHeld = new Set(before.filter(({ reason }) => reason === 'held').map(keyOf));
  const now = new Set(changes.map(keyOf));
  const past = before.filter((row) => !now.has(keyOf(row))).map(({ id }) => id);
  for (let start = 0; start < past.length; start += AT_ONCE)
    await trx
      .deleteFrom('directory_change')
      .where('id', 'in', past.slice(start, start + AT_ONCE))
      .execute();
  const rows = changes.map(
    ({ item_id, ...change }): NewRow<'directory_change'> => ({
      ...change,
      // a number that is bound is a fraction to a column of any type
      item_id: typeof item_id === 'number' ? (sql<number>`cast(${item_id} as integer)` as unknown as number) : item_id,
      since: at.now.toISOString(),
      controller: at.controller,
    }),
  );
  for (let start = 0; start < rows.length; start += AT_ONCE)
    await trx
      .insertInto('directory_change')
      .values(rows.slice(start, start + AT_ONCE))
      .onConflict((conflict) =>
        conflict
          .columns(['item_type', 'item_id', 'action', 'field'])
          .where('done_at', 'is', null)
          .doUpdateSet((eb) => ({
            item_name: eb.ref('excluded.item_name'),
            from_text: eb.ref('excluded.from_text'),
            to_text: eb.ref('excluded.to_text'),
            change: eb.ref('excluded.change'),
            reason: eb.ref('excluded.reason'),
            agency_id: eb.ref('excluded.agency_id'),
            controller: eb.ref('excluded.controller'),
            // whoever looked at another one is told so
            since: sql<string>`iif(excluded.change = directory_change.change, directory_change.since, excluded.since)`,
            // what was let go was let go for that reason
            released_at: sql<
              string | null
            >`iif(excluded.reason = directory_change.reason, directory_change.released_at, null)`,
          })),
      )
      .execute();
  return new Set(
    changes.filter((row) => row.reason === 'held' && !wasHeld.has(keyOf(row))).map((row) => row.agency_id),
  );
}

/** Keeps what would be done for agencies of which nothing is sent yet, and says when that was planned. */
export async function storePlan(
  trx: Trx,
  within: (number | null)[],
  open: OpenChange[],
  at: { now: Date; controller: string | null },
) {
  await keepOpenChanges(trx, within, open, at);
  await trx
    .updateTable('agency')
    .set({ directory_planned_at: at.now.toISOString() })
    .where('id', 'in', [0, ...within.filter((id) => id !== null)])
    .execute();
}

async function openWithin(trx: Trx, within: (number | null)[]) {
  return trx
    .selectFrom('directory_change')
    .select(['id', 'item_type', 'item_id', 'action', 'field', 'reason'])
    .where('done_at', 'is', null)
    .where(isOf(within))
    .execute();
}

/** Those that somebody has let go: they are carried out whatever the brake and the setting say. */
export async function releasedChanges(db: Db | Trx) {
  const rows = await db
    .selectFrom('directory_change')
    .select(['item_type', 'item_id', 'action', 'field'])
    .where('done_at', 'is', null)
    .where('released_at', 'is not', null)
    .execute();
  return new Set(rows.map(keyOf));
}
