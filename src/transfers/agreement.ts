import { Conflict } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import { isTaken } from '../data/database.ts';
import { handOverGroups } from '../mailbox-life/handing-over.ts';
import { findMailbox } from '../mailboxes/queries.ts';
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
import type { ReleaseTerms } from './transfer-request.ts';

/**
 * The releasing agency lets an officer go whom another one asked for: from now on that one knows who it is, and gives the
 * new address and package. Lists that the officer owns alone go to somebody else.
 * @returns the addresses mailed
 * @throws NotFound; RuleBroken or InvalidForm beside a field; Conflict when it was answered, or the officer leaves already
 */
export async function agreeToRelease(act: Act, id: number, terms: ReleaseTerms) {
  const { row, side } = await findTransfer(act.trx, act.actor, id);
  if (row.status !== 'requested' || side !== 'releasing' || row.begun_by !== 'receiving') throw overAlready(row, side);
  const mailbox = await findMailbox(act.trx, act.actor, row.mailbox_id ?? 0);
  await refuseRelease(act.trx, act.actor, mailbox, terms.leave_without);
  const agreed = await move(act.trx, row, {
    status: 'agreed',
    agreed_by: act.actor.name,
    agreed_at: act.now.toISOString(),
    keep_address: Number(terms.keep_address),
    person_name: mailbox.display_name,
    former_email: mailbox.primary_email,
    expires_on: expiryAfter(act.now),
  }).catch((error: unknown) => {
    if (isTaken(error, 'transfer.mailbox_id')) throw new Conflict('transfer.notYours');
    throw error;
  });
  const told = await handOverGroups(act, mailbox, { all: terms.new_owner, byGroup: new Map() });
  const facts = { before: { status: 'requested' }, after: { status: 'agreed', keep_address: terms.keep_address } };
  await recordForBoth(act, 'transfer.agreed', agreed, facts);
  return [...told, ...(await tell(act, 'receiving', 'agreed', agreed))];
}

/**
 * The other side says no, with a reason that is mailed.
 * @returns the addresses mailed
 * @throws NotFound, Conflict; RuleBroken for whom it is about
 */
export async function refuseTransfer(act: Act, id: number, input: { reason: string }) {
  const { row, side } = await findTransfer(act.trx, act.actor, id);
  if (row.status !== 'requested' || side === null || side === row.begun_by) throw overAlready(row, side);
  await refuseOwn(act.trx, act.actor, row);
  const { reason } = input;
  const ended = { ended_by: act.actor.name, ended_at: act.now.toISOString() };
  const refused = await move(act.trx, row, { status: 'refused', reason, ...ended });
  const facts = { before: { status: 'requested' }, after: { status: 'refused', refusal: reason } };
  await recordForBoth(act, 'transfer.refused', refused, facts);
  return tell(act, otherSide(side), 'refused', refused);
}
