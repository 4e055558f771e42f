import { SYSTEM } from '../base/actor.ts';
import { NotFound, RuleBroken } from '../base/errors.ts';
import { digest, newToken } from '../base/secrets.ts';
import { DAY, later } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import { type Db, isTaken, type Trx } from '../data/database.ts';
import { audit } from '../trail/audit.ts';
import { userItem } from '../trail/items.ts';
import { type NewPassword, storePassword } from './password.ts';
import { updateRequirement } from './second-factor/requirement.ts';

export type FirstHelpdesk = { login_id: string; email: string; full_name: string };

/** Is there no helpdesk account yet? */
export async function needsSetUp(db: Db | Trx) {
  const found = await db
    .selectFrom('user')
    .select('id')
    .where('agency_id', 'is', null)
    .where('role', '=', 'helpdesk')
    .limit(1)
    .executeTakeFirst();
  return found === undefined;
}

/** The path of a one-time link, good for a day, by which the first helpdesk account is made; a new one ends the one before. */
export async function makeSetUpLink(db: Db, now: Date) {
  const token = newToken();
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('one_time_link').where('purpose', '=', 'set-up').execute();
    await trx
      .insertInto('one_time_link')
      .values({
        token_hash: digest(token),
        purpose: 'set-up',
        expires_at: later(now, DAY).toISOString(),
      })
      .execute();
  });
  return `/set-up/${token}`;
}

/** @throws NotFound when the link is not good, or the first account exists already */
export async function checkSetUpLink(db: Db, token: string, now: Date) {
  const link = await db
    .selectFrom('one_time_link')
    .select('token_hash')
    .where('token_hash', '=', digest(token))
    .where('purpose', '=', 'set-up')
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst();
  if (link === undefined || !(await needsSetUp(db))) throw new NotFound();
}

/**
 * Makes the first helpdesk account: from the command line, or by the one-time link. From then on administrators and the
 * helpdesk must have a second factor; the demo, which is not made so, asks nobody.
 * @throws RuleBroken when there is one already, or beside a field
 */
export async function createFirstHelpdesk(
  act: Act,
  { login_id: typed, email, full_name }: FirstHelpdesk,
  password: NewPassword,
) {
  const { trx, actor, now } = act;
  const there = await trx
    .selectFrom('user')
    .select('id')
    .where('agency_id', 'is', null)
    .where('role', '=', 'helpdesk')
    .executeTakeFirst();
  if (there !== undefined) throw new RuleBroken('set-up.done');
  const login_id = typed.toLowerCase();
  const user = await trx
    .insertInto('user')
    .values({
      role: 'helpdesk',
      login_id,
      email,
      full_name,
      created_at: now.toISOString(),
    })
    .returning(['id', 'full_name', 'agency_id'])
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      if (isTaken(error, 'user.')) throw new RuleBroken('user.taken', {}, 'login_id');
      throw error;
    });
  await trx.insertInto('login_name').values({ login_id, user_id: user.id }).execute();
  await storePassword(trx, user.id, password, now);
  await trx.deleteFrom('one_time_link').where('purpose', '=', 'set-up').execute();
  const system = { ...act, actor: { ...SYSTEM, address: actor.address, act: actor.act } };
  await audit(system, { action: 'user.first-helpdesk', item: userItem(user), after: { login_id, email } });
  await updateRequirement(system, 'helpdesk_and_admins'); // from the first day, of whoever can do the most
  return user.id;
}
