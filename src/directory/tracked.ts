import { type SelectQueryBuilder, sql } from 'kysely';
import type { Db } from '../data/database.ts';
import type { Row, Schema } from '../data/schema.ts';
import type { Scope } from './comparing.ts';
import { markOf, type ObjectOf } from './objects.ts';

export type Tracked = Awaited<ReturnType<typeof trackedObjects>>[number];
export type Made = { of: ObjectOf; guid: string };
export type Update = { row: Tracked; set: Partial<Row<'directory_object'>> };

export const IN_STEP = { state: 'step' as const, tries: 0, next_try_at: null, last_error: null };
const AT_ONCE = 500;

/** The agencies that a scope compares; null: what belongs to all. */
export function withinOf({ agencies, isShared }: Scope) {
  return [...agencies.map(({ id }) => id), ...(isShared ? [null] : [])];
}

/** Is a row of one of these agencies; null among them: what belongs to all? */
export function isOf(ids: (number | null)[]) {
  const agencies = ids.filter((id) => id !== null);
  const shared = ids.includes(null) ? sql`agency_id is null` : sql`false`;
  return sql<boolean>`(agency_id in (${sql.join([0, ...agencies])}) or ${shared})`;
}

/** Every object that IPMS keeps in a directory, with the mark that it carries there. */
export function trackedObjects(db: Db) {
  return marked(db.selectFrom('directory_object'));
}

/** The objects of a scope, and those of others that somebody has made: there may be a million that nobody has. */
export function objectsToLink(db: Db, scope: Scope) {
  const isThere = sql<boolean>`(guid is not null or ${isOf(withinOf(scope))})`;
  return marked(db.selectFrom('directory_object').where(isThere));
}

async function marked(objects: SelectQueryBuilder<Schema, 'directory_object', object>) {
  const rows = await objects
    .select([
      'id',
      'item_type',
      'item_id',
      'agency_id',
      'guid',
      'dn',
      'state',
      'tries',
      'next_try_at',
      'last_error',
      'accepted',
    ])
    .execute();
  return rows.map((row) => ({ ...row, mark: markOf({ type: row.item_type, id: row.item_id }) }));
}

/** Of which of these agencies something is due by now; null: what belongs to all. A look into an index for each. */
export async function agenciesDue(db: Db, ids: (number | null)[], now: Date): Promise<(number | null)[]> {
  const agencies = ids.filter((id) => id !== null);
  const rows = await db
    .selectFrom('agency')
    .select('id')
    .where('id', 'in', [0, ...agencies])
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('directory_object')
          .select('directory_object.id')
          .whereRef('directory_object.agency_id', '=', 'agency.id')
          .where(isDue(now)),
      ),
    )
    .execute();
  if (!ids.includes(null)) return rows.map(({ id }) => id);
  const shared = await db
    .selectFrom('directory_object')
    .select('id')
    .where('agency_id', 'is', null)
    .where(isDue(now))
    .limit(1)
    .execute();
  return [...rows.map(({ id }) => id), ...shared.map(() => null)];
}

/** Marked, or left by somebody who did not come to the end; and not to be waited with. */
function isDue(now: Date) {
  return sql<boolean>`(directory_object.state in ('due', 'under-way')
    and (directory_object.next_try_at is null or directory_object.next_try_at <= ${now.toISOString()}))`;
}

/**
 * Takes what is due; what is marked again while it is worked on is due again.
 * @param also where IPMS writes itself, what was listed for a person before that is due, too
 */
export async function takeDue(db: Db, scope: Scope, now: Date, also: 'listed'[] = []) {
  await db.transaction().execute(async (trx) => {
    // of one who worked and did not come to the end
    await trx.updateTable('directory_object').set({ state: 'due' }).where('state', '=', 'under-way').execute();
    await trx
      .updateTable('directory_object')
      .set({ state: 'under-way' })
      .where('state', 'in', ['due', ...also])
      .where((eb) => eb.or([eb('next_try_at', 'is', null), eb('next_try_at', '<=', now.toISOString())]))
      .where(isOf(withinOf(scope)))
      .execute();
  });
}

/** Which objects are ours is known at once, since nothing else tells them for certain; one made anew has no password yet. */
export async function storeMade(db: Db, made: Made[]) {
  if (made.length === 0) return;
  await db.transaction().execute(async (trx) => {
    for (const { of, guid } of made)
      await trx
        .updateTable('directory_object')
        .set((eb) => ({
          guid,
          password_at: eb.case().when('guid', '=', guid).then(eb.ref('password_at')).else(null).end(),
        }))
        .where('item_type', '=', of.type)
        .where('item_id', '=', of.id)
        .execute();
  });
}

/** Says how objects stand; what was marked meanwhile stays due. */
export async function storeStates(db: Db, all: Update[]) {
  const updates = all.filter(isChange);
  for (let start = 0; start < updates.length; start += AT_ONCE)
    await db.transaction().execute(async (trx) => {
      for (const { row, set } of updates.slice(start, start + AT_ONCE))
        await trx
          .updateTable('directory_object')
          .set(set)
          .where('id', '=', row.id)
          .where('state', '=', row.state)
          .execute();
    });
}

function isChange({ row, set }: Update) {
  return Object.entries(set).some(([name, value]) => row[name as keyof Tracked] !== value);
}
