import { checkAgencyAddress, claimAddress } from '../addresses/addresses.ts';
import { DAY, dayOf, later, startOfDay } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Trx } from '../data/database.ts';
import { readSystemSettings } from '../data/system-settings.ts';
import { together } from '../forms/together.ts';
import type { Mailbox } from '../mailboxes/queries.ts';
import { checkLimit, refuseWithoutGrade } from '../officers/allocation.ts';
import { type Allocation, allocationOf, letGo, mailboxOf } from './allocation.ts';
import { carryOut } from './carrying-out.ts';
import { findTransfer, isOwnAddress, type Side, type Transfer } from './queries.ts';
import { hindranceOf, move, overAlready, recordForBoth, tell } from './transfer.ts';

/**
 * The receiving agency gives address and package, and by that agrees to an officer who was offered to it. The address is
 * kept for the officer from now on. When the day has come and nothing hinders it, the officer moves at once.
 * @returns whether the officer has moved, and the addresses mailed
 * @throws NotFound; RuleBroken beside a field; Conflict when it was answered or has ended
 */
export async function allocate(act: Act, id: number, input: Allocation) {
  const { row, side } = await findTransfer(act.trx, act.actor, id);
  refuseGiving(row, side);
  const offered = row.status === 'requested';
  const mailbox = await mailboxOf(act.trx, row);
  const [holds] = await together(
    () => hold(act.trx, row, mailbox, input.primary_email, act.now),
    () => refuseWithoutGrade(mailbox, input),
    () => checkLimit(act.trx, { ...input, login_id: mailbox.login_id }),
  );
  const holds_address = Number(holds);
  const agreed = offered
    ? { status: 'agreed' as const, agreed_by: act.actor.name, agreed_at: act.now.toISOString() }
    : {};
  const given = await move(act.trx, row, { ...agreed, allocation: JSON.stringify(input), holds_address });
  const facts = { before: { ...allocationOf(row) }, after: { ...input } };
  await recordForBoth(act, offered ? 'transfer.agreed' : 'transfer.allocated', given, facts);
  const mailed = offered ? await tell(act, 'releasing', 'agreed', given) : [];
  if (row.effective_on > dayOf(act.now) || (await hindranceOf(act.trx, mailbox)) !== null)
    return { carriedOut: false, mailed };
  return { carriedOut: true, mailed: [...mailed, ...(await carryOut(act, given))] };
}

/** Only the receiving agency gives, and only when it knows whom it is about. @throws Conflict */
export function refuseGiving(row: Transfer, side: Side | null) {
  const offered = row.status === 'requested' && row.begun_by === 'releasing';
  if (side !== 'receiving' || !(offered || row.status === 'agreed')) throw overAlready(row, side);
}

/**
 * Keeps an address for the officer until long after the day.
 * @returns false when it is the officer's own already
 * @throws RuleBroken beside `primary_email`
 */
async function hold(trx: Trx, row: Transfer, mailbox: Mailbox, address: string, now: Date) {
  const before = allocationOf(row)?.primary_email;
  if (address === before) return row.holds_address === 1;
  await checkAgencyAddress(trx, row.to_agency_id, address, 'primary_email');
  const own = await isOwnAddress(trx, mailbox, address);
  if (!own) {
    await claimAddress(
      trx,
      { address, kind: 'reserved', agencyId: row.to_agency_id, itemId: mailbox.id },
      'primary_email',
    );
    const { addressReservationDays } = await readSystemSettings(trx);
    const from = startOfDay(row.effective_on) > now ? startOfDay(row.effective_on) : now;
    await trx
      .updateTable('address')
      .set({ reserved_until: later(from, addressReservationDays * DAY).toISOString() })
      .where('address', '=', address)
      .execute();
  }
  await letGo(trx, row);
  return !own;
}
