import { checkAgencyAddress, claimAddress } from '../addresses/addresses.ts';
import { changeSender } from '../addresses/allowed-senders.ts';
import type { Act } from '../data/act.ts';
import { eachTogether } from '../forms/together.ts';
import type { Mailbox } from './queries.ts';

/**
 * Gives a mailbox its addresses in the one registry: the primary one and the further ones. What it has already only
 * changes its kind; the rest is claimed, and what is left over is given up.
 * @param keepFormer a former primary address becomes a further one
 * @returns the further addresses, sorted
 * @throws RuleBroken beside `primary_email` or `aliases`
 */
export async function setAddresses(
  act: Act,
  { id, agency_id, primary_email: former }: Mailbox,
  { primary_email, aliases }: { primary_email: string; aliases: string[] },
  keepFormer: boolean,
) {
  const further = new Set(keepFormer ? [...aliases, former] : aliases);
  further.delete(primary_email);
  const held = await act.trx
    .selectFrom('address')
    .select(['address', 'kind'])
    .where('kind', 'in', ['mailbox', 'alias'])
    .where('item_id', '=', id)
    .execute();
  const has = new Map(held.map((row) => [row.address, row.kind]));
  const wanted = [
    { address: primary_email, kind: 'mailbox', field: 'primary_email' },
    ...[...further].map((address) => ({ address, kind: 'alias', field: 'aliases' }) as const),
  ] as const;
  await eachTogether(wanted, async ({ address, kind, field }) => {
    if (has.get(address) === kind) return;
    if (has.has(address)) {
      // a further address may be of the agency that the person came from: then it is not this one's to give
      if (kind === 'mailbox') await checkAgencyAddress(act.trx, agency_id, address, field);
      await act.trx.updateTable('address').set({ kind }).where('address', '=', address).execute();
      return;
    }
    await checkAgencyAddress(act.trx, agency_id, address, field);
    await claimAddress(act.trx, { address, kind, agencyId: agency_id, itemId: id }, field);
  });
  const left = held.map((row) => row.address).filter((each) => each !== primary_email && !further.has(each));
  for (const from of left) {
    await act.trx.deleteFrom('address').where('address', '=', from).execute();
    await changeSender(act, { from, to: primary_email, sop: '4.7' });
  }
  return [...further].sort();
}
