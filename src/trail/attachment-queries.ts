import { sql } from 'kysely';
import type { Actor } from '../base/actor.ts';
import { NotFound } from '../base/errors.ts';
import type { Db, Trx } from '../data/database.ts';
import { withinReach } from '../data/reach.ts';
import type { Row } from '../data/schema.ts';

export type Attachment = Row<'attachment'>;
/** What a file belongs to; an order about a mailbox is one of its own. */
export type Holder = { kind: Attachment['holder']; id: number };

/** The files that belong to a thing, in the order in which they came. */
export async function attachmentsOf(db: Db | Trx, holder: Holder): Promise<Attachment[]> {
  return db
    .selectFrom('attachment')
    .selectAll()
    .where('holder', '=', holder.kind)
    .where('holder_id', '=', holder.id)
    .orderBy('id')
    .execute();
}

/**
 * A file of something that the actor may see; those of a transfer are for both of its agencies.
 * @throws NotFound also for another agency's
 */
export async function findAttachment(db: Db, actor: Actor, id: number): Promise<Attachment> {
  const own = actor.agencyId ?? 0;
  const readBy = sql<number>`iif(holder = 'transfer',
    (select case ${own} when from_agency_id then from_agency_id else to_agency_id end
      from transfer where transfer.id = holder_id),
    attachment.agency_id)`;
  const row = await withinReach(db.selectFrom('attachment').selectAll(), actor, readBy)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** A file, and how many bytes it has. */
type File = Pick<Attachment, 'id' | 'file_size'>;

/** Are all of a file's bytes there? */
export async function isHeld(db: Db, { id, file_size }: File): Promise<boolean> {
  const row = await db
    .selectFrom('attachment_content')
    .select(({ fn }) => fn.sum<number | null>(fn('length', ['bytes'])).as('size'))
    .where('attachment_id', '=', id)
    .executeTakeFirst();
  return row?.size === file_size;
}

/** A file's bytes; undefined when somebody took some of them out of the database. */
export async function bytesOf(db: Db, { id, file_size }: File): Promise<Buffer | undefined> {
  const pieces = await db
    .selectFrom('attachment_content')
    .select('bytes')
    .where('attachment_id', '=', id)
    .orderBy('piece')
    .execute();
  const bytes = Buffer.concat(pieces.map((piece) => piece.bytes));
  return bytes.length === file_size ? bytes : undefined;
}
