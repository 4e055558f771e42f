import type { Db, Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';

/** What is planned for a mailbox, in force, or asked for: who ordered it, when, why, until when. */
export async function plannedFor(db: Db | Trx, mailboxId: number) {
  return {
    disabling: await openDisabling(db, mailboxId),
    termination: await openTermination(db, mailboxId),
    correction: await openCorrection(db, mailboxId),
  };
}

export type Disabling = Row<'disabling'> & { by: string };

export type Termination = Row<'termination'> & { by: string };

export function disablings(db: Db | Trx) {
  return db
    .selectFrom('disabling')
    .innerJoin('user', 'user.id', 'disabling.ordered_by')
    .selectAll('disabling')
    .select('user.full_name as by');
}

export function terminations(db: Db | Trx) {
  return db
    .selectFrom('termination')
    .innerJoin('user', 'user.id', 'termination.requested_by')
    .selectAll('termination')
    .select('user.full_name as by');
}

/** What disables a mailbox now or is going to, with who ordered it. */
export async function openDisabling(db: Db | Trx, mailboxId: number): Promise<Disabling | undefined> {
  return disablings(db)
    .where('disabling.mailbox_id', '=', mailboxId)
    .where('disabling.status', 'in', ['planned', 'in-force'])
    .executeTakeFirst();
}

/** The request to end a mailbox that is still to be carried out. */
export async function openTermination(db: Db | Trx, mailboxId: number): Promise<Termination | undefined> {
  return terminations(db)
    .where('termination.mailbox_id', '=', mailboxId)
    .where('termination.status', '=', 'requested')
    .executeTakeFirst();
}

/** The correction of what the person is known by that waits to be confirmed, with who asked for it. */
export async function openCorrection(db: Db | Trx, mailboxId: number) {
  return db
    .selectFrom('correction')
    .innerJoin('user', 'user.id', 'correction.requested_by')
    .select(['correction.id', 'requested_at', 'user.full_name as by'])
    .where('mailbox_id', '=', mailboxId)
    .where('correction.status', '=', 'requested')
    .executeTakeFirst();
}
