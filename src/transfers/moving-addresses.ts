import { agencyDomains, claimAddress } from '../addresses/addresses.ts';
import type { Trx } from '../data/database.ts';
import type { Mailbox } from '../mailboxes/queries.ts';
import { isOwnAddress, type Transfer } from './queries.ts';

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1);

/**
 * The new primary address, and what becomes of the old ones. It is for the releasing agency to say, since they are in its
 * mail domains: mail to them arrives for as long as a given up address is kept, or they are kept from everybody so long.
 * @returns the addresses of the releasing agency, for the day on which they are free
 * @throws RuleBroken beside `primary_email` when the new one has gone to somebody else
 */
export async function moveAddresses(trx: Trx, row: Transfer, mailbox: Mailbox, address: string, until: Date) {
  const held = await trx
    .selectFrom('address')
    .select('address')
    .where('kind', 'in', ['mailbox', 'alias'])
    .where('item_id', '=', mailbox.id)
    .where('address', '!=', address)
    .orderBy('address')
    .execute();
  await takeNew(trx, row, mailbox, address);
  const theirs = await agencyDomains(trx, mailbox.agency_id);
  const old = held.map((each) => each.address).filter((each) => theirs.includes(domainOf(each)));
  const reserved = { kind: 'reserved', agency_id: mailbox.agency_id, reserved_until: until.toISOString() } as const;
  const further = { kind: 'alias', agency_id: row.to_agency_id } as const;
  for (const { address: each } of held)
    await trx
      .updateTable('address')
      .set(old.includes(each) && row.keep_address === 0 ? reserved : further)
      .where('address', '=', each)
      .execute();
  return old;
}

/** What was kept for the officer, or was the officer's own all the time, else what is free. */
async function takeNew(trx: Trx, row: Transfer, mailbox: Mailbox, address: string) {
  const theirs = row.holds_address === 1 || (await isOwnAddress(trx, mailbox, address));
  const taken = await trx
    .updateTable('address')
    .set({ kind: 'mailbox', agency_id: row.to_agency_id, reserved_until: null })
    .where('address', '=', address)
    .where('item_id', '=', theirs ? mailbox.id : 0)
    .where('kind', 'in', ['reserved', 'alias'])
    .executeTakeFirstOrThrow();
  if (taken.numUpdatedRows > 0n) return;
  await claimAddress(
    trx,
    { address, kind: 'mailbox', agencyId: row.to_agency_id, itemId: mailbox.id },
    'primary_email',
  );
}
