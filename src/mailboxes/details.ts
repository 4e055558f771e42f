import { addressTaken } from '../addresses/addresses.ts';
import { Conflict, RuleBroken } from '../base/errors.ts';
import type { Act } from '../data/act.ts';
import { isTaken, type Trx } from '../data/database.ts';
import type { Package, ServiceType } from '../data/schema.ts';
import { refuseStale } from '../forms/stale.ts';
import { together } from '../forms/together.ts';
import { servingOnce } from '../identities/claim.ts';
import { type Identity, identityOfMailbox } from '../identities/queries.ts';
import { checkLimit, refuseWithoutGrade } from '../officers/allocation.ts';
import { type Details, detailsOf } from '../officers/details.ts';
import { audit } from '../trail/audit.ts';
import { mailboxItem } from '../trail/items.ts';
import { fileRecord } from '../trail/records.ts';
import { setAddresses } from './addresses.ts';
import { aliasesOf, findMailbox, type Mailbox } from './queries.ts';

/** What an administrator may change of a mailbox (SOP 4.7). */
export type General = Details & {
  display_name: string;
  full_name: string;
  primary_email: string;
  aliases: string[];
  passport: string | null;
  supervisor_email: string | null;
  package: Package;
  grade: string | null;
  storage_mb: number;
  services: string[];
  service_type: ServiceType;
};

/** The present values, as the form, the audit trail and the record have them. */
export function generalOf(mailbox: Mailbox, aliases: string[]): General {
  const { display_name, full_name, primary_email, passport, supervisor_email, storage_mb, service_type } = mailbox;
  return {
    display_name,
    full_name,
    primary_email,
    aliases,
    passport,
    supervisor_email,
    ...detailsOf(mailbox),
    package: mailbox.package,
    grade: mailbox.grade || null,
    storage_mb,
    services: JSON.parse(mailbox.services) as string[],
    service_type,
  };
}

/**
 * SOP 4.7 steps 2 and 3. The person's sign-in follows the name and the primary address; present memberships follow, too.
 * @param keepAddress a former primary address stays as a further one
 * @param shown the newest change that the form knew, or null when it did not say
 * @param isComplete whoever saves has seen all of it: an account from the directory has a package that was decided
 * @returns whether anything was different
 * @throws RuleBroken beside a field (taken, wrong domain, more than the package may hold), Conflict when it was deleted or somebody changed it meanwhile
 */
export async function updateGeneral(
  act: Act,
  id: number,
  input: General,
  { keepAddress, shown, isComplete = false }: { keepAddress: boolean; shown: number | null; isComplete?: boolean },
) {
  const mailbox = await findMailbox(act.trx, act.actor, id);
  if (mailbox.status === 'deleted') throw new Conflict('mailbox.isDeleted');
  const before = generalOf(mailbox, await aliasesOf(act.trx, mailbox));
  await refuseStale(act.trx, mailboxItem(mailbox), shown, Object.keys(before));
  const [aliases] = await together(
    () => setAddresses(act, mailbox, input, keepAddress),
    () => refuseWithoutGrade(mailbox, input),
    () => changesPackage(before, input) && checkLimit(act.trx, { ...input, login_id: mailbox.login_id }),
    () => refuseOtherKey(act.trx, mailbox, input),
  );
  const after = { ...input, aliases };
  const completes = mailbox.to_complete === 1 && (isComplete || changesPackage(before, input));
  if (!completes && Object.keys(before).every((name) => isSame(before, after, name as keyof General))) return false;
  // a passport is how a person is known of whom nothing else is
  const passport: Identity = { kind: 'passport', value: input.passport?.toUpperCase() ?? '' };
  await servingOnce(act, passport, () => store(act.trx, mailbox, after));
  if (completes) await act.trx.updateTable('mailbox').set({ to_complete: 0 }).where('id', '=', id).execute();
  await keep(act, { ...mailbox, display_name: input.display_name }, before, after, completes);
  return true;
}

/** Whom a passport stands for is corrected by two (SOP 4.7), not by one who saves a form. */
async function refuseOtherKey(trx: Trx, mailbox: Mailbox, { passport }: General) {
  if (mailbox.passport === null || passport === mailbox.passport) return;
  if ((await identityOfMailbox(trx, mailbox)).kind !== 'passport') return;
  throw new RuleBroken('correction.passportIsKey', { place: `/admin/mailboxes/${mailbox.id}/correction` }, 'passport');
}

const isSame = (one: General, other: General, name: keyof General) =>
  JSON.stringify(one[name]) === JSON.stringify(other[name]);

/** What a package held before its limit was made may stay. */
const changesPackage = (before: General, after: General) =>
  (['package', 'storage_mb', 'services'] as const).some((name) => !isSame(before, after, name));

async function store(trx: Trx, { id, user_id }: Mailbox, { aliases: _aliases, ...general }: General) {
  const { full_name, primary_email } = general;
  try {
    await trx.updateTable('user').set({ full_name, email: primary_email }).where('id', '=', user_id).execute();
    await trx
      .updateTable('mailbox')
      .set((eb) => ({
        ...general,
        grade: general.grade ?? '',
        services: JSON.stringify(general.services),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .execute();
  } catch (error) {
    if (isTaken(error, 'user.email') || isTaken(error, 'mailbox.primary_email'))
      throw addressTaken(primary_email, 'primary_email');
    throw error;
  }
}

async function keep(act: Act, mailbox: Mailbox, before: General, after: General, completes: boolean) {
  const item = mailboxItem(mailbox);
  const completed = (to_complete: boolean) => (completes ? { to_complete } : {});
  await audit(act, {
    action: 'mailbox.updated',
    sop: '4.7',
    item,
    before: { ...before, ...completed(true) },
    after: { ...after, ...completed(false) },
  });
  const content = { login_id: mailbox.login_id, ...after, before, changed_by: act.actor.name };
  await fileRecord(act, { agencyId: mailbox.agency_id, sop: '4.7', title: 'record.mailbox-updated', item, content });
}
