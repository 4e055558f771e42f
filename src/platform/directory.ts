import type { Actor } from './actor.ts';
import type { Item } from './audit.ts';
import { actName } from './change.ts';
import type { Trx } from './database.ts';

/** What the directory has to follow: it reads the item's present state when it does the work. */
export type DirectoryOperation =
  | 'create'
  | 'update'
  | 'disable'
  | 'enable'
  | 'delete'
  | 'restore'
  | 'move'
  | 'password'
  | 'members';

/** Leaves work for the agency's directory, in the transaction of the change that it mirrors. Whoever keeps the directory takes it from there. */
export async function enqueueDirectoryJob(
  trx: Trx,
  actor: Actor,
  operation: DirectoryOperation,
  item: Item & { agencyId: number },
  now: Date,
) {
  await trx
    .insertInto('directory_job')
    .values({
      act: actName(actor),
      agency_id: item.agencyId,
      operation,
      item_type: item.type,
      item_id: item.id,
      created_at: now.toISOString(),
    })
    .execute();
}
