import { digest } from '../../base/secrets.ts';
import { later, MINUTE } from '../../base/time.ts';
import type { Db } from '../../data/database.ts';
import type { Row } from '../../data/schema.ts';
import type { PendingSignIn } from '../../web/session.ts';
import { activeUserOf, hasSecondFactor } from './queries.ts';

/** How long the code may take after the password. */
const PENDING = 10 * MINUTE;

/** What a session keeps of somebody whose password was right and whose code is awaited. */
export function pendingSignIn(user: Pick<Row<'user'>, 'id' | 'password_hash'>, now: Date): PendingSignIn {
  return { userId: user.id, passwordMark: markOf(user), until: later(now, PENDING).toISOString() };
}

/** Whose code is awaited; undefined when it took too long, or the sign-in or its password was changed meanwhile. */
export async function pendingUser(db: Db, { userId, passwordMark, until }: PendingSignIn, now: Date) {
  if (until <= now.toISOString()) return undefined;
  const user = await activeUserOf(db, { id: userId });
  const has = await hasSecondFactor(db, { id: userId });
  return user !== undefined && has && markOf(user) === passwordMark ? user : undefined;
}

/** Tells whether the password is still the one that was given. */
function markOf(user: Pick<Row<'user'>, 'password_hash'>) {
  return digest(user.password_hash ?? '');
}
