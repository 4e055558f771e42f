import type { Actor } from '../platform/actor.ts';
import { record } from '../platform/audit.ts';
import { change } from '../platform/change.ts';
import { type Db, isTaken, type Trx } from '../platform/database.ts';
import { Conflict, RuleBroken } from '../platform/errors.ts';
import { enqueue } from '../platform/outbox.ts';
import type { SignInRole } from '../platform/schema.ts';
import { userItem } from '../sign-in/password.ts';
import { makeLink } from '../sign-in/sign-in.ts';
import { administratorsOf } from './administrators.ts';
import { invitationMail, othersTold } from './mails.ts';
import { findPerson, type Person } from './people-queries.ts';
import { findAgency } from './queries.ts';

export type Newcomer = { full_name: string; login_id: string; email: string };

/** The path of a one-time link, shown once and mailed, and whom it was mailed to. */
export type Invited = { id: number; path: string; mailed: string[] };

/**
 * A new administrator of an agency: a sign-in without a password, and a link, good for seven days, to set one.
 * @throws RuleBroken beside `agency_id`, `login_id` or `email`
 */
export async function inviteAdministrator(
  db: Db,
  actor: Actor,
  { agency_id, ...newcomer }: Newcomer & { agency_id: number },
  now: Date,
): Promise<Invited> {
  return change(db, actor, now, async (trx) => {
    const agency = await trx.selectFrom('agency').select('id').where('id', '=', agency_id).executeTakeFirst();
    if (agency === undefined) throw new RuleBroken('form.choose', {}, 'agency_id');
    const invited = await createInvited(trx, actor, { role: 'admin', agencyId: agency_id, ...newcomer }, now);
    return { ...invited, mailed: [...invited.mailed, ...(await tellOthers(trx, actor, invited.id, now))] };
  });
}

/** Nobody becomes an administrator unseen: the others of the agency hear of it. */
async function tellOthers(trx: Trx, actor: Actor, id: number, now: Date) {
  const person = await findPerson(trx, id, now);
  const agency = await findAgency(trx, person.agency_id ?? 0);
  const others = (await administratorsOf(trx, agency.id)).filter(({ address }) => address !== person.email);
  return enqueue(trx, actor, othersTold('administrator.granted', person, agency.name, others), now);
}

/** A new member of the helpdesk, invited in the same way. @throws RuleBroken beside `login_id` or `email` */
export async function inviteStaff(db: Db, actor: Actor, newcomer: Newcomer, now: Date): Promise<Invited> {
  return change(db, actor, now, (trx) =>
    createInvited(trx, actor, { role: 'helpdesk', agencyId: null, ...newcomer }, now),
  );
}

type Invitation = Newcomer & { role: SignInRole; agencyId: number | null };

async function createInvited(trx: Trx, actor: Actor, { agencyId, ...newcomer }: Invitation, now: Date) {
  await checkAddress(trx, newcomer.email, agencyId);
  const { id } = await trx
    .insertInto('user')
    .values({
      ...newcomer,
      agency_id: agencyId,
      recovery_email: null,
      password_hash: null,
      password_changed_at: null,
      last_sign_in_at: null,
      created_at: now.toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch(nameTaken(newcomer));
  await trx
    .insertInto('login_name')
    .values({ login_id: newcomer.login_id, user_id: id, account_request_id: null })
    .execute()
    .catch(nameTaken(newcomer));
  const person = await findPerson(trx, id, now);
  const action = newcomer.role === 'helpdesk' ? 'staff.invited' : 'administrator.invited';
  await record(trx, actor, { action, item: userItem(person), after: newcomer }, now);
  return sendLink(trx, actor, person, now);
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
  if (registered !== undefined) throw new RuleBroken('person.emailTaken', { email }, 'email');
  const domain = await trx
    .selectFrom('mail_domain')
    .innerJoin('agency', 'agency.id', 'mail_domain.agency_id')
    .select(['agency_id', 'agency.name'])
    .where('domain', '=', email.slice(email.lastIndexOf('@') + 1))
    .executeTakeFirst();
  if (agencyId !== null && domain !== undefined && domain.agency_id !== agencyId)
    throw new RuleBroken('person.otherAgency', { agency: domain.name }, 'email');
}

async function sendLink(trx: Trx, actor: Actor, person: Person, now: Date): Promise<Invited> {
  const path = await makeLink(trx, 'invitation', person.id, now);
  const agency = person.agency_id === null ? null : await findAgency(trx, person.agency_id);
  const mailed = await enqueue(trx, actor, [invitationMail(person, agency?.name ?? null, path)], now);
  return { id: person.id, path, mailed };
}

/**
 * Sends the invitation anew, to an address that can be put right; the earlier link ends.
 * @throws NotFound, or Conflict when there is a password already or the sign-in is not active
 */
export async function inviteAgain(db: Db, actor: Actor, id: number, email: string | null, now: Date) {
  return change(db, actor, now, async (trx) => {
    const before = await findPerson(trx, id, now);
    if (before.status !== 'active') throw new Conflict('person.notActive');
    if (before.has_password || before.role === 'user') throw new Conflict('person.accepted');
    const after = { ...before, email: email ?? before.email };
    if (after.email !== before.email) await changeAddress(trx, before, after.email);
    await record(
      trx,
      actor,
      {
        action: 'person.invited-again',
        item: userItem(before),
        before: { email: before.email },
        after: { email: after.email },
      },
      now,
    );
    return sendLink(trx, actor, after, now);
  });
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
