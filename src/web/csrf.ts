import { createSecretKey } from 'node:crypto';
import csrfProtection from '@fastify/csrf-protection';
import { digest } from '../base/secrets.ts';
import type { App, Reply, Request } from './app-types.ts';
import { cookieName, cookieOptions } from './cookies.ts';
import { type Owner, readMark, shownToMark } from './form-owner.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Before anybody has signed in, a form is bound to the browser alone. */
const NO_SESSION = 'no session';

/** A request that changes something came without the token of one of our pages. */
export class ForeignForm extends Error {}

/**
 * One hook for every route there is: what is not safe needs the token of a page that this very session was shown, or,
 * before anybody has signed in, this browser; and it comes from this site. The secret is in a signed cookie, so that looking
 * at a page writes nothing to the database.
 */
export async function protectForms(app: App) {
  await app.register(csrfProtection, {
    sessionPlugin: '@fastify/cookie',
    cookieKey: cookieName(app.settings, 'form'),
    cookieOpts: { ...cookieOptions(app.settings), signed: true },
    // bare bytes are made into a key anew for each token, which takes most of its time
    csrfOpts: { hmacKey: createSecretKey(app.secrets.forms) },
    getToken: (request) => tokenIn(request).split('.')[0] ?? '',
    getUserInfo: (request) => request.formOf,
  });
  if (typeof app.csrfProtection !== 'function') throw new Error('the form protection did not load');
  app.decorateRequest('formOf', NO_SESSION);

  // The plugin answers by itself when it refuses; here every refusal must be a page.
  const isOurs = (request: Request, reply: Reply, session: string) => {
    request.formOf = session;
    let passed = false;
    const refuse = { unsignCookie: reply.unsignCookie.bind(reply), send: () => reply };
    app.csrfProtection(request, refuse as unknown as typeof reply, () => {
      passed = true;
    });
    return passed;
  };

  app.addHook('preValidation', (request, reply, done) => {
    if (SAFE.has(request.method) || request.is404) return done();
    if (!isFromHere(request)) return done(new ForeignForm());
    if (!sessionsOf(request).some((session) => isOurs(request, reply, session))) return done(new ForeignForm());
    request.actor.act = actOf(request);
    done();
  });
}

/**
 * Under which session a form may have been shown. Whoever plants a form cookie with a token of their own beside a session
 * has no token for that session. One that is over is nobody's: its forms lead to the sign-in page, as its links do, and
 * forms that were shown after its end are as good. One that goes on under a new id knows
 * the forms of before.
 */
function sessionsOf({ cookies, session, server }: Request) {
  const cookie = cookies[cookieName(server.settings, 'session')];
  const carried = cookie ? markOf(cookie) : NO_SESSION;
  return session.stored ? [carried, session.renewedFrom ?? carried] : [carried, NO_SESSION];
}

/** What a token and a session know another session by. */
export function markOf(cookie: string) {
  return digest(`form of ${cookie}`);
}

/** What browsers say of where a form was; not all say it. A neighbour under the same domain is not this site. */
export function isFromHere({ headers, host, server }: Request) {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin } = headers;
  if (origin === undefined) return true;
  const asked = `${origin.split(':')[0]}://${host}`;
  if (!URL.canParse(origin) || !URL.canParse(asked)) return false;
  const from = new URL(origin).origin;
  // behind a proxy that hands on another name, people reach IPMS under its base address
  return from === new URL(asked).origin || from === new URL(server.baseUrl()).origin;
}

/**
 * The token of the forms on a page. Behind it stands for whom the page was made, so that a form which comes too late is known
 * to be one of ours, and whose it is.
 */
export function formToken(request: Request, reply: Reply) {
  const { session } = request;
  const token = reply.generateCsrf({ userInfo: session.stored ? markOf(session.encryptedSessionId) : NO_SESSION });
  const shownTo = shownToMark(request);
  return shownTo === '' ? token : `${token}.${shownTo}`;
}

/** For whom the page of a form was made, when it is one of ours and was made for somebody; null else. */
export function shownTo(request: Request): Owner | null {
  return readMark(request, tokenIn(request).split('.')[1] ?? '');
}

/** The token in a body, also in the shape that a multipart body has. */
function tokenIn(request: Request): string {
  const field = (request.body as { _csrf?: unknown } | null | undefined)?._csrf;
  const value = typeof field === 'object' && field !== null ? (field as { value?: unknown }).value : field;
  return typeof value === 'string' ? value : '';
}

/** The same page's form, sent to the same address with the same content, is the same act. Each shown page has a token of its own. */
export function actOf(request: Request) {
  return digest(JSON.stringify([tokenIn(request), request.routeOptions.url, request.params, request.body]));
}
