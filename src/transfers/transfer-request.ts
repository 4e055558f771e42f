import { agencyOf, userOf } from '../base/actor.ts';
import { refusePast } from '../base/days.ts';
import { Conflict, RuleBroken } from '../base/errors.ts';
import { dayOf } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import { isTaken } from '../data/database.ts';
import { handOverGroups } from '../mailbox-life/handing-over.ts';
import { findMailbox } from '../mailboxes/queries.ts';
import { type AttachedFile, attachFiles } from '../trail/attachments.ts';
import { agencyById, soughtMailbox } from './queries.ts';
import { expiryAfter, recordForBoth, refuseRelease, refuseTooOften, tell, transferItem } from './transfer.ts';

export type Asked = { email: string | null; ic: string | null; effective_on: string | null; note: string };

/**
 * The receiving agency asks for an officer of another one. What comes back, is written for this agency and is shown to it
 * is the same whether or not there is such a person.
 * @returns the transfer's id
 * @throws RuleBroken beside `who` for somebody of the own agency or what is asked too often, Conflict for what was asked already
 */
export async function askForOfficer(act: Act, input: Asked, files: readonly AttachedFile[] = []) {
  const effective_on = input.effective_on ?? dayOf(act.now);
  refusePast(effective_on, act.now, 'effective_on');
  const mailbox = await soughtMailbox(act.trx, input);
  if (mailbox?.agency_id === agencyOf(act.actor)) throw new RuleBroken('transfer.isOwn', {}, 'who');
  const row = await act.trx
    .insertInto('transfer')
    .values({
      begun_by: 'receiving',
      to_agency_id: agencyOf(act.actor),
      from_agency_id: mailbox?.agency_id ?? null,
      mailbox_id: mailbox?.id ?? null,
      sought_email: input.email,
      sought_ic: input.ic,
      person_name: mailbox?.display_name ?? '',
      former_email: mailbox?.primary_email ?? '',
      note: input.note,
      effective_on,
      requested_by: userOf(act.actor),
      requested_at: act.now.toISOString(),
      expires_on: expiryAfter(act.now),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      if (isTaken(error, 'transfer_sought')) throw new Conflict('transfer.askedAlready');
      throw error;
    });
  await refuseTooOften(act.trx, row, ['sought_email', 'sought_ic'], act.now, 'who');
  const sought = input.ic === null ? { primary_email: input.email } : { ic_number: input.ic };
  const after = { ...sought, transfer_day: effective_on, note: input.note };
  await recordForBoth(act, 'transfer.requested', row, { after });
  const asking = transferItem(row, { side: 'receiving', agencyId: row.to_agency_id });
  await attachFiles(act, { kind: 'transfer', id: row.id }, asking, files);
  await tell(act, 'releasing', 'asked', row);
  return row.id;
}

export type ReleaseTerms = { keep_address: boolean; new_owner: string | null; leave_without: boolean };
export type Offer = ReleaseTerms & { agency_id: number; effective_on: string | null; note: string };

/**
 * The releasing agency offers one of its officers to another agency; lists that the officer owns alone go to somebody else.
 * @returns the transfer's id, and the addresses mailed
 * @throws NotFound; RuleBroken or InvalidForm beside a field, or for what is offered too often; Conflict when the officer
 * leaves already
 */
export async function releaseOfficer(act: Act, mailboxId: number, input: Offer, files: readonly AttachedFile[] = []) {
  const mailbox = await findMailbox(act.trx, act.actor, mailboxId);
  const effective_on = input.effective_on ?? dayOf(act.now);
  refusePast(effective_on, act.now, 'effective_on');
  const agency = await agencyById(act.trx, input.agency_id);
  if (agency === undefined || agency.id === mailbox.agency_id) throw new RuleBroken('form.choose', {}, 'agency_id');
  await refuseRelease(act.trx, act.actor, mailbox, input.leave_without);
  const row = await act.trx
    .insertInto('transfer')
    .values({
      begun_by: 'releasing',
      from_agency_id: mailbox.agency_id,
      to_agency_id: agency.id,
      mailbox_id: mailbox.id,
      person_name: mailbox.display_name,
      former_email: mailbox.primary_email,
      note: input.note,
      effective_on,
      keep_address: Number(input.keep_address),
      requested_by: userOf(act.actor),
      requested_at: act.now.toISOString(),
      expires_on: expiryAfter(act.now),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await refuseTooOften(act.trx, row, ['mailbox_id'], act.now, null);
  const told = await handOverGroups(act, mailbox, { all: input.new_owner, byGroup: new Map() });
  const after = { transfer_day: effective_on, keep_address: input.keep_address, note: input.note };
  await recordForBoth(act, 'transfer.requested', row, { after });
  const offering = transferItem(row, { side: 'releasing', agencyId: mailbox.agency_id });
  await attachFiles(act, { kind: 'transfer', id: row.id }, offering, files);
  return { id: row.id, mailed: [...told, ...(await tell(act, 'receiving', 'offered', row))] };
}
