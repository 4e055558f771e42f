import { handOverLists } from '../mailbox-life/handing-over.ts';
import { findMailbox } from '../mailboxes/mailbox.ts';
import type { Actor } from '../platform/actor.ts';
import { change } from '../platform/change.ts';
import type { Db } from '../platform/database.ts';
import { isTaken } from '../platform/database.ts';
import { Conflict } from '../platform/errors.ts';
import type { ReleaseTerms } from './begin.ts';
import { findTransfer } from './queries.ts';
import {
  expiryAfter,
  move,
  otherSide,
  overAlready,
  recordForBoth,
  refuseOwn,
  refuseRelease,
  tell,
} from './transfer.ts';

/**
 * The releasing agency lets an officer go whom another one asked for: from now on that one knows who it is, and gives the
 * new address and package. Lists that the officer owns alone go to somebody else.
 * @returns the addresses mailed
 * @throws NotFound; RuleBroken or InvalidForm beside a field; Conflict when it was answered, or the officer leaves already
 */
export async function agreeToRelease(db: Db, actor: Actor, id: number, terms: ReleaseTerms, now: Date) {
  return change(db, actor, now, async (trx) => {
    const { row, side } = await findTransfer(trx, actor, id);
    if (row.status !== 'requested' || side !== 'releasing' || row.begun_by !== 'receiving')
      throw overAlready(row, side);
    const mailbox = await findMailbox(trx, actor, row.mailbox_id ?? 0);
    await refuseRelease(trx, actor, mailbox, terms.leave_without);
    const agreed = await move(trx, row, {
      status: 'agreed',
      agreed_by: actor.name,
      agreed_at: now.toISOString(),
      keep_address: Number(terms.keep_address),
      person_name: mailbox.display_name,
      former_email: mailbox.primary_email,
      expires_on: expiryAfter(now),
    }).catch((error: unknown) => {
      if (isTaken(error, 'transfer.mailbox_id')) throw new Conflict('transfer.notYours');
      throw error;
    });
    await handOverLists(trx, actor, mailbox, { all: terms.new_owner, byList: new Map() }, now);
    const facts = { before: { status: 'requested' }, after: { status: 'agreed', keep_address: terms.keep_address } };
    await recordForBoth(trx, actor, 'transfer.agreed', agreed, facts, now);
    return tell(trx, actor, 'receiving', 'agreed', agreed, now);
  });
}

/**
 * The other side says no, with a reason that is mailed.
 * @returns the addresses mailed
 * @throws NotFound, Conflict; RuleBroken for whom it is about
 */
export async function refuseTransfer(db: Db, actor: Actor, id: number, input: { reason: string }, now: Date) {
  return change(db, actor, now, async (trx) => {
    const { row, side } = await findTransfer(trx, actor, id);
    if (row.status !== 'requested' || side === null || side === row.begun_by) throw overAlready(row, side);
    await refuseOwn(trx, actor, row);
    const { reason } = input;
    const ended = { ended_by: actor.name, ended_at: now.toISOString() };
    const refused = await move(trx, row, { status: 'refused', reason, ...ended });
    const facts = { before: { status: 'requested' }, after: { status: 'refused', refusal: reason } };
    await recordForBoth(trx, actor, 'transfer.refused', refused, facts, now);
    return tell(trx, actor, otherSide(side), 'refused', refused, now);
  });
}
