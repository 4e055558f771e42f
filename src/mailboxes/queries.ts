import { sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import { DAY, later, startOfDay } from '../base/time.ts';
import type { Db, Trx } from '../data/database.ts';
import { anyContains, type Found, type ListQuery, onePage } from '../data/paging.ts';
import { withinReach } from '../data/reach.ts';
import type { Row } from '../data/schema.ts';

export type Mailbox = Row<'mailbox'>;

/** @throws NotFound also for another agency's */
export async function findMailbox(db: Db | Trx, actor: Actor, id: number): Promise<Mailbox> {
  const row = await withinReach(db.selectFrom('mailbox').selectAll(), actor).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** The addresses on Accept Message From, sorted; none when it takes mail from all senders. */
export async function acceptedSenders(db: Db | Trx, mailbox: Pick<Mailbox, 'id'>): Promise<string[]> {
  const rows = await db
    .selectFrom('accepted_sender')
    .select('address')
    .where('mailbox_id', '=', mailbox.id)
    .orderBy('address')
    .execute();
  return rows.map((row) => row.address);
}

/** The further addresses of a mailbox, sorted. */
export async function aliasesOf(db: Db | Trx, mailbox: Pick<Mailbox, 'id'>): Promise<string[]> {
  const rows = await db
    .selectFrom('address')
    .select('address')
    .where('kind', '=', 'alias')
    .where('item_id', '=', mailbox.id)
    .orderBy('address')
    .execute();
  return rows.map((row) => row.address);
}

/** The sign-in of a mailbox. */
export async function signInOf(db: Db | Trx, mailbox: Pick<Mailbox, 'user_id'>): Promise<Row<'user'>> {
  return db.selectFrom('user').selectAll().where('id', '=', mailbox.user_id).executeTakeFirstOrThrow();
}

/** Was the mailbox asked for at the agency that has it now? Somebody who came from another one was not. */
export async function hasOwnRequest(db: Db, mailbox: Mailbox) {
  const request = await db
    .selectFrom('account_request')
    .select('id')
    .where('id', '=', mailbox.account_request_id ?? 0)
    .where('agency_id', '=', mailbox.agency_id)
    .executeTakeFirst();
  return request !== undefined;
}

/** Of some addresses, those that a mailbox, a list or the postmaster of the agency has. */
export async function sendersOfAgency(db: Db | Trx, { agency_id }: Pick<Mailbox, 'agency_id'>, addresses: string[]) {
  const { rows } = await sql<{ address: string }>`
    select address from address join json_each(${JSON.stringify(addresses)}) as asked on address = asked.value
    where agency_id = ${agency_id} and kind in ('postmaster', 'mailbox', 'alias', 'group')`.execute(db);
  return rows.map((row) => row.address);
}

/** What was done to a mailbox and its sign-in, without the daily coming and going. */
export async function listHistory(db: Db, mailbox: Mailbox, query: ListQuery): Promise<Found<Row<'audit'>>> {
  const { from, to } = query.filters;
  let found = db
    .selectFrom('audit')
    .where((eb) =>
      eb.or([
        eb.and([eb('item_type', '=', 'mailbox'), eb('item_id', '=', mailbox.id)]),
        eb.and([eb('item_type', '=', 'user'), eb('item_id', '=', mailbox.user_id)]),
      ]),
    )
    .where('action', '!=', 'user.signed-in');
  if (from) found = found.where('at', '>=', startOfDay(from).toISOString());
  if (to) found = found.where('at', '<', later(startOfDay(to), DAY).toISOString());
  if (query.q !== '') found = found.where(anyContains(query.q, ['actor_name', 'before', 'after']));
  return onePage(db, found.selectAll(), query);
}
