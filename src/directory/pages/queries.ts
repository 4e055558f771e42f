import { sql } from 'kysely';
import type { Actor } from '../../base/actor.ts';
import { Conflict, NotFound } from '../../base/errors.ts';
import type { Db, Trx } from '../../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../../data/paging.ts';
import { withinReach } from '../../data/reach.ts';
import type { Row } from '../../data/schema.ts';
import type { DirectoryMode } from '../../data/tables/agencies.ts';

/** What a page says of an object: as the table has it, and that an account waits for its person's password. */
export type ObjectState = Row<'directory_object'>['state'] | 'password';
export type ObjectLine = Pick<
  Row<'directory_object'>,
  'id' | 'item_type' | 'item_id' | 'agency_id' | 'dn' | 'guid' | 'wanted_at' | 'done_at' | 'last_error'
> & { name: string; is_known: number; agency: string | null; mode: DirectoryMode | null; state: ObjectState };
export type ChangeLine = Omit<Row<'directory_change'>, 'change'> & {
  agency: string | null;
  mode: DirectoryMode | null;
  object_id: number;
};

/** Every object that is kept in the directory, within the actor's reach. */
export async function listObjects(db: Db, actor: Actor, query: ListQuery): Promise<Found<ObjectLine>> {
  let found = db.selectFrom(objects(db, actor).as('found')).selectAll();
  const { state, agency } = query.filters;
  if (state) found = found.where('state', 'in', state === 'due' ? ['due', 'under-way'] : [state as ObjectState]);
  if (agency) found = found.where('agency_id', '=', Number(agency));
  if (query.q !== '') found = found.where(anyContains(query.q, ['name', 'dn']));
  return onePage(db, found, query);
}

function objects(db: Db, actor: Actor) {
  return withinReach(db.selectFrom('directory_object'), actor, 'directory_object.agency_id')
    .leftJoin('agency', 'agency.id', 'directory_object.agency_id')
    .leftJoin('mailbox', (join) =>
      join.onRef('mailbox.id', '=', 'directory_object.item_id').on('directory_object.item_type', '=', 'mailbox'),
    )
    .leftJoin('group', (join) =>
      join.onRef('group.id', '=', 'directory_object.item_id').on('directory_object.item_type', '=', 'group'),
    )
    .leftJoin('contact', (join) =>
      join.onRef('contact.id', '=', 'directory_object.item_id').on('directory_object.item_type', '=', 'contact'),
    )
    .select([
      'directory_object.id',
      'directory_object.item_type',
      'directory_object.item_id',
      'directory_object.agency_id',
      'directory_object.dn',
      'directory_object.guid',
      'directory_object.wanted_at',
    ])
    .select(['directory_object.done_at', 'directory_object.last_error'])
    .select(['agency.name as agency', 'agency.directory_mode as mode'])
    .select(sql<number>`directory_object.guid is not null or directory_object.real is not null`.as('is_known'))
    .select(
      sql<string>`coalesce(mailbox.primary_email, "group".primary_email, contact.email, directory_object.item_id)`.as(
        'name',
      ),
    )
    .select(
      sql<ObjectState>`iif(directory_object.state = 'step' and mailbox.status = 'active' and directory_object.password_at is null
        and agency.directory_mode = 'live', 'password', directory_object.state)`.as('state'),
    );
}

/** How many objects are in which state, within the actor's reach. */
export async function countStates(db: Db, actor: Actor) {
  const rows = await withinReach(db.selectFrom('directory_object'), actor)
    .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, count])) as Partial<Record<ObjectState, number>>;
}

/** What is still different, for one reason, within the actor's reach; with `done`, what people have done by hand. */
export async function listChanges(
  db: Db,
  actor: Actor,
  reason: Row<'directory_change'>['reason'],
  query: ListQuery,
): Promise<Found<ChangeLine>> {
  const changes = withinReach(db.selectFrom('directory_change'), actor, 'directory_change.agency_id')
    .innerJoin('directory_object', (join) =>
      join
        .onRef('directory_object.item_type', '=', 'directory_change.item_type')
        .onRef('directory_object.item_id', '=', 'directory_change.item_id'),
    )
    .leftJoin('agency', 'agency.id', 'directory_change.agency_id')
    .select([
      'directory_change.id',
      'directory_change.agency_id',
      'directory_change.item_type',
      'directory_change.item_id',
      'directory_change.item_name',
      'directory_change.action',
    ])
    .select([
      'directory_change.field',
      'directory_change.from_text',
      'directory_change.to_text',
      'directory_change.reason',
      'directory_change.controller',
      'directory_change.since',
    ])
    .select([
      'directory_change.released_at',
      'directory_change.done_at',
      'directory_change.done_by',
      'directory_change.done_by_name',
      'directory_change.words',
    ])
    .select(['agency.name as agency', 'agency.directory_mode as mode', 'directory_object.id as object_id'])
    .where('directory_change.reason', '=', reason);
  let found = db.selectFrom(changes.as('found')).selectAll();
  const { agency, action, state } = query.filters;
  if (agency) found = found.where('agency_id', '=', Number(agency));
  if (action) found = found.where('action', '=', action as ChangeLine['action']);
  found = found.where('done_at', state === 'done' ? 'is not' : 'is', null);
  if (query.q !== '') found = found.where(anyContains(query.q, ['item_name', 'field', 'from_text', 'to_text']));
  return onePage(db, found, query);
}

