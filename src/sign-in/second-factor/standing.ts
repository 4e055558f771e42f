import { sql } from 'kysely';
import { digest } from '../../base/secrets.ts';
import { later, MINUTE } from '../../base/time.ts';
import type { Db, Trx } from '../../data/database.ts';
import type { Row, SignInRole } from '../../data/schema.ts';
import { storedSettings } from '../../data/system-settings.ts';
import type { PendingSignIn } from '../../web/session.ts';

/** Who must have a second factor, as the helpdesk sets it; everybody else may. */
export const REQUIREMENTS = ['nobody', 'helpdesk', 'helpdesk_and_admins'] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

/** Its name among the system's settings. */
export const REQUIREMENT = 'secondFactor';

/** Who must have one now; nobody until the helpdesk has set it. */
export async function readRequirement(db: Db | Trx): Promise<Requirement> {
  const stored = (await storedSettings(db)).get(REQUIREMENT);
  return REQUIREMENTS.find((each) => each === stored) ?? 'nobody';
}

export function mustHaveSecondFactor(requirement: Requirement, role: SignInRole) {
  if (role === 'helpdesk') return requirement !== 'nobody';
  return role === 'admin' && requirement === 'helpdesk_and_admins';
}

/** Whether the person in that column has a second factor, 1 or 0, for a query about people. */
export function secondFactorOf(userId: 'user.id') {
  return sql<number>`exists (select 1 from authenticator where authenticator.user_id = ${sql.ref(userId)})`;
}

export async function hasSecondFactor(db: Db | Trx, userId: number) {
  const row = await db.selectFrom('authenticator').select('user_id').where('user_id', '=', userId).executeTakeFirst();
  return row !== undefined;
}

/** How long the code may take after the password. */
const PENDING = 10 * MINUTE;

/** What a session keeps of somebody whose password was right and whose code is awaited. */
export function pendingSignIn(user: Pick<Row<'user'>, 'id' | 'password_hash'>, now: Date): PendingSignIn {
  return { userId: user.id, passwordMark: markOf(user), until: later(now, PENDING).toISOString() };
}

/** Tells whether the password is still the one that was given. */
export function markOf(user: Pick<Row<'user'>, 'password_hash'>) {
  return digest(user.password_hash ?? '');
}
