import { sql } from 'kysely';
import { type Actor, userOf } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import type { Db, Trx } from '../data/database.ts';
import { fixedRead } from '../data/fixed-read.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import type { Row } from '../data/schema.ts';

export type Own = { user: Row<'user'>; mailbox: Row<'mailbox'> | null };

/** The actor's own rows. Administrators without a mailbox, and the helpdesk, have none. */
export async function findOwn(db: Db | Trx, actor: Actor): Promise<Own> {
  const user = await userById(db, userOf(actor));
  if (user === undefined) throw new NotFound();
  return { user, mailbox: (await mailboxOf(db, user.id)) ?? null };
}

const userById = fixedRead((db, id: number) => db.selectFrom('user').selectAll().where('id', '=', id));
const mailboxOf = fixedRead((db, userId: number) => db.selectFrom('mailbox').selectAll().where('user_id', '=', userId));

/** The sign-in before the present one: when, and from which network address. */
export async function previousSignIn(db: Db, actor: Actor) {
  return (await signInBeforeLast(db, userOf(actor))) ?? null;
}

const signInBeforeLast = fixedRead((db, userId: number) =>
  db
    .selectFrom('audit')
    .select(['at', 'address'])
    .where('item_type', '=', 'user')
    .where('item_id', '=', userId)
    .where('action', '=', 'user.signed-in')
    .orderBy('id', 'desc')
    .limit(1)
    .offset(1),
);

/** `passkey`: the name of the one that it was done with. */
export type OwnTry = { at: string; address: string; isRight: boolean; passkey: string | null };
const LATEST = 5;

/** The latest sign-ins of the actor, and the latest wrong tries of the actor's password, code or passkey, newest first. */
export async function latestTries(db: Db, actor: Actor): Promise<OwnTry[]> {
  const right = await db
    .selectFrom('audit')
    .select(['at', 'address'])
    .where('item_type', '=', 'user')
    .where('item_id', '=', userOf(actor))
    .where('action', '=', 'user.signed-in')
    .orderBy('id', 'desc')
    .select('after')
    .limit(LATEST)
    .execute();
  const wrong = await db
    .selectFrom('refused_try')
    .select(['at', 'address'])
    .where('user_id', '=', userOf(actor))
    .where('what', 'in', ['password', 'code', 'passkey'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(LATEST)
    .execute();
  return [
    ...right.map(({ after, ...row }) => ({ ...row, isRight: true, passkey: passkeyIn(after) })),
    ...wrong.map((row) => ({ ...row, isRight: false, passkey: null })),
  ].sort((one, other) => other.at.localeCompare(one.at));
}

const passkeyIn = (after: string | null) =>
  ((after === null ? {} : JSON.parse(after)) as { passkey?: string }).passkey ?? null;

/** What was done to the actor's sign-in since the last time that the actor signed in: that one first. */
export async function sinceSignIn(db: Db, actor: Actor) {
  return db
    .selectFrom('audit')
    .selectAll()
    .where('item_type', '=', 'user')
    .where('item_id', '=', userOf(actor))
    .where('id', '>=', (eb) =>
      eb
        .selectFrom('audit')
        .select((max) => max.fn.coalesce(max.fn.max('id'), max.lit(0)).as('last'))
        .where('item_type', '=', 'user')
        .where('item_id', '=', userOf(actor))
        .where('action', '=', 'user.signed-in'),
    )
    .orderBy('id')
    .execute();
}

/** Is this one of the mailbox's addresses: what cannot be read without the password? */
export async function isOwnAddress(trx: Db | Trx, own: Pick<Own, 'user' | 'mailbox'>, address: string) {
  if (address === own.user.email) return true;
  const found = await trx
    .selectFrom('address')
    .select('address')
    .where('address', '=', address)
    .where('kind', 'in', ['mailbox', 'alias'])
    .where('item_id', '=', own.mailbox?.id ?? 0)
    .executeTakeFirst();
  return found !== undefined;
}

export type OwnGroup = {
  id: number;
  display_name: string;
  primary_email: string;
  member_since: string | null;
  owner: number | null;
  leaving: Row<'group'>['leaving'];
  /** It was asked for already to leave it. */
  waits: number;
};

/** The mailing lists that a mailbox is a member or an owner of. */
export async function listOwnGroups(
  db: Db,
  mailbox: Pick<Row<'mailbox'>, 'id' | 'user_id'>,
  query: ListQuery,
): Promise<Found<OwnGroup>> {
  let found = db
    .selectFrom('group')
    .leftJoin('membership', (join) =>
      join
        .onRef('membership.group_id', '=', 'group.id')
        .on('membership.member_type', '=', 'mailbox')
        .on('membership.member_id', '=', mailbox.id)
        .on('membership.until', 'is', null),
    )
    .leftJoin('group_owner', (join) =>
      join.onRef('group_owner.group_id', '=', 'group.id').on('group_owner.mailbox_id', '=', mailbox.id),
    )
    .where('group.status', '=', 'active')
    .where('group.id', 'in', (eb) =>
      eb
        .selectFrom('membership')
        .select('group_id')
        .where('member_type', '=', 'mailbox')
        .where('member_id', '=', mailbox.id)
        .where('until', 'is', null)
        .union(eb.selectFrom('group_owner').select('group_id').where('mailbox_id', '=', mailbox.id)),
    );
  const { as } = query.filters;
  if (as === 'member') found = found.where('membership.id', 'is not', null);
  if (as === 'owner') found = found.where('group_owner.group_id', 'is not', null);
  if (query.q !== '') found = found.where(anyContains(query.q, ['group.display_name', 'group.primary_email']));
  return onePage(
    db,
    found.select([
      'group.id',
      'group.display_name',
      'group.primary_email',
      'membership.since as member_since',
      'group_owner.group_id as owner',
      'group.leaving',
      sql<number>`exists (select 1 from list_change_request r where r.group_id = "group".id
        and r.requested_by = ${mailbox.user_id} and r.kind = 'leave' and r.status = 'requested')`.as('waits'),
    ]),
    query,
    'group.id',
  );
}

export type OwnSession = Pick<Row<'session'>, 'id' | 'address' | 'agent' | 'created_at' | 'seen_at'>;

/** The sessions of a person that have not expired. */
export async function listOwnSessions(db: Db, actor: Actor, query: ListQuery, now: Date): Promise<Found<OwnSession>> {
  let found = db.selectFrom('session').where('user_id', '=', userOf(actor)).where('expires_at', '>', now.toISOString());
  if (query.q !== '') found = found.where(anyContains(query.q, ['address', 'agent']));
  return onePage(db, found.select(['id', 'address', 'agent', 'created_at', 'seen_at']), query);
}
