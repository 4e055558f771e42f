import type { Params, TextKey } from '../texts.ts';
import type { Reply, Request } from './app-types.ts';
import { seal, unseal } from './secrets.ts';

/**
 * What the next page says once: that something was done, who was mailed, what comes next, and, right after it was
 * made, a code or link that is kept nowhere. It travels sealed in a cookie of the browser that did it.
 */
export type Flash = { key: TextKey; params?: Params; mailed?: string[]; next?: TextKey; secret?: string };

const COOKIE = 'ipms-flash';

export function setFlash(reply: Reply, flash: Flash) {
  const { secrets, settings } = reply.server;
  reply.setCookie(COOKIE, seal(secrets.seal, JSON.stringify(flash)), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: settings.baseUrl?.startsWith('https:') ?? false,
    maxAge: 120,
  });
}

/** The message for this page, which is then gone. */
export function takeFlash(request: Request, reply: Reply): Flash | null {
  const sealed = request.cookies[COOKIE];
  if (!sealed) return null;
  reply.clearCookie(COOKIE, { path: '/' });
  const text = unseal(reply.server.secrets.seal, sealed);
  return text === null ? null : (JSON.parse(text) as Flash);
}
