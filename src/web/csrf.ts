import csrfProtection from '@fastify/csrf-protection';
import { digest } from '../base/secrets.ts';
import type { App, Reply, Request } from './app-types.ts';
import { type Owner, readMark, shownToMark } from './form-owner.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A request that changes something came without the token of one of our pages. */
export class ForeignForm extends Error {}

/**
 * One hook for every route there is: what is not safe needs the token of a page that this browser was shown, from this
 * site. The secret is in a signed cookie, so that looking at a page writes nothing to the database.
 */
export async function protectForms(app: App, secure: boolean) {
  await app.register(csrfProtection, {
    sessionPlugin: '@fastify/cookie',
    cookieKey: CSRF_COOKIE(secure),
    cookieOpts: { path: '/', httpOnly: true, sameSite: 'lax', secure, signed: true },
    getToken: (request) => fieldOf(request, '_csrf').split('.')[0] ?? '',
  });
  if (typeof app.csrfProtection !== 'function') throw new Error('the form protection did not load');

  app.addHook('preValidation', (request, reply, done) => {
    if (SAFE.has(request.method) || request.is404) return done();
    if (request.headers['sec-fetch-site'] === 'cross-site') return done(new ForeignForm());
    let passed = false;
    // The plugin answers by itself when it refuses; here every refusal must be a page.
    const refuse = { unsignCookie: reply.unsignCookie.bind(reply), send: () => reply };
    app.csrfProtection(request, refuse as unknown as typeof reply, () => {
      passed = true;
    });
    if (!passed) return done(new ForeignForm());
    request.actor.act = actOf(request);
    done();
  });
}

/** The cookie's name; `__Host-` ties it to this very host where the connection is TLS. */
export const CSRF_COOKIE = (secure: boolean) => (secure ? '__Host-ipms-form' : 'ipms-form');

/**
 * The token of the forms on a page. Behind it stands for whom the page was made, so that a form which comes too late is known
 * to be one of ours, and whose it is.
 */
export function formToken(request: Request, reply: Reply) {
  const shownTo = shownToMark(request);
  return shownTo === '' ? reply.generateCsrf() : `${reply.generateCsrf()}.${shownTo}`;
}

/** For whom the page of a form was made, when it is one of ours and was made for somebody; null else. */
export function shownTo(request: Request): Owner | null {
  return readMark(request, fieldOf(request, '_csrf').split('.')[1] ?? '');
}

/** A body's field, also in the shape that a multipart body has. */
function fieldOf(request: Request, name: string): string {
  const field = (request.body as Record<string, unknown> | null | undefined)?.[name];
  const value = typeof field === 'object' && field !== null ? (field as { value?: unknown }).value : field;
  return typeof value === 'string' ? value : '';
}

/** The same page's form, sent to the same address with the same content, is the same act. Each shown page has a token of its own. */
function actOf(request: Request) {
  return digest(JSON.stringify([fieldOf(request, '_csrf'), request.routeOptions.url, request.params, request.body]));
}
