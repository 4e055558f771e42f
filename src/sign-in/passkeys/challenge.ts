import { randomBytes } from 'node:crypto';
import { digest, seal, unseal } from '../../base/secrets.ts';
import { later, MINUTE } from '../../base/time.ts';
import type { Act } from '../../data/act.ts';
import type { Request } from '../../web/app-types.ts';
import { cookieName } from '../../web/cookies.ts';
import { markOf } from '../../web/csrf.ts';

/** How long a device has to answer, and the person to give the password in between. */
const VALID = 10 * MINUTE;

/** What a challenge is good for: never for the other. */
export type Purpose = 'add' | 'sign-in';

/**
 * A challenge for this session, or, before anybody has signed in, for this browser. It is sealed and carries its own end,
 * so that asking for one writes nothing: a stranger could fill the table.
 * @returns base64url, as a device signs it
 */
export function newChallenge(request: Request, purpose: Purpose) {
  const { secrets, clock } = request.server;
  const until = later(clock(), VALID).toISOString();
  const nonce = randomBytes(16).toString('base64url');
  return seal(secrets.passkeys, JSON.stringify([purpose, holderOf(request), until, nonce]));
}

/** Was this session asked that, for this purpose, and not too long ago? Whether it was answered already, `spendChallenge` says. */
export function isOwnChallenge(request: Request, purpose: Purpose, challenge: string) {
  const { secrets, clock } = request.server;
  const text = unseal(secrets.passkeys, challenge);
  if (text === null) return false;
  const [of, holder, until = ''] = JSON.parse(text) as string[];
  return of === purpose && holder === holderOf(request) && until > clock().toISOString();
}

/** A challenge is answered once, also when two answers come together. @returns whether this was the first */
export async function spendChallenge({ trx, now }: Act, challenge: string) {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('answered_challenge')
    .values({ digest: digest(challenge), expires_at: later(now, VALID).toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows !== 0n;
}

/** Those that are too old to be answered again need not be known any more. @returns how many */
export async function forgetChallenges({ trx, now }: Act) {
  const { numDeletedRows } = await trx
    .deleteFrom('answered_challenge')
    .where('expires_at', '<=', now.toISOString())
    .executeTakeFirstOrThrow();
  return numDeletedRows;
}

/** Whom a challenge is put to: as with the tokens of forms, the session, or the browser where there is none. */
function holderOf({ session, cookies, server }: Request) {
  if (session.stored) return markOf(session.encryptedSessionId);
  return digest(`browser of ${cookies[cookieName(server.settings, 'form')] ?? ''}`);
}
