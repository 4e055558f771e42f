import { type Act, actName } from '../data/act.ts';
import type { Item } from './items.ts';

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
export async function enqueueDirectoryJob(act: Act, operation: DirectoryOperation, item: Item & { agencyId: number }) {
  await act.trx
    .insertInto('directory_job')
    .values({
      act: actName(act.actor),
      agency_id: item.agencyId,
      operation,
      item_type: item.type,
      item_id: item.id,
      created_at: act.now.toISOString(),
    })
    .execute();
}
