import { RuleBroken } from '../base/errors.ts';
import { isTaken, type Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import type { Mailbox } from '../mailboxes/queries.ts';

type Kept = Pick<Row<'address'>, 'address' | 'kind'>;

/** SOP 4.11: nobody else gets an ended mailbox's addresses until then. Returns them as the termination keeps them. */
export async function reserveAddresses(trx: Trx, mailbox: Mailbox, until: Date): Promise<string> {
  const theirs = await trx
    .selectFrom('address')
    .select(['address', 'kind'])
    .where('kind', 'in', ['mailbox', 'alias'])
    .where('item_id', '=', mailbox.id)
    .orderBy('address')
    .execute();
  await trx
    .updateTable('address')
    .set({ kind: 'reserved', reserved_until: until.toISOString() })
    .where('kind', 'in', ['mailbox', 'alias'])
    .where('item_id', '=', mailbox.id)
    .execute();
  return JSON.stringify(theirs);
}

/**
 * SOP 4.12: the very addresses that were kept are the mailbox's again.
 * @throws RuleBroken when one was freed and somebody else has it now
 */
export async function returnAddresses(trx: Trx, mailbox: Mailbox, addresses: string) {
  for (const { address, kind } of JSON.parse(addresses) as Kept[]) {
    const { numUpdatedRows } = await trx
      .updateTable('address')
      .set({ kind, reserved_until: null })
      .where('address', '=', address)
      .where('kind', '=', 'reserved')
      .where('item_id', '=', mailbox.id)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) await enterAgain(trx, mailbox, { address, kind });
  }
}

async function enterAgain(trx: Trx, mailbox: Mailbox, { address, kind }: Kept) {
  try {
    await trx
      .insertInto('address')
      .values({ address, kind, agency_id: mailbox.agency_id, item_id: mailbox.id })
      .execute();
  } catch (error) {
    if (isTaken(error, 'address.address')) throw new RuleBroken('life.addressGone', { address });
    throw error;
  }
}
