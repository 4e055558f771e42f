import { sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import type { Db, Trx } from '../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import type { Row } from '../data/schema.ts';
import { type Disabling, disablings, type Termination, terminations } from '../mailboxes/planned.ts';

export type GroupRef = Pick<Row<'group'>, 'id' | 'agency_id' | 'display_name' | 'primary_email'>;

/** What ended a mailbox that is deleted now. */
export async function lastTermination(
  db: Db | Trx,
  mailbox: Pick<Row<'mailbox'>, 'id'>,
): Promise<Termination | undefined> {
  return terminations(db)
    .where('termination.mailbox_id', '=', mailbox.id)
    .where('termination.status', '=', 'carried-out')
    .orderBy('termination.id', 'desc')
    .executeTakeFirst();
}

export async function findDisabling(db: Db | Trx, actor: Actor, id: number): Promise<Disabling | undefined> {
  return withinReach(disablings(db), actor, 'disabling.agency_id').where('disabling.id', '=', id).executeTakeFirst();
}

export async function findTermination(db: Db | Trx, actor: Actor, id: number): Promise<Termination | undefined> {
  return withinReach(terminations(db), actor, 'termination.agency_id')
    .where('termination.id', '=', id)
    .executeTakeFirst();
}

/** The lists that a mailbox is in now. */
export async function groupsOf(db: Db | Trx, mailbox: Pick<Row<'mailbox'>, 'id'>): Promise<GroupRef[]> {
  return db
    .selectFrom('membership')
    .innerJoin('group', 'group.id', 'membership.group_id')
    .select(['group.id', 'group.agency_id', 'group.display_name', 'group.primary_email'])
    .where('membership.member_type', '=', 'mailbox')
    .where('membership.member_id', '=', mailbox.id)
    .where('membership.until', 'is', null)
    .where('group.status', '=', 'active')
    .orderBy('group.display_name')
    .execute();
}

/** Some lists by their numbers, by name; those that are gone are left out. */
export async function groupsById(db: Db | Trx, ids: number[]): Promise<GroupRef[]> {
  return db
    .selectFrom('group')
    .select(['id', 'agency_id', 'display_name', 'primary_email'])
    .where((eb) => eb('id', 'in', sql<number>`(select value from json_each(${JSON.stringify(ids)}))`))
    .where('status', '=', 'active')
    .orderBy('display_name')
    .execute();
}

/** Where a disabled mailbox may still get mail from: its agency's postmaster. */
export async function postmasterOf(db: Db | Trx, mailbox: Pick<Row<'mailbox'>, 'agency_id'>) {
  const row = await db
    .selectFrom('agency')
    .select(['postmaster_email', 'name'])
    .where('id', '=', mailbox.agency_id)
    .executeTakeFirstOrThrow();
  return { postmaster: row.postmaster_email, agency: row.name };
}

/** Who may take over a list: an active mailbox of the agency, by its primary e-mail. */
export async function heirByAddress(db: Db | Trx, mailbox: Pick<Row<'mailbox'>, 'agency_id'>, address: string) {
  return db
    .selectFrom('mailbox')
    .select(['id', 'primary_email'])
    .where('primary_email', '=', address)
    .where('agency_id', '=', mailbox.agency_id)
    .where('status', '=', 'active')
    .executeTakeFirst();
}

/** The role of a mailbox's sign-in. */
export async function roleOf(db: Db | Trx, mailbox: Pick<Row<'mailbox'>, 'user_id'>) {
  const row = await db.selectFrom('user').select('role').where('id', '=', mailbox.user_id).executeTakeFirstOrThrow();
  return row.role;
}

export type DeletedMailbox = Pick<
  Row<'mailbox'>,
  'id' | 'display_name' | 'primary_email' | 'login_id' | 'deleted_at'
> & { by: string | null; reason: string | null };

/** SOP 4.12: the mailboxes that were deleted, with who asked for it and why. */
export async function listDeleted(db: Db, actor: Actor, query: ListQuery): Promise<Found<DeletedMailbox>> {
  const { by } = query.filters;
  const columns = by === 'display_name' || by === 'primary_email' ? [by] : ['display_name', 'primary_email'];
  let found = withinReach(db.selectFrom('mailbox'), actor, 'mailbox.agency_id').where('mailbox.status', '=', 'deleted');
  if (query.q !== '')
    found = found.where(
      anyContains(
        query.q,
        columns.map((name) => `mailbox.${name}`),
      ),
    );
  const ended = (column: 'by' | 'reason') => sql<string | null>`(
    select ${column === 'by' ? sql`u.full_name` : sql`t.reason`} from termination t join user u on u.id = t.requested_by
    where t.mailbox_id = mailbox.id and t.status = 'carried-out' order by t.id desc limit 1)`;
  return onePage(
    db,
    found
      .select(['mailbox.id', 'display_name', 'primary_email', 'login_id', 'deleted_at'])
      .select([ended('by').as('by'), ended('reason').as('reason')]),
    query,
    'mailbox.id',
  );
}
