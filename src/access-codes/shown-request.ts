import { seal, unseal } from '../base/secrets.ts';
import { later, MINUTE, SECOND } from '../base/time.ts';
import type { Reply, Request } from '../web/app-types.ts';

const COOKIE = 'ipms-request';
const SHOWN_FOR = 30 * MINUTE;

/** This browser has asked for a code, or has said whose the request is: it sees how that one stands, for a while. */
export function showRequest(reply: Reply, reference: string) {
  const { secrets, settings, clock } = reply.server;
  const until = later(clock(), SHOWN_FOR).toISOString();
  reply.setCookie(COOKIE, seal(secrets.shownRequest, JSON.stringify({ reference, until })), {
    path: '/access-code-requests',
    httpOnly: true,
    sameSite: 'lax',
    secure: settings.baseUrl?.startsWith('https:') ?? false,
    maxAge: SHOWN_FOR / SECOND,
  });
}

/** May this browser see how the request with a number stands? The number alone, which is on paper and in mails, is not enough. */
export function maySeeRequest(request: Request, reference: string) {
  const text = unseal(request.server.secrets.shownRequest, request.cookies[COOKIE] ?? '');
  if (text === null) return false;
  const shown = JSON.parse(text) as { reference?: string; until: string };
  return shown.reference === reference && shown.until > request.server.clock().toISOString();
}
