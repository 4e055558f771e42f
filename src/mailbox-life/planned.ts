import type { Db, Trx } from '../platform/database.ts';
import { openDisabling, openTermination } from './queries.ts';

export type { Disabling, List, Termination } from './queries.ts';

/** What is planned for a mailbox, or in force: who ordered it, when, why, until when. */
export async function plannedFor(db: Db | Trx, mailboxId: number) {
  return {
    disabling: await openDisabling(db, mailboxId),
    termination: await openTermination(db, mailboxId),
  };
}
