import { userOf } from '../../base/actor.ts';
import { RuleBroken } from '../../base/errors.ts';
import type { Request } from '../../web/app-types.ts';
import { isWithinGrace } from '../present-password.ts';
import { hasSecondFactor } from './queries.ts';

/** The second factor was shown just now: the session keeps that. */
export function noteSecondFactor({ session, server }: Request) {
  session.secondFactorAt = server.clock().toISOString();
}

/** May the person change the factors? Whoever has one must have shown one in this session within ten minutes. */
export async function isRecent(request: Request) {
  if (isWithinGrace(request, request.session.secondFactorAt)) return true;
  return !(await hasSecondFactor(request.server.db, { id: userOf(request.actor) }));
}

/** The password alone, which somebody may have found out, must not add or take away what guards against that. @throws RuleBroken */
export async function refuseUnlessRecent(request: Request) {
  if (!(await isRecent(request))) throw new RuleBroken('passkey.signInAgain');
}
