import type { Actor } from '../base/actor.ts';
import type { Db, Trx } from '../data/database.ts';

/** Who an administrator is on mails and slips: agency, name, and the office telephone of the own mailbox where it is known. */
export async function findSender(db: Db | Trx, actor: Actor): Promise<{ agency: string; name: string; phone: string }> {
  const agency = await db
    .selectFrom('agency')
    .select('name')
    .where('id', '=', actor.agencyId ?? 0)
    .executeTakeFirstOrThrow();
  const mailbox = await db
    .selectFrom('mailbox')
    .select('office_phone')
    .where('user_id', '=', actor.userId)
    .executeTakeFirst();
  return { agency: agency.name, name: actor.name, phone: mailbox?.office_phone ?? '' };
}
