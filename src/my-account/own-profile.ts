import type { Actor } from '../base/actor.ts';
import { RuleBroken } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import type { Db, Trx } from '../data/database.ts';
import type { Row } from '../data/schema.ts';
import { confirmPassword, refuseOther } from '../sign-in/confirm-password.ts';
import { audit } from '../trail/audit.ts';
import { mailboxItem, userItem } from '../trail/items.ts';
import { enqueue } from '../trail/outbox.ts';
import { recoveryChanged } from './mails.ts';
import { findOwn, isOwnAddress, type Own } from './queries.ts';

/** What a person may change without asking anybody. */
const OWN_COLUMNS = ['office_phone', 'mobile_phone', 'address', 'postcode', 'city', 'state', 'unit', 'note'] as const;

export type OwnProfile = Record<(typeof OWN_COLUMNS)[number], string> & { recovery_email: string | null };

/** The present values, as the form and the audit trail have them. */
export function profileOf({ user, mailbox }: Pick<Own, 'user' | 'mailbox'>) {
  const details = Object.fromEntries(OWN_COLUMNS.map((column) => [column, mailbox?.[column] ?? '']));
  return { ...details, recovery_email: user.recovery_email } as OwnProfile;
}

/**
 * The recovery address opens the sign-in to whoever reads it: another one needs the present password.
 * @param password what was typed as the present one, '' for nothing
 * @returns whose password was right, or null when it is the same address
 * @throws RuleBroken beside `current_password`, TooManyTries
 */
export async function confirmRecovery(
  db: Db,
  actor: Actor,
  recovery: string | null,
  password: string,
  cost: number,
  now: Date,
) {
  const { user } = await findOwn(db, actor);
  if (recovery === user.recovery_email) return null;
  if (password === '') throw new RuleBroken('my-profile.passwordNeeded', {}, 'current_password');
  return confirmPassword(db, actor, password, cost, now);
}

/** Mail to the mailbox itself reaches nobody who cannot get in. @throws RuleBroken beside `recovery_email` */
export async function refuseOwnAddress(db: Db | Trx, actor: Actor, address: string | null) {
  if (address !== null && (await isOwnAddress(db, await findOwn(db, actor), address)))
    throw new RuleBroken('my-profile.recoveryIsOwn', {}, 'recovery_email');
}

/**
 * SOP 4.20, Pengurusan Profil. Without a mailbox only the recovery address is kept.
 * @param compared as `confirmRecovery` has it
 * @returns the addresses that were mailed, or null when nothing was different
 * @throws RuleBroken beside `recovery_email` when it is an address of the mailbox itself, or beside `current_password`
 */
export async function updateOwnProfile(act: Act, input: OwnProfile, compared: Row<'user'> | null) {
  const own = await findOwn(act.trx, act.actor);
  await refuseOwnAddress(act.trx, act.actor, input.recovery_email);
  const before = profileOf(own);
  const after = own.mailbox === null ? { ...before, recovery_email: input.recovery_email } : { ...before, ...input };
  if (JSON.stringify(before) === JSON.stringify(after)) return null;
  if (before.recovery_email !== after.recovery_email) refuseOther(own.user, compared);
  await storeProfile(act.trx, own, after);
  const item = own.mailbox === null ? userItem(own.user) : mailboxItem(own.mailbox);
  await audit(act, { action: 'mailbox.profile-updated', sop: '4.20', item, before, after });
  if (before.recovery_email === after.recovery_email) return [];
  await act.trx.deleteFrom('one_time_link').where('user_id', '=', own.user.id).execute();
  return enqueue(act, recoveryChanged(own.user, after.recovery_email));
}

async function storeProfile(trx: Trx, { user, mailbox }: Own, { recovery_email, ...details }: OwnProfile) {
  await trx.updateTable('user').set({ recovery_email }).where('id', '=', user.id).execute();
  if (mailbox === null) return;
  await trx
    .updateTable('mailbox')
    .set((eb) => ({ ...details, version: eb('version', '+', 1) }))
    .where('id', '=', mailbox.id)
    .execute();
}
