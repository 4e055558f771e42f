import type { Actor } from '../platform/actor.ts';
import type { Db, Trx } from '../platform/database.ts';
import { NotFound } from '../platform/errors.ts';
import { withinReach } from '../platform/reach.ts';
import type { Row } from '../platform/schema.ts';

export type Mailbox = Row<'mailbox'>;

/** @throws NotFound also for another agency's */
export async function findMailbox(db: Db | Trx, actor: Actor, id: number): Promise<Mailbox> {
  const row = await withinReach(db.selectFrom('mailbox').selectAll(), actor).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** The addresses on Accept Message From, sorted; none when it takes mail from all senders. */
export async function acceptedSenders(db: Db | Trx, mailboxId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('accepted_sender')
    .select('address')
    .where('mailbox_id', '=', mailboxId)
    .orderBy('address')
    .execute();
  return rows.map((row) => row.address);
}

/** The further addresses of a mailbox, sorted. */
export async function aliasesOf(db: Db | Trx, mailboxId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('address')
    .select('address')
    .where('kind', '=', 'alias')
    .where('item_id', '=', mailboxId)
    .orderBy('address')
    .execute();
  return rows.map((row) => row.address);
}

/** The sign-in of a mailbox. */
export async function signInOf(db: Db | Trx, mailbox: Pick<Mailbox, 'user_id'>): Promise<Row<'user'>> {
  return db.selectFrom('user').selectAll().where('id', '=', mailbox.user_id).executeTakeFirstOrThrow();
}

/** When administrators set a person's password (SOP 4.8), oldest first. */
export async function passwordChanges(db: Db, userId: number) {
  return db
    .selectFrom('audit')
    .selectAll()
    .where('item_type', '=', 'user')
    .where('item_id', '=', userId)
    .where('action', '=', 'user.password-changed')
    .where('sop', '=', '4.8')
    .orderBy('id')
    .execute();
}
