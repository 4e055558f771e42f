import { type Actor, agencyOf } from '../base/actor.ts';
import type { Db, Trx } from '../data/database.ts';

/** What the agency of something is called. */
export async function agencyNameOf(db: Db | Trx, { agency_id: id }: { agency_id: number }) {
  const { name } = await db.selectFrom('agency').select('name').where('id', '=', id).executeTakeFirstOrThrow();
  return name;
}

/** Who an administrator is on mails and slips: agency, name, and the office telephone of the own mailbox where it is known. */
export async function findSender(db: Db | Trx, actor: Actor): Promise<{ agency: string; name: string; phone: string }> {
  const mailbox = await db
    .selectFrom('mailbox')
    .select('office_phone')
    .where('user_id', '=', actor.userId)
    .executeTakeFirst();
  const agency = await agencyNameOf(db, { agency_id: agencyOf(actor) });
  return { agency, name: actor.name, phone: mailbox?.office_phone ?? '' };
}
