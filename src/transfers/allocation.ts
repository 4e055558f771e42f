import type { Db, Trx } from '../data/database.ts';
import type { Package, ServiceType } from '../data/schema.ts';
import type { Mailbox } from '../mailboxes/queries.ts';
import type { Details } from '../officers/details.ts';
import type { Transfer } from './queries.ts';

/** What the receiving agency gives: an address of its own, the package, and the post that the officer takes. */
export type Allocation = Details & {
  primary_email: string;
  package: Package;
  grade: string | null;
  storage_mb: number;
  services: string[];
  service_type: ServiceType;
  supervisor_email: string | null;
};

/** What the receiving agency has given so far, or null. */
export function allocationOf(row: Pick<Transfer, 'allocation'>): Allocation | null {
  return row.allocation === null ? null : (JSON.parse(row.allocation) as Allocation);
}

/** The mailbox of a transfer, whichever agency it is in. */
export async function mailboxOf(db: Db | Trx, row: Pick<Transfer, 'mailbox_id'>): Promise<Mailbox> {
  return db
    .selectFrom('mailbox')
    .selectAll()
    .where('id', '=', row.mailbox_id ?? 0)
    .executeTakeFirstOrThrow();
}

/** The address that was kept for an officer who does not come, or gets another one, is free again. */
export async function letGo(trx: Trx, row: Transfer) {
  const address = allocationOf(row)?.primary_email;
  if (row.holds_address !== 1 || address === undefined) return;
  await trx
    .deleteFrom('address')
    .where('address', '=', address)
    .where('kind', '=', 'reserved')
    .where('item_id', '=', row.mailbox_id)
    .execute();
}