/** How many changes wait for somebody, by why they wait. */
export async function countOpen(db: Db | Trx, actor: Actor) {
  const rows = await withinReach(db.selectFrom('directory_change'), actor)
    .select(['reason', (eb) => eb.fn.countAll<number>().as('count')])
    .where('done_at', 'is', null)
    .where('released_at', 'is', null)
    .groupBy('reason')
    .execute();
  const counts = Object.fromEntries(rows.map(({ reason, count }) => [reason, count]));
  return { held: counts.held ?? 0, step: counts.step ?? 0, drift: counts.drift ?? 0, plan: counts.plan ?? 0 };
}

/** The agencies of which something is held; one without a number: what belongs to all. */
export async function heldAgencies(db: Db) {
  return db
    .selectFrom('directory_change')
    .leftJoin('agency', 'agency.id', 'directory_change.agency_id')
    .select(['directory_change.agency_id as id', 'agency.name'])
    .distinct()
    .where('reason', '=', 'held')
    .where('released_at', 'is', null)
    .where('done_at', 'is', null)
    .orderBy('agency.name')
    .execute();
}

/** How much waits for somebody in all agencies: what was refused, and what the brake holds. */
export async function countTroubles(db: Db) {
  const { count } = await db
    .selectFrom('directory_object')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', 'in', ['refused', 'held'])
    .executeTakeFirstOrThrow();
  return count;
}

/** @throws NotFound */
export async function findObject(trx: Db | Trx, actor: Actor, id: number): Promise<Row<'directory_object'>> {
  const row = await withinReach(trx.selectFrom('directory_object').selectAll(), actor)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** Steps that people take by hand, in the order in which they can be taken: nothing can be done to what is not there. */
export async function findSteps(trx: Trx, actor: Actor, ids: number[]): Promise<Row<'directory_change'>[]> {
  return withinReach(trx.selectFrom('directory_change'), actor, 'directory_change.agency_id')
    .leftJoin('agency', 'agency.id', 'directory_change.agency_id')
    .selectAll('directory_change')
    .where('directory_change.id', 'in', ids)
    .where('reason', '=', 'step')
    .where((eb) => eb.or([eb('agency.id', 'is', null), eb('agency.directory_mode', '=', 'checklist')]))
    .orderBy(sql`action <> 'create'`)
    .orderBy('directory_change.id')
    .execute();
}

/** What somebody changed in one field of an object, or in the object itself: then the field is the action. @throws NotFound */
export async function findDrift(trx: Trx, actor: Actor, object: Row<'directory_object'>, field: string) {
  const row = await withinReach(trx.selectFrom('directory_change').selectAll(), actor)
    .where('item_type', '=', object.item_type)
    .where('item_id', '=', object.item_id)
    .where('reason', '=', 'drift')
    .where('done_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('field', '=', field),
        eb.and([eb('field', '=', ''), eb('action', '=', field as ChangeLine['action'])]),
      ]),
    )
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** The agencies that are written to as soon as somebody has agreed to the plan. */
export async function plannedAgencies(db: Db) {
  return db
    .selectFrom('agency')
    .select(['id', 'name', 'code', 'directory_planned_at'])
    .where('directory_mode', '=', 'live')
    .where('directory_agreed_at', 'is', null)
    .orderBy('name')
    .execute();
}

/** The agencies whose changes a script makes. */
export async function agenciesOfScripts(db: Db) {
  const scripted = db.selectFrom('agency').select(['id', 'code', 'name']).where('directory_mode', '=', 'script');
  return scripted.orderBy('name').execute();
}

/** The agencies in whose directories people work, and of which no object was said to be there yet. */
export async function agenciesToBegin(db: Db, actor: Actor) {
  return toBegin(db, actor).select(['id', 'name']).orderBy('name').execute();
}

/** One of them. @throws NotFound; Conflict when it is none any more */
export async function findAgencyToBegin(db: Db | Trx, actor: Actor, id: number): Promise<Row<'agency'>> {
  const within = withinReach(db.selectFrom('agency').select('id'), actor, 'agency.id').where('id', '=', id);
  if ((await within.executeTakeFirst()) === undefined) throw new NotFound();
  const row = await toBegin(db, actor).selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new Conflict('directory.steps.begunAlready');
  return row;
}

function toBegin(db: Db | Trx, actor: Actor) {
  return withinReach(db.selectFrom('agency'), actor, 'agency.id')
    .where('directory_mode', '=', 'checklist')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('directory_object')
          .select('directory_object.id')
          .whereRef('directory_object.agency_id', '=', 'agency.id')
          .where('state', '=', 'listed'),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('directory_object')
            .select('directory_object.id')
            .whereRef('directory_object.agency_id', '=', 'agency.id')
            .where('real', 'is not', null),
        ),
      ),
    );
}
