import { isLive } from '../../addresses/addresses.ts';
import { Conflict, RuleBroken } from '../../base/errors.ts';
import type { Act } from '../../data/act.ts';
import { isTaken, type Trx } from '../../data/database.ts';
import type { SignInRole } from '../../data/schema.ts';
import { readSystemSettings } from '../../data/system-settings.ts';
import { together } from '../../forms/together.ts';
import { refuseTakenLoginId } from '../../officers/login-id.ts';
import { needsSetUp } from '../../sign-in/set-up.ts';
import { endLinks, makeLink } from '../../sign-in/sign-in.ts';
import { audit } from '../../trail/audit.ts';
import { userItem } from '../../trail/items.ts';
import { enqueue, enqueueCircular, type Recipient } from '../../trail/outbox.ts';
import { administratorsOf } from '../administrators.ts';
import { invitationMail, othersTold, recoveredCircular } from '../mails.ts';
import { agencyById } from '../queries.ts';
import { type Person, personById } from './queries.ts';

export type Newcomer = { full_name: string; login_id: string; email: string };

/** The path of a one-time link, shown once and mailed, and whom it was mailed to. */
export type Invited = { id: number; path: string; mailed: string[] };

/**
 * A new administrator of an agency: a sign-in without a password, and a link, good for seven days, to set one.
 * @throws RuleBroken beside `agency_id`, `login_id` or `email`
 */
export async function inviteAdministrator(
  act: Act,
  { agency_id, ...newcomer }: Newcomer & { agency_id: number },
): Promise<Invited> {
  const agency = await act.trx.selectFrom('agency').select('id').where('id', '=', agency_id).executeTakeFirst();
  if (agency === undefined) throw new RuleBroken('form.choose', {}, 'agency_id');
  const invited = await createInvited(act, { role: 'admin', agencyId: agency_id, ...newcomer });
  return { ...invited, mailed: [...invited.mailed, ...(await tellOthers(act, invited.id))] };
}

/** Nobody becomes an administrator unseen: the others of the agency hear of it. */
async function tellOthers(act: Act, id: number) {
  const person = await personById(act.trx, id, act.now);
  const agency = await agencyById(act.trx, person.agency_id ?? 0);
  const others = (await administratorsOf(act.trx, agency.id)).filter(({ address }) => address !== person.email);
  return enqueue(act, othersTold('administrator.granted', person, agency.name, others));
}

/** A new member of the helpdesk, invited in the same way. @throws RuleBroken beside `login_id` or `email` */
export async function inviteStaff(act: Act, newcomer: Newcomer): Promise<Invited> {
  return createInvited(act, { role: 'helpdesk', agencyId: null, ...newcomer });
}

/**
 * A new member of the helpdesk where nobody of it is left, by whoever runs the installation. Nobody gets in unseen: everybody of
 * the helpdesk and every administrator hears of it.
 * @returns whom the invitation was mailed to, and how many were told
 * @throws RuleBroken where there never was anybody, or beside `login_id` or `email`
 */
export async function recoverHelpdesk(act: Act, newcomer: Newcomer, reason: string) {
  if (await needsSetUp(act.trx)) throw new RuleBroken('person.neverAnyStaff');
  const known = await everybodyInOffice(act);
  const { id, mailed } = await createInvited(act, { role: 'helpdesk', agencyId: null, reason, ...newcomer });
  const person = await personById(act.trx, id, act.now);
  const told = await enqueueCircular(act, recoveredCircular(person, reason, known));
  return { mailed, told: told.length };
}

/** The helpdesk's common address, and whoever of the helpdesk and of the administrators can sign in. */
async function everybodyInOffice({ trx, settings }: Act): Promise<Recipient[]> {
  const { helpdeskEmail } = await readSystemSettings(trx, settings);
  const people = await trx
    .selectFrom('user')
    .select(['full_name as name', 'email as address'])
    .where('role', 'in', ['helpdesk', 'admin'])
    .where('status', '=', 'active')
    .orderBy('id')
    .execute();
  return helpdeskEmail === null ? people : [{ name: '', address: helpdeskEmail.toLowerCase() }, ...people];
}

