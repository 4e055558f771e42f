import { sql } from 'kysely';
import { hasOrHad } from '../../addresses/addresses.ts';
import { NotFound } from '../../base/errors.ts';
import type { Db, Trx } from '../../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../../data/paging.ts';
import type { SignInRole } from '../../data/schema.ts';
import { lockedUntil } from '../../sign-in/queries.ts';
import { secondFactorOf } from '../../sign-in/second-factor/queries.ts';

export type Person = {
  id: number;
  agency_id: number | null;
  agency: string | null;
  role: SignInRole;
  status: 'active' | 'disabled' | 'deleted';
  full_name: string;
  login_id: string;
  email: string;
  has_password: number;
  has_mailbox: number;
  has_second_factor: number;
  locked_until: string | null;
  last_sign_in_at: string | null;
  created_at: string;
};

export type PersonState = 'active' | 'pending' | 'locked' | 'disabled' | 'deleted';

/** What a sign-in is at a moment. */
export function stateOf(person: Pick<Person, 'status' | 'locked_until' | 'has_password'>): PersonState {
  if (person.status !== 'active') return person.status;
  if (person.locked_until !== null) return 'locked';
  return person.has_password === 1 ? 'active' : 'pending';
}

/** People with what the helpdesk sees of them. */
function people(db: Db | Trx, now: Date) {
  const rows = db
    .selectFrom('user')
    .leftJoin('agency', 'agency.id', 'user.agency_id')
    .select([
      'user.id',
      'user.agency_id',
      'agency.name as agency',
      'user.role',
      'user.status',
      'user.full_name',
      'user.login_id',
      'user.email',
      sql<number>`user.password_hash is not null`.as('has_password'),
      sql<number>`exists (select 1 from mailbox where mailbox.user_id = user.id and mailbox.status != 'deleted')`.as(
        'has_mailbox',
      ),
      secondFactorOf('user.id').as('has_second_factor'),
      lockedUntil('user.id', now).as('locked_until'),
      'user.last_sign_in_at',
      'user.created_at',
    ]);
  return db.selectFrom(rows.as('person'));
}

/** @throws NotFound */
export async function personById(db: Db | Trx, id: number, now: Date): Promise<Person> {
  const row = await people(db, now).selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** An administrator or officer of some agency. @throws NotFound */
export async function officerById(db: Db | Trx, id: number, now: Date): Promise<Person & { agency_id: number }> {
  const { agency_id, ...person } = await personById(db, id, now);
  if (agency_id === null) throw new NotFound();
  return { ...person, agency_id };
}

/** One of the helpdesk. @throws NotFound */
export async function staffById(db: Db | Trx, id: number, now: Date) {
  const person = await personById(db, id, now);
  if (person.role !== 'helpdesk') throw new NotFound();
  return person;
}

/** Whom a login ID or an address, in its one spelling, belongs to, or null. */
export async function personByLogin(db: Db, login: string) {
  const row = await db
    .selectFrom('user')
    .select('id')
    .where((eb) => eb.or([eb('login_id', '=', login), hasOrHad(login)]))
    .orderBy('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

type People = ReturnType<typeof people>;

async function pageOf(db: Db, found: People, query: ListQuery): Promise<Found<Person>> {
  let narrowed = found;
  const { state } = query.filters;
  if (state === 'disabled') narrowed = narrowed.where('status', '=', 'disabled');
  else if (state) narrowed = narrowed.where('status', '=', 'active');
  if (state === 'locked') narrowed = narrowed.where('locked_until', 'is not', null);
  else if (state === 'active' || state === 'pending')
    narrowed = narrowed.where('locked_until', 'is', null).where('has_password', '=', state === 'active' ? 1 : 0);
  if (query.q !== '') narrowed = narrowed.where(anyContains(query.q, ['full_name', 'login_id', 'email']));
  return onePage(db, narrowed.selectAll(), query);
}

/** Administrators, of one agency or all. The agencies are named so that the index on (agency, role) is used. */
export async function listAdministrators(db: Db, query: ListQuery, now: Date) {
  const { agency } = query.filters;
  const found = people(db, now).where('role', '=', 'admin').where('status', '!=', 'deleted');
  return pageOf(
    db,
    agency
      ? found.where('agency_id', '=', Number(agency))
      : found.where('agency_id', 'in', (eb) => eb.selectFrom('agency').select('id')),
    query,
  );
}

export async function listStaff(db: Db, query: ListQuery, now: Date) {
  return pageOf(
    db,
    people(db, now).where('agency_id', 'is', null).where('role', '=', 'helpdesk').where('status', '!=', 'deleted'),
    query,
  );
}

/** What was done to a person's sign-in, oldest first, without the daily coming and going. */
export async function personHistory(db: Db, person: Pick<Person, 'id'>) {
  return db
    .selectFrom('audit')
    .selectAll()
    .where('item_type', '=', 'user')
    .where('item_id', '=', person.id)
    .where('action', '!=', 'user.signed-in')
    .orderBy('id')
    .execute();
}
