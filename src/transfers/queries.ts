import { sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import type { Db, Trx } from '../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import type { Row } from '../data/schema.ts';

export type Transfer = Row<'transfer'>;
/** From which side somebody looks at a transfer; the helpdesk from neither. */
export type Side = 'receiving' | 'releasing';

/** What an actor may see of a transfer: who it is about only once the releasing agency has agreed. */
export type Seen = Pick<
  Transfer,
  'id' | 'begun_by' | 'status' | 'effective_on' | 'requested_at' | 'expires_on' | 'agreed_at' | 'ended_at'
> & { who: string; side: Side | null; other: string; mine: number; from_agency: string; to_agency: string };

/** Narrowed to the actor's own transfers; what is searched and sorted is what is seen. */
function seen(db: Db | Trx, actor: Actor) {
  const all = actor.role === 'helpdesk' || actor.role === 'system';
  const own = all ? 0 : actor.role === 'admin' ? (actor.agencyId ?? 0) : 0;
  const known = all
    ? sql<number>`t.person_name <> ''`
    : sql<number>`(t.from_agency_id = ${own} or t.begun_by = 'releasing' or t.agreed_at is not null)`;
  const side = sql<Side | null>`case ${own} when t.from_agency_id then 'releasing' when t.to_agency_id then 'receiving' end`;
  const rows = db
    .selectFrom('transfer as t')
    .innerJoin('agency as receiving', 'receiving.id', 't.to_agency_id')
    .leftJoin('agency as releasing', 'releasing.id', 't.from_agency_id')
    .$if(!all, (query) =>
      query.where((eb) => eb.or([eb('t.from_agency_id', '=', own), eb('t.to_agency_id', '=', own)])),
    )
    .select([
      't.id',
      't.begun_by',
      't.status',
      't.effective_on',
      't.requested_at',
      't.expires_on',
      't.agreed_at',
      't.ended_at',
      't.from_agency_id',
      't.to_agency_id',
      side.as('side'),
      'receiving.name as to_agency',
      sql<string>`iif(${known}, coalesce(releasing.name, ''), '')`.as('from_agency'),
      sql<string>`iif(${known}, t.person_name,
        coalesce(t.sought_email, substr(t.sought_ic, 1, 6) || '-**-***' || substr(t.sought_ic, 12)))`.as('who'),
      sql<string>`case ${side} when 'releasing' then receiving.name else iif(${known}, coalesce(releasing.name, ''), '') end`.as(
        'other',
      ),
      sql<number>`case when t.status = 'requested' then ${side} is not null and ${side} <> t.begun_by
        when t.status = 'agreed' then ${side} is 'receiving' and t.allocation is null else 0 end`.as('mine'),
    ]);
  return db.selectFrom(rows.as('seen'));
}

/** @throws NotFound for a transfer that the actor's agency has no part in */
export async function findSeen(db: Db | Trx, actor: Actor, id: number): Promise<Seen> {
  const row = await seen(db, actor).selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** Transfers as the actor sees them: to and from the agency, or of all agencies for the helpdesk. */
export async function listTransfers(db: Db, actor: Actor, query: ListQuery): Promise<Found<Seen>> {
  let found = seen(db, actor);
  const { status, side, agency } = query.filters;
  if (status === 'mine') found = found.where('mine', '=', 1);
  else if (status === 'open') found = found.where('status', 'in', ['requested', 'agreed']);
  else if (status) found = found.where('status', '=', status as Transfer['status']);
  if (side) found = found.where('side', '=', side as Side);
  if (agency)
    found = found.where((eb) =>
      eb.or([eb('from_agency_id', '=', Number(agency)), eb('to_agency_id', '=', Number(agency))]),
    );
  if (query.q !== '') found = found.where(anyContains(query.q, ['who', 'from_agency', 'to_agency']));
  return onePage(db, found.selectAll(), query);
}

/** The transfers that wait for an administrator of an agency. */
export function transfersWaitingFor(db: Db | Trx, actor: Pick<Actor, 'agencyId'>) {
  const own = actor.agencyId ?? 0;
  return db
    .selectFrom('transfer')
    .where(({ eb, and, or }) =>
      or([
        and([eb('from_agency_id', '=', own), eb('status', '=', 'requested'), eb('begun_by', '=', 'receiving')]),
        and([eb('to_agency_id', '=', own), eb('status', '=', 'requested'), eb('begun_by', '=', 'releasing')]),
        and([eb('to_agency_id', '=', own), eb('status', '=', 'agreed'), eb('allocation', 'is', null)]),
      ]),
    );
}

/** How many transfers wait for the agency's administrators. */
export async function countMine(db: Db, actor: Actor) {
  const { count } = await transfersWaitingFor(db, actor)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/**
 * The whole row, with the side that the actor's agency is on.
 * @throws NotFound for a transfer that the actor's agency has no part in
 */
export async function findTransfer(
  db: Db | Trx,
  actor: Actor,
  id: number,
): Promise<{ row: Transfer; side: Side | null }> {
  const { side } = await findSeen(db, actor, id);
  return { row: await transferById(db, id), side };
}

export async function transferById(db: Db | Trx, id: number): Promise<Transfer> {
  return db.selectFrom('transfer').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** The transfer that takes a mailbox away: agreed, or begun by its own agency. */
export async function openFor(db: Db | Trx, mailbox: Pick<Row<'mailbox'>, 'id'>): Promise<Transfer | undefined> {
  return db
    .selectFrom('transfer')
    .selectAll()
    .where('mailbox_id', '=', mailbox.id)
    .where(({ eb, and, or }) =>
      or([eb('status', '=', 'agreed'), and([eb('status', '=', 'requested'), eb('begun_by', '=', 'releasing')])]),
    )
    .executeTakeFirst();
}

/** Whose mailbox this is: by any of its addresses, or by the identity card; nobody where two have it. */
export async function soughtMailbox(trx: Trx, { email, ic }: { email: string | null; ic: string | null }) {
  const rows = await trx
    .selectFrom('mailbox')
    .selectAll()
    .where('status', '!=', 'deleted')
    .$if(ic !== null, (query) => query.where('ic_number', '=', ic))
    .$if(ic === null, (query) =>
      query.where('id', 'in', (eb) =>
        eb
          .selectFrom('address')
          .select('item_id')
          .where('address', '=', email ?? '')
          .where('kind', 'in', ['mailbox', 'alias']),
      ),
    )
    .limit(2)
    .execute();
  return rows.length === 1 ? rows[0] : undefined;
}

/** Does the mailbox have this address already: as a further one, or kept for it when it left the agency of the address? */
export async function isOwnAddress(db: Db | Trx, mailbox: Pick<Row<'mailbox'>, 'id'>, address: string) {
  const { rows } = await sql`
    select 1 from address a where a.address = ${address} and a.item_id = ${mailbox.id} and (a.kind = 'alias' or (
      a.kind = 'reserved' and exists (select 1 from transfer t, json_each(t.kept_addresses) kept
        where t.mailbox_id = ${mailbox.id} and t.status = 'carried-out' and kept.value = a.address)))`.execute(db);
  return rows.length > 0;
}

/**
 * What was done about a transfer, as the actor's agency has it. Each act has a row in both agencies, of which one may not
 * say who it was: the helpdesk sees the one that does.
 */
export async function historyFor(db: Db, actor: Actor, id: number) {
  const rows = await withinReach(db.selectFrom('audit').selectAll(), actor)
    .where('item_type', '=', 'transfer')
    .where('item_id', '=', id)
    .orderBy('id')
    .execute();
  const told = new Map<string, Row<'audit'>>();
  for (const row of rows) {
    const act = `${row.act} ${row.action}`;
    if (!told.has(act) || row.actor_user_id !== null) told.set(act, row);
  }
  return [...told.values()];
}

/** The lists that a mailbox owns. */
export async function ownedGroups(db: Db | Trx, mailbox: Pick<Row<'mailbox'>, 'id'>) {
  return db
    .selectFrom('group')
    .innerJoin('group_owner', 'group_owner.group_id', 'group.id')
    .selectAll('group')
    .where('group_owner.mailbox_id', '=', mailbox.id)
    .where('group.status', '=', 'active')
    .orderBy('group.display_name')
    .execute();
}

/** Other agencies than the actor's, for a choice. */
export async function otherAgencies(db: Db, { agency_id }: Pick<Row<'mailbox'>, 'agency_id'>) {
  const rows = await db
    .selectFrom('agency')
    .select(['id', 'name'])
    .where('id', '!=', agency_id)
    .orderBy('name')
    .execute();
  return rows.map((row) => ({ value: String(row.id), label: { text: row.name } }));
}

export async function agencyById(db: Db | Trx, id: number) {
  return db.selectFrom('agency').selectAll().where('id', '=', id).executeTakeFirst();
}
