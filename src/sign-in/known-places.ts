import { randomBytes } from 'node:crypto';
import type { Actor } from '../base/actor.ts';
import { digest } from '../base/secrets.ts';
import { DAY, later, SECOND } from '../base/time.ts';
import type { Act } from '../data/act.ts';
import type { Db } from '../data/database.ts';
import type { Reply, Request } from '../web/app-types.ts';
import { networkOf } from '../web/throttle.ts';

/** So long after the last right sign-in a browser and a network are known. */
const KNOWN_FOR = 180 * DAY;

const cookieName = (secure: boolean) => (secure ? '__Host-ipms-browser' : 'ipms-browser');
const isSecure = ({ server }: Request | Reply) => server.settings.baseUrl?.startsWith('https:') ?? false;

/** The name of the browser that somebody has signed in with before; null for any other. */
export function browserIn(request: Request): string | null {
  const cookie = request.cookies[cookieName(isSecure(request))];
  const { valid, value } = cookie === undefined ? { valid: false, value: null } : request.unsignCookie(cookie);
  return valid && value !== null && /^[A-Za-z0-9_-]{22}$/.test(value) ? value : null;
}

/** The name that a browser gets at its first right sign-in: 128 bits, which say nothing of whose it is. */
export const newBrowser = () => randomBytes(16).toString('base64url');

/** Lets the browser say its name at the next sign-in. It opens nothing: it only keeps strangers' tries from counting there. */
export function nameBrowser(reply: Reply, browser: string) {
  const secure = isSecure(reply);
  const maxAge = KNOWN_FOR / SECOND;
  reply.setCookie(cookieName(secure), browser, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    signed: true,
    maxAge,
  });
}

const browserPlace = (browser: string) => `browser:${digest(browser)}`;
const networkPlace = (address: string) => `network:${networkOf(address)}`;

/** The person has signed in here: the browser and the network are known from now on. */
export async function rememberPlaces(act: Act, userId: number) {
  const { browser, address } = act.actor;
  const at = act.now.toISOString();
  for (const place of [browser == null ? null : browserPlace(browser), networkPlace(address)])
    if (place !== null)
      await act.trx
        .insertInto('known_place')
        .values({ place, user_id: userId, first_at: at, last_at: at })
        .onConflict((conflict) => conflict.columns(['place', 'user_id']).doUpdateSet({ last_at: at }))
        .execute();
}

/**
 * From where somebody tries: from a browser in which this very person has signed in, or a network in which anybody has.
 * Of networks it is anybody: else whoever shares one could learn who else is there.
 * @param userId null for nobody, of whom the same is asked
 */
export async function placeOf(db: Db, { browser, address }: Actor, userId: number | null, now: Date) {
  const since = later(now, -KNOWN_FOR).toISOString();
  const known = db.selectFrom('known_place').select('place').where('last_at', '>', since);
  const own =
    browser == null
      ? undefined
      : await known
          .where('place', '=', browserPlace(browser))
          .where('user_id', '=', userId ?? 0)
          .executeTakeFirst();
  const network = await known.where('place', '=', networkPlace(address)).executeTakeFirst();
  return { browser: own?.place ?? null, isKnownNetwork: network !== undefined };
}

/** Forgets where nobody has signed in for long. */
export async function forgetPlaces({ trx, now }: Act) {
  const { numDeletedRows } = await trx
    .deleteFrom('known_place')
    .where('last_at', '<=', later(now, -KNOWN_FOR).toISOString())
    .executeTakeFirstOrThrow();
  return numDeletedRows;
}

/** As long as refused tries are kept. */
const TRIES_KEPT = 90 * DAY;

/** Forgets what was refused long ago; what was shut stays in the audit trail. */
export async function forgetTries({ trx, now }: Act) {
  const { numDeletedRows } = await trx
    .deleteFrom('refused_try')
    .where('at', '<=', later(now, -TRIES_KEPT).toISOString())
    .executeTakeFirstOrThrow();
  return numDeletedRows;
}
