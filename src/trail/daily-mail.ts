import { dayOf } from '../base/time.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Item } from './items.ts';

/** Was that mail about that thing written on this Kuala Lumpur day already? Asked again in the act: two processes may be due at once. */
export async function isMailedToday(db: Db | Trx, mail: string, { type, id }: Pick<Item, 'type' | 'id'>, now: Date) {
  const row = await db
    .selectFrom('outbox')
    .select('created_at')
    .where('item_type', '=', type)
    .where('item_id', '=', id)
    .where('mail', '=', mail)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined && dayOf(new Date(row.created_at)) >= dayOf(now);
}
