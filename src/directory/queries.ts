import { sql } from 'kysely';
import type { Db, Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';

type Agency = Pick<Row<'agency'>, 'id'>;
/** An item that another one is linked with. */
export type LinkRow = { holder: number; type: 'mailbox' | 'group' | 'contact' | 'postmaster'; id: number };
export type AliasRow = { item_id: number; address: string };

/**
 * Joins the object of a mailbox. A number that is a column's own kind would have every object's number turned into one before it is
 * compared, and no index would be of use: the sign takes the kind away.
 */
export const ofMailbox = sql<boolean>`(object.item_type = 'mailbox' and object.item_id = +mailbox.id)`;

/** What of a mailbox the directory hears. Neither its identity nor its use is among it. */
export const MAILBOX_COLUMNS = [
  'id',
  'agency_id',
  'status',
  'display_name',
  'full_name',
  'primary_email',
  'login_id',
  'position',
  'department',
  'division',
  'section',
  'unit',
  'address',
  'postcode',
  'city',
  'state',
  'country',
  'office_phone',
  'mobile_phone',
  'storage_mb',
  'services',
  'accept_from',
  'deleted_at',
  'to_complete',
] as const satisfies (keyof Row<'mailbox'>)[];

/** The mailboxes of an agency, also deleted ones, with the sign-in's state, the day on which they are to end, and since when the directory has a password. */
export async function mailboxesOf(db: Db | Trx, agency: Agency) {
  return db
    .selectFrom('mailbox')
    .innerJoin('user', 'user.id', 'mailbox.user_id')
    .leftJoin('termination', (join) =>
      join.onRef('termination.mailbox_id', '=', 'mailbox.id').on('termination.status', '=', 'requested'),
    )
    .leftJoin('directory_object as object', (join) => join.on(ofMailbox))
    .select(MAILBOX_COLUMNS.map((column) => `mailbox.${column}` as const))
    .select(['user.status as user_status', 'termination.effective_on', 'object.password_at'])
    .select((eb) => eb('user.password_hash', 'is not', null).as('has_password'))
    .where('mailbox.agency_id', '=', agency.id)
    .orderBy('mailbox.id')
    .execute();
}

/** The lists of an agency, also deleted ones. */
export async function groupsOf(db: Db | Trx, agency: Agency) {
  return db.selectFrom('group').selectAll().where('agency_id', '=', agency.id).orderBy('id').execute();
}

/** The further addresses of an agency's mailboxes. */
export async function mailboxAliasesOf(db: Db | Trx, agency: Agency): Promise<AliasRow[]> {
  return db
    .selectFrom('address')
    .innerJoin('mailbox', 'mailbox.id', 'address.item_id')
    .select(['address.item_id', 'address.address'])
    .where('address.kind', '=', 'alias')
    .where('mailbox.agency_id', '=', agency.id)
    .orderBy('address.address')
    .execute();
}

/** The further addresses of an agency's lists. */
export async function groupAliasesOf(db: Db | Trx, agency: Agency): Promise<AliasRow[]> {
  return db
    .selectFrom('address')
    .innerJoin('group', 'group.id', 'address.item_id')
    .select(['address.item_id', 'address.address'])
    .where('address.kind', '=', 'group')
    .where('group.agency_id', '=', agency.id)
    .whereRef('address.address', '!=', 'group.primary_email')
    .orderBy('address.address')
    .execute();
}

/** What every active account has been given, where a directory is written to; null: it is written to nowhere. */
export async function allocations(db: Db | Trx) {
  const written = await db.selectFrom('agency').select('id').where('directory_mode', '<>', 'checklist').execute();
  if (written.length === 0) return null;
  return db
    .selectFrom('mailbox')
    .select(['id', 'package', 'services', 'service_type'])
    .where('status', '=', 'active')
    .where(
      'agency_id',
      'in',
      written.map(({ id }) => id),
    )
    .orderBy('id')
    .execute();
}

/** Who is in the lists of an agency, as far as it is active. */
export async function membersOf(db: Db | Trx, agency: Agency) {
  const { rows } = await sql<LinkRow>`
    select m.group_id as holder, m.member_type as type, m.member_id as id
    from membership m join "group" on "group".id = m.group_id
    left join mailbox on m.member_type = 'mailbox' and mailbox.id = m.member_id
    left join "group" member on m.member_type = 'group' and member.id = m.member_id
    left join contact on m.member_type = 'contact' and contact.id = m.member_id
    where "group".agency_id = ${agency.id} and m.until is null
      and coalesce(mailbox.status, member.status, contact.status) = 'active'
    order by m.id`.execute(db);
  return rows;
}

/** Who looks after the lists of an agency, in the order of their mailboxes. */
export async function ownersOf(db: Db | Trx, agency: Agency) {
  const { rows } = await sql<LinkRow>`
    select own.group_id as holder, 'mailbox' as type, own.mailbox_id as id
    from group_owner own join "group" on "group".id = own.group_id join mailbox on mailbox.id = own.mailbox_id
    where "group".agency_id = ${agency.id} and mailbox.status <> 'deleted'
    order by own.group_id, own.mailbox_id`.execute(db);
  return rows;
}

/** Who alone may send to a mailbox or list of an agency, as far as anything in the directory stands for the address. */
export async function allowedSendersOf(db: Db | Trx, agency: Agency) {
  const { rows } = await sql<LinkRow & { held: 'mailbox' | 'group' }>`
    select sender.held, sender.holder, iif(address.kind = 'alias', 'mailbox', address.kind) as type,
      iif(address.kind = 'postmaster', address.agency_id, address.item_id) as id
    from (
      select 'mailbox' as held, mailbox.id as holder, accepted_sender.address
      from accepted_sender join mailbox on mailbox.id = accepted_sender.mailbox_id where mailbox.agency_id = ${agency.id}
      union all
      select 'group', "group".id, group_sender.address
      from group_sender join "group" on "group".id = group_sender.group_id where "group".agency_id = ${agency.id}
    ) as sender join address on address.address = sender.address
    where address.kind in ('mailbox', 'alias', 'group', 'contact', 'postmaster')
    order by sender.held, sender.holder, address.address`.execute(db);
  return rows;
}

/** The names of accounts that no list of an agency may take, which begin with its code: those of people, of every agency. */
export async function loginIdsLike(db: Db | Trx, code: string) {
  const rows = await db
    .selectFrom('mailbox')
    .select('login_id')
    .where(sql<boolean>`lower(login_id) like ${`${code.toLowerCase()}-%`}`)
    .execute();
  return rows.map((row) => row.login_id);
}

/** What an agency is called, and every other: the groups that hold all of one are named by it. */
export async function agencyCodes(db: Db | Trx) {
  return db.selectFrom('agency').select(['id', 'code']).orderBy('id').execute();
}

/** The addresses of the agencies' postmasters that no mailbox, list or contact has. */
export async function postmasters(db: Db | Trx) {
  return db
    .selectFrom('address')
    .innerJoin('agency', 'agency.id', 'address.agency_id')
    .select(['agency.id', 'agency.code', 'address.address'])
    .where('address.kind', '=', 'postmaster')
    .orderBy('agency.id')
    .execute();
}

/** Every contact, also deleted ones. */
export async function contacts(db: Db | Trx) {
  return db.selectFrom('contact').selectAll().orderBy('id').execute();
}
