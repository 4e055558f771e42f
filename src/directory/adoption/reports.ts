import { sql } from 'kysely';
import { agencyById } from '../../agencies/queries.ts';
import { Conflict, NotFound } from '../../base/errors.ts';
import type { Act } from '../../data/act.ts';
import type { Db, Trx } from '../../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../../data/paging.ts';
import type { Row } from '../../data/schema.ts';
import { audit } from '../../trail/audit.ts';
import { agencyItem } from '../../trail/items.ts';

export type Adoption = Row<'directory_adoption'>;
export type AdoptionRow = Row<'directory_adoption_row'>;
export type AdoptionLine = Adoption & { agency: string };

/**
 * What lies below a place is to be read for an agency and reported; nothing is changed by it.
 * @param ou within the part of IPMS
 * @returns the report's number
 * @throws NotFound; Conflict while one of the agency is under way
 */
export async function askForReport(act: Act, agencyId: number, ou: string): Promise<number> {
  const agency = await agencyById(act.trx, agencyId);
  const underWay = await act.trx
    .selectFrom('directory_adoption')
    .select('id')
    .where('state', 'in', ['asked', 'ordered'])
    .where('agency_id', '=', agencyId)
    .executeTakeFirst();
  if (underWay !== undefined) throw new Conflict('directory.adopt.underWay');
  const { id } = await act.trx
    .insertInto('directory_adoption')
    .values({
      agency_id: agencyId,
      ou,
      asked_by: act.actor.userId ?? 0,
      asked_by_name: act.actor.name,
      asked_at: act.now.toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await audit(act, { action: 'directory.adoption-asked', item: agencyItem(agency), after: { ou } });
  return id;
}

/** What is clean in a report is to be taken over. @throws NotFound; Conflict when it was ordered already, or there is nothing */
export async function orderTaking(act: Act, id: number) {
  const adoption = await adoptionById(act.trx, id);
  const { numUpdatedRows } = await act.trx
    .updateTable('directory_adoption')
    .set({
      state: 'ordered',
      ordered_by: act.actor.userId,
      ordered_by_name: act.actor.name,
      ordered_from: act.actor.address,
      ordered_at: act.now.toISOString(),
    })
    .where('id', '=', id)
    .where('state', '=', 'reported')
    .where('clean', '>', 0)
    .where('rows_kept', '=', 1)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) throw new Conflict('directory.adopt.ordered');
  const agency = await agencyById(act.trx, adoption.agency_id);
  const after = { ou: adoption.ou, objects: adoption.clean };
  await audit(act, { action: 'directory.adoption-ordered', item: agencyItem(agency), after });
}

/** For the helpdesk and the work alone. @throws NotFound */
export async function adoptionById(db: Db | Trx, id: number): Promise<AdoptionLine> {
  const row = await db
    .selectFrom('directory_adoption')
    .innerJoin('agency', 'agency.id', 'directory_adoption.agency_id')
    .selectAll('directory_adoption')
    .select('agency.name as agency')
    .where('directory_adoption.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** The one that is to be worked on now: read, or taken over. */
export async function nextAdoption(db: Db | Trx): Promise<Adoption | undefined> {
  return db
    .selectFrom('directory_adoption')
    .selectAll()
    .where('state', 'in', ['asked', 'ordered'])
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

/** The reports of all agencies: the helpdesk's. */
export async function listAdoptions(db: Db, query: ListQuery): Promise<Found<AdoptionLine>> {
  const { agency, state } = query.filters;
  let found = db.selectFrom('directory_adoption').innerJoin('agency', 'agency.id', 'directory_adoption.agency_id');
  if (agency) found = found.where('agency_id', '=', Number(agency));
  if (state) found = found.where('state', '=', state as Adoption['state']);
  if (query.q !== '') found = found.where(anyContains(query.q, ['ou', 'asked_by_name', 'ordered_by_name']));
  return onePage(
    db,
    found.selectAll('directory_adoption').select('agency.name as agency'),
    query,
    'directory_adoption.id',
  );
}

/** What was found for a report, one row an object. */
export async function listAdoptionRows(
  db: Db,
  adoption: Pick<Adoption, 'id'>,
  query: ListQuery,
): Promise<Found<AdoptionRow>> {
  const { kind, outcome, type } = query.filters;
  let found = db.selectFrom('directory_adoption_row').where('adoption_id', '=', adoption.id);
  if (kind) found = found.where('kind', '=', kind);
  if (type) found = found.where('item_type', '=', type as AdoptionRow['item_type']);
  if (outcome) found = found.where('outcome', '=', outcome as NonNullable<AdoptionRow['outcome']>);
  if (query.q !== '') found = found.where(anyContains(query.q, ['name', 'place']));
  return onePage(db, found.selectAll(), query);
}

/** How many objects of a report are of which kind, and what taking over came to. */
export async function tallyOfAdoption(db: Db, adoption: Pick<Adoption, 'id'>) {
  return db
    .selectFrom('directory_adoption_row')
    .select((eb) => ['kind', eb.fn.countAll<number>().as('count')])
    .select(sql<number>`sum(outcome is 'refused')`.as('refused'))
    .select(sql<number>`sum(outcome is 'changed')`.as('changed'))
    .where('adoption_id', '=', adoption.id)
    .groupBy('kind')
    .execute();
}
