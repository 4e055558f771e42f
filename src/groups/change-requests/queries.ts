import { sql } from 'kysely';
import { type Actor, userOf } from '../../base/actor.ts';
import { NotFound } from '../../base/errors.ts';
import type { Db, Trx } from '../../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../../data/paging.ts';
import { withinReach } from '../../data/reach.ts';
import type { Row } from '../../data/schema.ts';
import type { Group } from '../queries.ts';

/** What was asked of lists, with the list, who asked, and who answered. A new list has its wished name until it is made. */
function requests(db: Db | Trx) {
  return db
    .selectFrom('list_change_request as request')
    .leftJoin('group', 'group.id', 'request.group_id')
    .innerJoin('user as asker', 'asker.id', 'request.requested_by')
    .leftJoin('user as decider', 'decider.id', 'request.decided_by')
    .selectAll('request')
    .select([
      sql<string>`coalesce("group".display_name, request.wanted ->> 'display_name', '')`.as('list'),
      'group.primary_email',
      'group.status as list_status',
      'asker.full_name as requester',
      'asker.email as requester_email',
      'asker.status as requester_status',
      'decider.full_name as decider',
    ]);
}

export type ChangeRequest = Awaited<ReturnType<typeof findRequest>>;

/** The agencies whose requests the actor may see: the own one, for the helpdesk all. */
const agenciesOf = (db: Db | Trx, actor: Actor) =>
  withinReach(db.selectFrom('agency').select('agency.id'), actor, 'agency.id');

