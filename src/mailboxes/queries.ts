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
