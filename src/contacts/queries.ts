import { sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import type { Db, Trx } from '../data/database.ts';
import { ALL_KEYS, anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import type { Row } from '../data/schema.ts';

export type Contact = Row<'contact'>;

/** Contacts belong to no agency: every administrator may look at each. @throws NotFound */
export async function contactById(db: Db | Trx, id: number): Promise<Contact> {
  const row = await db.selectFrom('contact').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** The contact that has an address now. */
export async function contactAt(db: Db | Trx, address: string): Promise<Contact | undefined> {
  return db
    .selectFrom('contact')
    .selectAll()
    .where('email', '=', address)
    .where('status', '=', 'active')
    .executeTakeFirst();
}

const KEYS: Record<string, string[]> = {
  [ALL_KEYS]: ['full_name', 'email', 'company'],
  display_name: ['full_name'],
  primary_email: ['email'],
};

/** SOP 4.21 to 4.23 step 1: contacts by a part of the name or address. Those that were deleted are found only where asked for. */
export async function listContacts(db: Db, query: ListQuery): Promise<Found<Contact>> {
  const { status = 'active' } = query.filters;
  let found = db.selectFrom('contact').selectAll();
  found = found.where('status', '=', status as Contact['status']);
  if (query.q !== '') found = found.where(anyContains(query.q, KEYS[query.by] ?? []));
  return onePage(db, found, query);
}

export type ContactGroup = {
  id: number;
  display_name: string;
  primary_email: string;
  agency_id: number;
  agency: string;
};

/** The lists, of all agencies, that a contact is in. */
export async function groupsWith(db: Db | Trx, contact: Pick<Contact, 'id'>): Promise<ContactGroup[]> {
  return db
    .selectFrom('membership')
    .innerJoin('group', 'group.id', 'membership.group_id')
    .innerJoin('agency', 'agency.id', 'group.agency_id')
    .select(['group.id', 'group.display_name', 'group.primary_email', 'group.agency_id', 'agency.name as agency'])
    .where('member_type', '=', 'contact')
    .where('member_id', '=', contact.id)
    .where('until', 'is', null)
    .orderBy('group.display_name')
    .orderBy('group.id')
    .execute();
}

/** Who has an address that a contact cannot have: an account, a list, a postmaster, a reservation, or somebody's sign-in. */
export async function holderOf(db: Db | Trx, address: string) {
  const { rows } = await sql<{ kind: Row<'address'>['kind'] | 'user'; agency_id: number | null; item_id: number }>`
    select kind, agency_id, item_id from address where address = ${address}
    union all
    select 'user', agency_id, id from user where email = ${address} and status <> 'deleted'
    limit 1`.execute(db);
  return rows[0];
}

/** The tickets about a contact that are not over, within an actor's reach. */
export async function ticketsAbout(db: Db, actor: Actor, contactId: number) {
  return withinReach(db.selectFrom('ticket'), actor)
    .select(['id', 'kind', 'status'])
    .where('item_type', '=', 'contact')
    .where('item_id', '=', contactId)
    .where('status', 'in', ['requested', 'open', 'resolved'])
    .orderBy('id')
    .execute();
}
