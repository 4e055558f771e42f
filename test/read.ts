import { sql } from 'kysely';
import type { Row } from '../src/data/schema.ts';
import type { AuditAction } from '../src/texts.ts';
import type { ItemType } from '../src/trail/items.ts';
import type { Ipms } from './helper.ts';
import type { Mailbox } from './make.ts';

// What tests look for in the database. Rows come oldest first.

type Kept = Pick<Ipms, 'db'>;

/** What was audited about an item, or what of it under one action. */
export async function trailOf({ db }: Kept, type: ItemType, id: number, action?: AuditAction) {
  const rows = db.selectFrom('audit').selectAll().where('item_type', '=', type).where('item_id', '=', id);
  const those = action === undefined ? rows : rows.where('action', '=', action);
  return those.orderBy('id').execute();
}

/** What was done to an item, by the names of its actions. */
export async function actionsOf(kept: Kept, type: ItemType, id: number) {
  return (await trailOf(kept, type, id)).map((row) => row.action);
}

/** The records about an item, or those of one procedure. */
export async function recordsOf({ db }: Kept, type: ItemType, id: number, sop?: string) {
  const rows = db.selectFrom('record').selectAll().where('item_type', '=', type).where('item_id', '=', id);
  return (sop === undefined ? rows : rows.where('sop', '=', sop)).orderBy('id').execute();
}

/** The code or link that waits to be mailed, as it will be. */
export const openedSecret = sql<string | null>`open_secret(secret)`.as('secret');

/** The mails about an item, or those of one number. */
export async function mailsOf({ db }: Kept, type: ItemType, id: number, mail?: string) {
  const rows = db
    .selectFrom('outbox')
    .selectAll()
    .select(openedSecret)
    .where('item_type', '=', type)
    .where('item_id', '=', id);
  return (mail === undefined ? rows : rows.where('mail', '=', mail)).orderBy('id').execute();
}

/** All mails of a number, whatever they are about. */
export async function mailsNumbered({ db }: Kept, mail: string) {
  return db.selectFrom('outbox').selectAll().select(openedSecret).where('mail', '=', mail).orderBy('id').execute();
}

/** What the directory has to be brought in step with, of one kind. */
export async function dueInDirectory({ db }: Kept, type: Row<'directory_object'>['item_type']) {
  const rows = db.selectFrom('directory_object').select('item_id').where('item_type', '=', type);
  return (await rows.where('state', '=', 'due').orderBy('item_id').execute()).map((row) => row.item_id);
}

/** A person's sign-in as it is now. */
export async function person({ db }: Kept, login: string) {
  return db.selectFrom('user').selectAll().where('login_id', '=', login).executeTakeFirstOrThrow();
}

/** The sign-in of a mailbox's person as it is now. */
export async function userOf({ db }: Kept, mailbox: Mailbox) {
  return db.selectFrom('user').selectAll().where('id', '=', mailbox.user_id).executeTakeFirstOrThrow();
}

/** A mailbox as it is now, by its login ID. */
export async function mailboxOf({ db }: Kept, login: string) {
  return db.selectFrom('mailbox').selectAll().where('login_id', '=', login).executeTakeFirstOrThrow();
}

/** A mailbox that a test has, as it is now. */
export async function mailboxNow({ db }: Kept, { id }: Pick<Row<'mailbox'>, 'id'>) {
  return db.selectFrom('mailbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** The number of the mailbox that has a primary address. */
export async function mailboxId({ db }: Kept, address: string) {
  const query = db.selectFrom('mailbox').select('id').where('primary_email', '=', address);
  return (await query.executeTakeFirstOrThrow()).id;
}

/** The number of the row that came last. */
export async function newestId(
  { db }: Kept,
  table: 'access_code_request' | 'account_request' | 'list_change_request' | 'termination' | 'ticket',
) {
  return (await db.selectFrom(table).select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()).id;
}

/** The number in a page's address. */
export const numberOf = (place: string) => Number(/(\d+)\D*$/.exec(place)?.[1]);