type Invitation = Newcomer & { role: SignInRole; agencyId: number | null; reason?: string };

async function createInvited(act: Act, { agencyId, reason, ...newcomer }: Invitation) {
  await together(
    () => refuseTakenLoginId(act.trx, newcomer.login_id),
    () => checkAddress(act.trx, newcomer.email, agencyId),
  );
  const { id } = await act.trx
    .insertInto('user')
    .values({
      ...newcomer,
      agency_id: agencyId,
      created_at: act.now.toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch(nameTaken(newcomer));
  await act.trx
    .insertInto('login_name')
    .values({ login_id: newcomer.login_id, user_id: id })
    .execute()
    .catch(nameTaken(newcomer));
  const person = await personById(act.trx, id, act.now);
  if (reason !== undefined)
    await audit(act, { action: 'staff.recovered', item: userItem(person), after: { ...newcomer, reason } });
  else {
    const action = newcomer.role === 'helpdesk' ? 'staff.invited' : 'administrator.invited';
    await audit(act, { action, item: userItem(person), after: newcomer });
  }
  return sendLink(act, person);
}

const nameTaken =
  ({ login_id, email }: Pick<Newcomer, 'login_id' | 'email'>) =>
  (error: unknown): never => {
    if (isTaken(error, 'user.email')) throw new RuleBroken('person.emailTaken', { email }, 'email');
    if (isTaken(error, 'user.login_id') || isTaken(error, 'login_name.login_id'))
      throw new RuleBroken('login-id.taken', { login: login_id }, 'login_id');
    throw error;
  };

/** An address to sign in with is not a list's, a postmaster's or another person's, and not in another agency's domain. */
async function checkAddress(trx: Trx, email: string, agencyId: number | null) {
  const registered = await trx.selectFrom('address').select('address').where('address', '=', email).executeTakeFirst();
  const signIn = await trx.selectFrom('user').select('id').where('email', '=', email).where(isLive).executeTakeFirst();
  if (registered !== undefined || signIn !== undefined) throw new RuleBroken('person.emailTaken', { email }, 'email');
  const domain = await trx
    .selectFrom('mail_domain')
    .innerJoin('agency', 'agency.id', 'mail_domain.agency_id')
    .select(['agency_id', 'agency.name'])
    .where('domain', '=', email.slice(email.lastIndexOf('@') + 1))
    .executeTakeFirst();
  if (agencyId !== null && domain !== undefined && domain.agency_id !== agencyId)
    throw new RuleBroken('person.otherAgency', { agency: domain.name }, 'email');
}

async function sendLink(act: Act, person: Person): Promise<Invited> {
  await endLinks(act.trx, person.id);
  const path = await makeLink(act.trx, 'invitation', person.id, act.now);
  const agency = person.agency_id === null ? null : await agencyById(act.trx, person.agency_id);
  const mailed = await enqueue(act, [invitationMail(person, agency?.name ?? null, path)]);
  return { id: person.id, path, mailed };
}

/**
 * Sends the invitation anew, to an address that can be put right; the earlier link ends.
 * @throws NotFound, or Conflict when there is a password already or the sign-in is not active
 */
export async function inviteAgain(act: Act, id: number, email: string | null) {
  const before = await personById(act.trx, id, act.now);
  if (before.status !== 'active') throw new Conflict('person.notActive');
  if (before.has_password || before.role === 'user') throw new Conflict('person.accepted');
  const after = { ...before, email: email ?? before.email };
  if (after.email !== before.email) await changeAddress(act.trx, before, after.email);
  await audit(act, {
    action: 'person.invited-again',
    item: userItem(before),
    before: { email: before.email },
    after: { email: after.email },
  });
  return sendLink(act, after);
}

async function changeAddress(trx: Trx, person: Person, email: string) {
  await checkAddress(trx, email, person.agency_id);
  await trx
    .updateTable('user')
    .set({ email })
    .where('id', '=', person.id)
    .execute()
    .catch(nameTaken({ login_id: person.login_id, email }));
}