/** @throws NotFound also for another agency's */
export async function findRequest(db: Db | Trx, actor: Actor, id: number) {
  const row = await requests(db)
    .where('request.id', '=', id)
    .where('request.agency_id', 'in', agenciesOf(db, actor))
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** Of active lists that the actor's mailbox owns. */
const ofOwned = (actor: Actor) => sql<boolean>`request.group_id in (
  select own.group_id from group_owner own join mailbox on mailbox.id = own.mailbox_id
  join "group" as owned on owned.id = own.group_id
  where mailbox.user_id = ${userOf(actor)} and owned.status = 'active')`;
const asked = (actor: Actor) => sql<boolean>`request.requested_by = ${userOf(actor)}`;
/** The owner answers requests to join or leave, too, but not the own one: another owner or the administrator does. */
const toAnswer = (actor: Actor) =>
  sql<boolean>`(request.kind in ('join', 'leave') and ${ofOwned(actor)} and not ${asked(actor)})`;

/** @throws NotFound for one that the actor as an owner has no say in */
export async function findRequestToAnswer(db: Db | Trx, actor: Actor, id: number): Promise<ChangeRequest> {
  const row = await requests(db).where('request.id', '=', id).where(toAnswer(actor)).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** One that the actor asked, or that is about a list that the actor owns. @throws NotFound for any other */
export async function findOwnRequest(db: Db | Trx, actor: Actor, id: number) {
  const row = await requests(db)
    .select([sql<number>`${toAnswer(actor)}`.as('answers'), sql<number>`${asked(actor)}`.as('mine')])
    .where('request.id', '=', id)
    .where(sql<boolean>`(${asked(actor)} or ${ofOwned(actor)})`)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

const SEARCHED = ['group.display_name', 'group.primary_email', 'asker.full_name', 'request.text', 'request.wanted'];

export async function listRequests(db: Db, actor: Actor, query: ListQuery): Promise<Found<ChangeRequest>> {
  let found = requests(db).where('request.agency_id', 'in', agenciesOf(db, actor));
  const { agency, status, kind } = query.filters;
  if (agency) found = found.where('request.agency_id', '=', Number(agency));
  if (status) found = found.where('request.status', '=', status as 'requested');
  if (kind) found = found.where('request.kind', '=', kind as 'change');
  if (query.q !== '') found = found.where(anyContains(query.q, SEARCHED));
  return onePage(db, found, query, 'request.id');
}

/** What the actor asked of lists, and what others ask of the lists that the actor owns. */
export async function listOwnRequests(db: Db, actor: Actor, query: ListQuery): Promise<Found<ChangeRequest>> {
  const { show, status } = query.filters;
  const mine = show === 'asked' ? asked(actor) : show === 'answer' ? toAnswer(actor) : null;
  let found = requests(db).where(mine ?? sql<boolean>`(${asked(actor)} or ${toAnswer(actor)})`);
  if (status) found = found.where('request.status', '=', status as 'requested');
  if (query.q !== '') found = found.where(anyContains(query.q, SEARCHED));
  return onePage(db, found, query, 'request.id');
}

/** The latest of what has been asked for one list. */
export async function requestsFor(db: Db, group: Pick<Group, 'id'>, most: number) {
  return requests(db).where('request.group_id', '=', group.id).orderBy('request.id', 'desc').limit(most).execute();
}

/** What waits for an answer of one list. */
export async function openRequestsFor(db: Db | Trx, group: Pick<Group, 'id'>) {
  const waiting = requests(db).where('request.group_id', '=', group.id).where('request.status', '=', 'requested');
  return waiting.orderBy('request.id').execute();
}

/** How many of the actor's own requests wait. */
export async function countWaiting(db: Db | Trx, actor: Actor) {
  const { count } = await db
    .selectFrom('list_change_request as request')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(asked(actor))
    .where('request.status', '=', 'requested')
    .executeTakeFirstOrThrow();
  return count;
}

/** How many requests wait for the agency's administrators. */
export async function countOpenRequests(db: Db, actor: Actor) {
  const { count } = await db
    .selectFrom('list_change_request')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('agency_id', '=', actor.agencyId ?? 0)
    .where('status', '=', 'requested')
    .executeTakeFirstOrThrow();
  return count;
}

/** How many requests wait for the actor as an owner of lists. */
export async function countToAnswer(db: Db, actor: Actor) {
  const { count } = await db
    .selectFrom('list_change_request as request')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(toAnswer(actor))
    .where('request.status', '=', 'requested')
    .executeTakeFirstOrThrow();
  return count;
}

/** The active mailbox of who asked, while it is of the agency that was asked. */
export async function mailboxOfAsker(db: Db | Trx, request: Pick<ChangeRequest, 'requested_by' | 'agency_id'>) {
  return db
    .selectFrom('mailbox')
    .selectAll()
    .where('user_id', '=', request.requested_by)
    .where('agency_id', '=', request.agency_id)
    .where('status', '=', 'active')
    .executeTakeFirst();
}

/** Is who asked an owner of the list still? */
export async function ownsStill(db: Db, request: Pick<ChangeRequest, 'requested_by' | 'group_id'>) {
  const row = await db
    .selectFrom('group_owner')
    .innerJoin('mailbox', 'mailbox.id', 'group_owner.mailbox_id')
    .select('mailbox.id')
    .where('mailbox.user_id', '=', request.requested_by)
    .where('group_owner.group_id', '=', request.group_id ?? 0)
    .executeTakeFirst();
  return row !== undefined;
}

/** The actor's own active mailbox. */
export async function findOwnMailbox(db: Db | Trx, actor: Actor): Promise<Row<'mailbox'> | undefined> {
  const own = db.selectFrom('mailbox').selectAll().where('user_id', '=', userOf(actor)).where('status', '=', 'active');
  return own.executeTakeFirst();
}

/** An active list of the actor's agency. @throws NotFound for any other */
export async function findAgencyGroup(db: Db | Trx, actor: Actor, id: number): Promise<Group> {
  const row = await db
    .selectFrom('group')
    .selectAll()
    .where('id', '=', id)
    .where('agency_id', '=', actor.agencyId ?? 0)
    .where('status', '=', 'active')
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

export type OpenGroup = Pick<Group, 'id' | 'display_name' | 'primary_email' | 'joining'> & {
  owners: string | null;
  inside: number;
  waits: number;
};

/** The lists of a mailbox's agency that its people may join, and how the mailbox stands to each. */
export async function listOpenGroups(
  db: Db,
  mailbox: Pick<Row<'mailbox'>, 'id' | 'agency_id' | 'user_id'>,
  query: ListQuery,
): Promise<Found<OpenGroup>> {
  let found = db
    .selectFrom('group')
    .where('agency_id', '=', mailbox.agency_id)
    .where('status', '=', 'active')
    .where('joining', '!=', 'nobody');
  if (query.q !== '') found = found.where(anyContains(query.q, ['display_name', 'primary_email']));
  const listed = found.select([
    'id',
    'display_name',
    'primary_email',
    'joining',
    sql<
      string | null
    >`(select group_concat(b.display_name, ', ') from group_owner o join mailbox b on b.id = o.mailbox_id
        where o.group_id = "group".id and b.status = 'active')`.as('owners'),
    sql<number>`exists (select 1 from membership m where m.group_id = "group".id and m.member_type = 'mailbox'
        and m.member_id = ${mailbox.id} and m.until is null)`.as('inside'),
    sql<number>`exists (select 1 from list_change_request r where r.group_id = "group".id
        and r.requested_by = ${mailbox.user_id} and r.kind = 'join' and r.status = 'requested')`.as('waits'),
  ]);
  return onePage(db, listed, query, 'group.id');
}
