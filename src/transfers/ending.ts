import type { Act } from '../data/act.ts';
import { letGo } from './allocation.ts';
import { findTransfer, type Transfer } from './queries.ts';
import { move, otherSide, overAlready, partiesOf, recordForBoth, refuseOwn, tell } from './transfer.ts';

/**
 * Whoever began takes the request back; once it is agreed, either side may, until the day.
 * @returns the addresses mailed
 * @throws NotFound, Conflict when it was answered or has ended; RuleBroken for whom it is about
 */
export async function withdrawTransfer(act: Act, id: number) {
  const { row, side } = await findTransfer(act.trx, act.actor, id);
  const may = row.status === 'agreed' || (row.status === 'requested' && side === row.begun_by);
  if (side === null || !may) throw overAlready(row, side);
  await refuseOwn(act.trx, act.actor, row);
  const withdrawn = await end(act, row, 'withdrawn');
  const mailed = await tell(act, otherSide(side), 'withdrawn', withdrawn);
  // whether anybody was there to be told is not for the receiving side to know
  return side === 'receiving' && row.agreed_at === null ? [] : mailed;
}

/** Nobody answered in time, or gave the package, or the account was deleted meanwhile. */
export async function expire(act: Act, row: Transfer) {
  const expired = await end(act, row, 'expired');
  const sides = row.status === 'agreed' ? partiesOf(row).map((party) => party.side) : [row.begun_by];
  for (const side of sides) await tell(act, side, 'expired', expired);
}

async function end(act: Act, row: Transfer, status: 'withdrawn' | 'expired') {
  const ended = await move(act.trx, row, {
    status,
    ended_by: act.actor.name,
    ended_at: act.now.toISOString(),
    holds_address: 0,
  });
  await letGo(act.trx, row);
  const facts = { before: { status: row.status }, after: { status } };
  await recordForBoth(act, `transfer.${status}`, ended, facts);
  return ended;
}
