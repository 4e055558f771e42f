import type { Actor } from '../platform/actor.ts';
import type { Db, Trx } from '../platform/database.ts';
import { NotFound } from '../platform/errors.ts';
import { withinReach } from '../platform/reach.ts';
import type { Row } from '../platform/schema.ts';

export type Group = Row<'group'>;

/** @throws NotFound also for another agency's */
export async function findGroup(db: Db | Trx, actor: Actor, id: number): Promise<Group> {
  const row = await withinReach(db.selectFrom('group').selectAll(), actor).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound();
  return row;
}

/** The active lists whose only owner with an active mailbox is this one: nobody would look after them without it. */
export async function listsOwnedAlone(db: Db | Trx, mailboxId: number) {
  return db
    .selectFrom('group_owner as own')
    .innerJoin('group', 'group.id', 'own.group_id')
    .select(['group.id', 'group.display_name', 'group.primary_email'])
    .where('own.mailbox_id', '=', mailboxId)
    .where('group.status', '=', 'active')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('group_owner as other')
            .innerJoin('mailbox', 'mailbox.id', 'other.mailbox_id')
            .select('other.mailbox_id')
            .whereRef('other.group_id', '=', 'own.group_id')
            .where('other.mailbox_id', '!=', mailboxId)
            .where('mailbox.status', '=', 'active'),
        ),
      ),
    )
    .orderBy('group.display_name')
    .execute();
}
