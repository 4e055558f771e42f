import type { Actor } from '../platform/actor.ts';
import { change } from '../platform/change.ts';
import type { Db, Trx } from '../platform/database.ts';
import { letGo } from './given.ts';
import { findTransfer, type Transfer } from './queries.ts';
import { move, otherSide, overAlready, partiesOf, recordForBoth, refuseOwn, tell } from './transfer.ts';

/**
 * Whoever began takes the request back; once it is agreed, either side may, until the day.
 * @returns the addresses mailed
 * @throws NotFound, Conflict when it was answered or has ended; RuleBroken for whom it is about
 */
export async function withdrawTransfer(db: Db, actor: Actor, id: number, now: Date) {
  return change(db, actor, now, async (trx) => {
    const { row, side } = await findTransfer(trx, actor, id);
    const may = row.status === 'agreed' || (row.status === 'requested' && side === row.begun_by);
    if (side === null || !may) throw overAlready(row, side);
    await refuseOwn(trx, actor, row);
    const withdrawn = await end(trx, actor, row, 'withdrawn', now);
    const mailed = await tell(trx, actor, otherSide(side), 'withdrawn', withdrawn, now);
    // whether anybody was there to be told is not for the receiving side to know
    return side === 'receiving' && row.agreed_at === null ? [] : mailed;
  });
}

/** Nobody answered in time, or gave the package, or the account was deleted meanwhile. */
export async function expire(trx: Trx, actor: Actor, row: Transfer, now: Date) {
  const expired = await end(trx, actor, row, 'expired', now);
  const sides = row.status === 'agreed' ? partiesOf(row).map((party) => party.side) : [row.begun_by];
  for (const side of sides) await tell(trx, actor, side, 'expired', expired, now);
}

async function end(trx: Trx, actor: Actor, row: Transfer, status: 'withdrawn' | 'expired', now: Date) {
  const ended = await move(trx, row, { status, ended_by: actor.name, ended_at: now.toISOString(), holds_address: 0 });
  await letGo(trx, row);
  const facts = { before: { status: row.status }, after: { status } };
  await recordForBoth(trx, actor, `transfer.${status}`, ended, facts, now);
  return ended;
}
